// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting
internal import WhippetServer

extension App {
    /// Does what the program's arguments say: with `--export DIR` it writes the kept answers into a folder, else it
    /// serves the application, as `listen` does.
    ///
    /// ```Swift
    /// @main
    /// enum Site {
    ///     static func main() async { await App(routes: .files).run() }
    /// }
    /// ```
    /// An export ends the process: with status 0, or with 1 when something could not be written, after a line for each.
    ///
    /// - Parameter arguments: The arguments, the program's own name first.
    public func run(arguments: [String] = CommandLine.arguments) async {
        guard let flag = arguments.dropFirst().firstIndex(of: "--export") else { return await listen() }
        let next = arguments.index(after: flag)
        guard next < arguments.endIndex, !arguments[next].isEmpty else {
            StandardError.write("--export needs a folder: --export DIR")
            exitProcess(status: 1)
        }
        do {
            let report = try await export(to: arguments[next])
            StandardOutput.write("\(report)")
            exitProcess(status: report.refused.isEmpty ? 0 : 1)
        } catch {
            StandardError.write("\(error)")
            exitProcess(status: 1)
        }
    }

    /// Writes the answers of all `GET` handlers that are `force-static`, and the files of the folder `public`, into a
    /// folder, for a server of files.
    ///
    /// A path with an extension is a file of that name, a page of HTML the `index.html` of a folder, and any other answer
    /// gets the extension of its type. The answers go through middleware, as for a client without fields and cookies.
    /// ```swift
    /// let report = try await app.export(to: "out")
    /// print(report)
    /// ```
    /// - Parameter folder: Where the files go; it is made if it is not there, and what is in it stays but for files of the
    ///   same names.
    /// - Returns: What was written, and what was not with the reason.
    /// - Throws: `RouteError` for routes that conflict or can't name their paths; `DOMException` for a file that can't be
    ///   written.
    public func export(to folder: String) async throws -> ExportReport {
        let host = try host()
        var report = ExportReport()
        var owners: [String: String] = [:]
        for route in host.index.routes {
            try await route.export(to: folder, of: self, &report, &owners)
        }
        return report
    }

    /// Writes the answer of one path.
    fileprivate func export(
        _ path: String, to folder: String, _ report: inout ExportReport, _ owners: inout [String: String]
    ) async throws {
        let base = try host().index.policy.basePath
        let whole = base + (path == "/" && !base.isEmpty ? "" : path)
        let response = await fetch(Request(whole))
        do throws(ExportPath.Failure) {
            if let reason = response.reasonAgainstExport {
                response.discard(CancellationError())
                throw ExportPath.Failure(description: reason)
            }
            let file = try ExportPath.file(path, type: response.headers[.contentType])
            if let owner = owners[file] {
                throw ExportPath.Failure(description: "its file \(file) is that of \(owner)")
            }
            owners[file] = path
            report.written.append(ExportReport.Page(path: path, file: file))
        } catch {
            report.refused.append(ExportReport.Omission(route: path, reason: "\(error)"))
            return
        }
        guard let file = report.written.last?.file else { return }
        try await ExportFolder.write(response, to: file, in: folder)
    }
}

extension Route {
    /// Writes the answers of the route's paths.
    fileprivate func export(
        to folder: String, of app: App, _ report: inout ExportReport, _ owners: inout [String: String]
    ) async throws {
        let others = methods.methods.filter { $0 != .GET }
        if !others.isEmpty {
            let names = others.map(\.rawValue).joined(separator: ", ")
            report.skipped.append(ExportReport.Omission(route: pattern, reason: "\(names) needs a server"))
        }
        if otherMethods != nil {
            let reason = "one handler answers all methods: it needs a server"
            report.skipped.append(ExportReport.Omission(route: pattern, reason: reason))
        }
        guard methods.methods.contains(.GET) else { return }
        if isFile, let path = (try? RoutePattern(pattern))?.literalPath {
            return try await app.export(path, to: folder, &report, &owners)
        }
        guard let cached, let policy = cached.policy, policy.sight == .blank else {
            let reason = "GET is not force-static: it needs a server"
            report.skipped.append(ExportReport.Omission(route: pattern, reason: reason))
            return
        }
        if let path = cached.pattern.literalPath {
            try await app.export(path, to: folder, &report, &owners)
        } else if let known = cached.known {
            for path in try await known.list() { try await app.export(path, to: folder, &report, &owners) }
        } else {
            let reason = "it has parameters and no generateStaticParams to name its paths"
            report.refused.append(ExportReport.Omission(route: pattern, reason: reason))
        }
    }
}

extension Response {
    /// Why no file can stand for the answer; nil if one can.
    fileprivate var reasonAgainstExport: String? {
        if status != .ok { return "its status is \(status.rawValue), and a file's is 200" }
        if let reason = CacheOutcome.privacy(of: self) { return reason }
        return nil
    }
}
