// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Makes the sources of a target from its folder of routes.
///
/// Reading and writing files is left to the caller:
///
///     let build = RouteFileBuild(root: "app", options: options, files: files)
///     if build.hasErrors { … build.diagnostics … } else { … build.outputs … }
package struct RouteFileBuild {
    /// A file below the folder of routes.
    package struct Input {
        /// The path inside the folder, as in `items/[slug]/route.swift`.
        package var path: String
        /// A name that no other file has, without an ending; for a file that is not compiled, such as a page, nil.
        package var identifier: String?
        /// The text; empty for a file that is not compiled.
        package var bytes: [UInt8]
        /// The path that the compiler shows in errors; its last part must be another one for each file.
        package var shownPath: String

        package init(path: String, identifier: String?, bytes: [UInt8], shownPath: String) {
            self.path = path
            self.identifier = identifier
            self.bytes = bytes
            self.shownPath = shownPath
        }
    }

    /// The longest file that is read.
    package static let maximumFileSize = 4 << 20

    /// What is to be told, in the order of the files.
    package private(set) var diagnostics: [Diagnostic] = []
    /// The sources by their identifiers.
    package private(set) var outputs: [(identifier: String, bytes: [UInt8])] = []
    /// The source that puts all files together.
    package private(set) var index: [UInt8] = []

    /// Whether there is something that must stop the build.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    private let root: String
    private var functions: [String] = []

    /// Makes the sources.
    ///
    /// - Parameter root: The name of the folder of routes, for messages and logs.
    package init(root: String, options: RouteFileOptions, files: [Input]) {
        self.root = root
        let sorted = files.sorted { $0.path < $1.path }
        let appFiles = sorted.map { AppFile(path: $0.path, pageExtensions: options.pageExtensions) }
        checkPaths(appFiles)
        for (input, file) in zip(sorted, appFiles) {
            guard let identifier = input.identifier else { continue }
            if input.bytes.count > RouteFileBuild.maximumFileSize {
                let limit = RouteFileBuild.maximumFileSize >> 20
                diagnostics.append(Diagnostic(path: file.path, message: "the file is larger than \(limit) MiB"))
                continue
            }
            outputs.append((identifier, source(of: file, identifier, input)))
        }
        index = makeIndex()
    }

    // MARK: - Paths

    private mutating func checkPaths(_ files: [AppFile]) {
        var tree = PathTree()
        for file in files where file.kind != .other {
            do {
                let segments = try segments(of: file)
                if file.kind == .route || isPage(file) { try tree.insert(file, segments) }
            } catch let conflict as PathTree.Conflict {
                report(conflict)
            } catch let failure as PathSegment.Failure where file.kind != .page {
                diagnostics.append(Diagnostic(path: file.path, message: failure.message))
            } catch {
                // What is wrong with a page's path is not this tool's matter.
                continue
            }
        }
    }

    private func segments(of file: AppFile) throws(PathSegment.Failure) -> [PathSegment] {
        var segments: [PathSegment] = []
        for folder in file.folders { segments.append(try PathSegment(folder: folder)) }
        return segments
    }

    /// Whether a page answers its path itself: one in a slot is a part of another page.
    private func isPage(_ file: AppFile) -> Bool {
        file.kind == .page && !file.folders.contains { $0.utf8.first == UInt8(ascii: "@") }
    }

    private mutating func report(_ conflict: PathTree.Conflict) {
        guard conflict.first.kind == .route || conflict.second.kind == .route else { return }
        let isFirst = conflict.second.kind != .route
        let (here, there) = isFirst ? (conflict.first, conflict.second) : (conflict.second, conflict.first)
        diagnostics.append(
            Diagnostic(
                path: here.path,
                message: "conflict: \(root)/\(here.path) and \(root)/\(there.path) \(conflict.message)"))
    }

    // MARK: - Sources

    private mutating func source(of file: AppFile, _ identifier: String, _ input: Input) -> [UInt8] {
        let lines = LineIndex(input.bytes)
        var source = RouteFileSource(input.bytes, lines: lines, shownPath: input.shownPath)
        guard file.kind != .other, file.kind != .page else { return source.unchanged() }
        let scanner = DeclarationScanner(input.bytes)
        let collector = ExportCollector(scanner.declarations, in: file.kind)
        for problem in scanner.problems { report(.error, problem.message, file, problem.offset, lines) }
        // What a file exports can't be told if it could not be read.
        if scanner.problems.isEmpty {
            for message in collector.messages { report(message.severity, message.text, file, message.offset, lines) }
        }
        let function = "_whippet\(file.kind == .route ? "Route" : "Folder")_\(identifier)"
        functions.append(function)
        return source.registering(
            scanner.declarations,
            Registration(
                file: file, function: function, root: root, exports: collector.exports,
                members: ExportMembers.names(
                    of: collector.exports, scanner.declarations, in: input.bytes, lines: lines),
                importsRuntime: scanner.imports.contains("Whippet")))
    }

    private mutating func report(
        _ severity: Diagnostic.Severity, _ message: String, _ file: AppFile, _ offset: Int, _ lines: LineIndex
    ) {
        diagnostics.append(
            Diagnostic(
                severity: severity, path: file.path, line: lines.line(of: offset), column: lines.column(of: offset),
                message: message))
    }

    private func makeIndex() -> [UInt8] {
        var text = """
            // Made from the folder \(root) by RoutesPlugin.
            import Whippet

            extension Routes {
                /// The routes of the folder `\(root)`.
                static var files: Routes {
                    var routes = Routes()

            """
        for function in functions { text += "        \(function)(&routes)\n" }
        return Array((text + "        return routes\n    }\n}\n").utf8)
    }
}
