// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@testable import RouteFiles

/// A folder of routes in memory.
enum Folder {
    /// What is made of these files; one without text is not compiled.
    static func build(
        _ files: [String: String?], root: String = "app", pageExtensions: [String] = ["swift"]
    ) -> RouteFileBuild {
        var options = RouteFileOptions()
        options.pageExtensions = pageExtensions
        let inputs = files.sorted { $0.key < $1.key }.enumerated().map { number, file in
            RouteFileBuild.Input(
                path: file.key, identifier: file.value.map { _ in "file\(number)" },
                bytes: Array((file.value ?? "").utf8), shownPath: "/links/file\(number).swift")
        }
        return RouteFileBuild(root: root, options: options, files: inputs)
    }

    /// What is said about one route file with this text.
    static func complaints(_ source: String, path: String = "items/route.swift") -> [String] {
        build([path: source]).diagnostics.map(\.description)
    }
}
