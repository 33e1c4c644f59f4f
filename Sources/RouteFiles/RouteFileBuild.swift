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

    /// The longest file that becomes a part of the program.
    package static let maximumAssetSize = 1 << 20

    /// What is to be told, in the order of the files.
    package private(set) var diagnostics: [Diagnostic] = []
    /// The sources by their identifiers.
    package private(set) var outputs: [(identifier: String, bytes: [UInt8])] = []
    /// The source that puts all files together.
    package private(set) var index: [UInt8] = []

    /// Whether there is something that must stop the build.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The folder whose files below `api` are API routes of Next's Pages Router.
    static let pagesFolder = "pages"

    private let root: String
    private let isPages: Bool
    private var functions: [String] = []

    /// Makes the sources.
    ///
    /// - Parameter root: The name of the folder of routes, for messages and logs.
    package init(root: String, options: RouteFileOptions, files: [Input]) {
        self.root = root
        isPages = root == RouteFileBuild.pagesFolder
        let sorted = files.sorted { $0.path < $1.path }
        let isPages = isPages
        let appFiles = sorted.map { input in
            isPages
                ? AppFile(page: input.path) : AppFile(path: input.path, pageExtensions: options.pageExtensions)
        }
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
                if file.kind.isRoute || isPage(file) { try tree.insert(file, segments) }
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
        if let name = file.pathName { segments.append(.literal(Array(name.utf8))) }
        return segments
    }

    /// Whether a page answers its path itself: one in a slot is a part of another page.
    private func isPage(_ file: AppFile) -> Bool {
        file.kind == .page && !file.folders.contains { $0.utf8.first == UInt8(ascii: "@") }
    }

    private mutating func report(_ conflict: PathTree.Conflict) {
        guard conflict.first.kind.isRoute || conflict.second.kind.isRoute else { return }
        let isFirst = !conflict.second.kind.isRoute
        let (here, there) = isFirst ? (conflict.first, conflict.second) : (conflict.second, conflict.first)
        diagnostics.append(
            Diagnostic(
                path: here.path,
                message: "conflict: \(root)/\(here.path) and \(root)/\(there.path) \(conflict.message)"))
    }

    // MARK: - Sources

    private mutating func source(of file: AppFile, _ identifier: String, _ input: Input) -> [UInt8] {
        guard file.path.hasSuffix(".swift") else { return assetSource(of: file, identifier, input) }
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
        let word = file.kind == .api ? "API" : file.kind.isRoute ? "Route" : "Folder"
        let function = "_whippet\(word)_\(identifier)"
        functions.append(function)
        return source.registering(
            scanner.declarations,
            Registration(
                file: file, function: function, root: root, exports: collector.exports,
                members: ExportMembers.names(
                    of: collector.exports, scanner.declarations, in: input.bytes, lines: lines),
                importsRuntime: scanner.imports.contains("Whippet")))
    }

    /// The source that holds a file's bytes, so that the program needs no other file.
    private mutating func assetSource(of file: AppFile, _ identifier: String, _ input: Input) -> [UInt8] {
        guard file.kind == .asset else { return Array("// \(identifier) has no meaning where it lies.\n".utf8) }
        guard input.bytes.count <= RouteFileBuild.maximumAssetSize else {
            let limit = RouteFileBuild.maximumAssetSize >> 20
            diagnostics.append(
                Diagnostic(
                    path: file.path,
                    message: "the file is larger than \(limit) MiB; serve it from the folder public instead"))
            return []
        }
        let function = "_whippetRoute_\(identifier)"
        functions.append(function)
        var text = "import Whippet\nfunc \(function)(_ routes: inout Routes) {\n"
        text += "routes.asset(\(SwiftLiteral.string(file.folder)), \(SwiftLiteral.string(file.pathName ?? "")), "
        text +=
            "source: \(SwiftLiteral.string("\(root)/\(file.path)")), base64: \"\(Base64Text.encode(input.bytes))\")\n}\n"
        return Array(text.utf8)
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
                static var \(isPages ? "pages" : "files"): Routes {
                    var routes = Routes()

            """
        for function in functions { text += "        \(function)(&routes)\n" }
        return Array((text + "        return routes\n    }\n}\n").utf8)
    }
}
