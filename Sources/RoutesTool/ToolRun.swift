// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import RouteFiles

/// One run of the tool: reads the files, writes what changed, removes what is left over.
struct ToolRun {
    private let folder: String
    private let root: String
    private let destination: String
    private var entries: [(identifier: String?, path: String)] = []

    init(folder: String, listing: [UInt8], destination: String) {
        self.folder = folder
        self.destination = destination
        root = folder.split(separator: "/").last.map(String.init) ?? folder
        for line in listing.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            guard let first = parts.first, let last = parts.last, parts.count == 2 else { continue }
            let identifier = String(decoding: first, as: UTF8.self)
            entries.append((identifier == "-" ? nil : identifier, String(decoding: last, as: UTF8.self)))
        }
    }

    /// Does the work, and says whether the build can go on.
    func perform() -> Bool {
        guard let options = readOptions() else { return false }
        var inputs: [RouteFileBuild.Input] = []
        for entry in entries where entry.path != ToolRun.optionsPath {
            var bytes: [UInt8] = []
            if entry.identifier != nil {
                guard let content = File.read("\(folder)/\(entry.path)") else {
                    tell(Diagnostic(path: entry.path, message: "the file can't be read"))
                    return false
                }
                bytes = content
            }
            inputs.append(
                RouteFileBuild.Input(
                    path: entry.path, identifier: entry.identifier, bytes: bytes,
                    shownPath: "\(destination)/\(root)/\(linkName(entry))"))
        }
        let build = RouteFileBuild(root: root, options: options, files: inputs)
        for diagnostic in build.diagnostics { tell(diagnostic) }
        return !build.hasErrors && write(build)
    }

    // MARK: - Parts

    private static let optionsPath = "routes.json"

    private func readOptions() -> RouteFileOptions? {
        guard entries.contains(where: { $0.path == ToolRun.optionsPath }) else { return RouteFileOptions() }
        guard let bytes = File.read("\(folder)/\(ToolRun.optionsPath)") else {
            tell(Diagnostic(path: ToolRun.optionsPath, message: "the file can't be read"))
            return nil
        }
        do throws(RouteFileOptions.Failure) {
            return try RouteFileOptions(json: bytes)
        } catch {
            tell(Diagnostic(path: ToolRun.optionsPath, in: bytes, at: error.offset, message: error.message))
            return nil
        }
    }

    private func tell(_ diagnostic: Diagnostic) { File.report("\(folder)/\(diagnostic)\n") }

    /// `items+[slug]+route.swift` for `items/[slug]/route.swift`; unlike that of any other file.
    private func linkName(_ entry: (identifier: String?, path: String)) -> String {
        let name = String(entry.path.map { $0 == "/" ? "+" : $0 })
        if !entry.path.utf8.contains(UInt8(ascii: "+")), name.utf8.count <= 200 { return name }
        return "\(entry.identifier ?? "")+route.swift"
    }

    private func write(_ build: RouteFileBuild) -> Bool {
        let sources = "\(destination)/sources"
        let links = "\(destination)/\(root)"
        guard File.makeFolder(destination), File.makeFolder(sources), File.makeFolder(links) else {
            return cannotWrite(destination)
        }
        let indexName = root == "pages" ? "Routes+pages.swift" : "Routes+files.swift"
        var sourceNames: Set<String> = [indexName]
        var linkNames: Set<String> = []
        for output in build.outputs {
            let name = "\(output.identifier).swift"
            sourceNames.insert(name)
            guard File.write(output.bytes, to: "\(sources)/\(name)") else { return cannotWrite("\(sources)/\(name)") }
        }
        for entry in entries where entry.identifier != nil {
            let name = linkName(entry)
            linkNames.insert(name)
            guard File.link("\(links)/\(name)", to: "\(folder)/\(entry.path)") else {
                return cannotWrite("\(links)/\(name)")
            }
        }
        let index = "\(sources)/\(indexName)"
        guard File.write(build.index, to: index) else { return cannotWrite(index) }
        File.removeAll(in: sources, but: sourceNames)
        File.removeAll(in: links, but: linkNames)
        return true
    }

    private func cannotWrite(_ path: String) -> Bool {
        File.report("\(path):1:1: error: this can't be written\n")
        return false
    }
}
