// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackagePlugin

// The plugin's interface to SwiftPM consists of these.
import struct Foundation.URL

/// Makes the routes of a target from its folders `app` and `pages`.
///
/// The plugin lists the files, RoutesTool reads and writes them. The list is written to a file that is an input of the
/// tool's run, so that a file added or removed starts it as an edit does.
@main
struct RoutesPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SwiftSourceModuleTarget else {
            Diagnostics.error("RoutesPlugin: \(target.name) is no Swift target")
            return []
        }
        let app = target.directoryURL.appending(path: "app")
        let pages = target.directoryURL.appending(path: "pages")
        let pagesListing = AppListing(root: pages.path)
        let listing = AppListing(root: app.path)
        let hasPages = !pagesListing.files.isEmpty
        if listing.files.isEmpty, !hasPages { Diagnostics.warning("RoutesPlugin: no files in \(app.path)") }
        // A target without pages has one folder to name and to make.
        var commands: [Command] = []
        if !hasPages || !listing.files.isEmpty {
            commands += try command(context, target, app, listing, index: "Routes+files.swift", into: "")
        }
        if hasPages {
            commands += try command(context, target, pages, pagesListing, index: "Routes+pages.swift", into: "pages")
        }
        return commands
    }

    private func command(
        _ context: PluginContext, _ target: SwiftSourceModuleTarget, _ root: URL, _ listing: AppListing, index: String,
        into folder: String
    ) throws -> [Command] {
        let name = root.lastPathComponent
        if target.sourceFiles.contains(where: { $0.url.path.hasPrefix(root.path + "/") }) {
            Diagnostics.error(
                "RoutesPlugin: the target \(target.name) must say exclude: [\"\(name)\"] in Package.swift")
            return []
        }
        for problem in listing.problems { Diagnostics.error("RoutesPlugin: \(problem)") }
        let base = context.pluginWorkDirectoryURL
        let work = folder.isEmpty ? base : base.appending(path: "of-\(folder)")
        let list = base.appending(path: folder.isEmpty ? "files.txt" : "files-\(folder).txt")
        guard listing.write(to: list.path) else {
            Diagnostics.error("RoutesPlugin: \(list.path) can't be written")
            return []
        }
        let sources = work.appending(path: "sources")
        return [
            .buildCommand(
                displayName: "Reading the routes of \(target.name)" + (folder.isEmpty ? "" : " in \(folder)"),
                executable: try context.tool(named: "RoutesTool").url,
                arguments: [root.path, list.path, work.path],
                inputFiles: [list] + listing.inputs.map { root.appending(path: $0) },
                outputFiles: [sources.appending(path: index)]
                    + listing.identifiers.map { sources.appending(path: "\($0).swift") })
        ]
    }
}
