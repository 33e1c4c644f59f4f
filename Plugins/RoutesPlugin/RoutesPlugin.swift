// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackagePlugin

// The plugin's interface to SwiftPM consists of these.
import struct Foundation.URL

/// Makes the routes of a target from its folder `app`.
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
        let root = target.directoryURL.appending(path: "app")
        if target.sourceFiles.contains(where: { $0.url.path.hasPrefix(root.path + "/") }) {
            Diagnostics.error("RoutesPlugin: the target \(target.name) must say exclude: [\"app\"] in Package.swift")
            return []
        }
        let listing = AppListing(root: root.path)
        for problem in listing.problems { Diagnostics.error("RoutesPlugin: \(problem)") }
        if listing.files.isEmpty { Diagnostics.warning("RoutesPlugin: no files in \(root.path)") }

        let work = context.pluginWorkDirectoryURL
        let list = work.appending(path: "files.txt")
        guard listing.write(to: list.path) else {
            Diagnostics.error("RoutesPlugin: \(list.path) can't be written")
            return []
        }
        let sources = work.appending(path: "sources")
        return [
            .buildCommand(
                displayName: "Reading the routes of \(target.name)",
                executable: try context.tool(named: "RoutesTool").url,
                arguments: [root.path, list.path, work.path],
                inputFiles: [list] + listing.inputs.map { root.appending(path: $0) },
                outputFiles: [sources.appending(path: "Routes+files.swift")]
                    + listing.identifiers.map { sources.appending(path: "\($0).swift") })
        ]
    }
}
