// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import RouteFiles

/// Makes a target's sources from its folder of routes; `RoutesPlugin` runs it.
///
/// Its arguments are the folder of routes, the list of the files in it (a line each: an identifier or `-`, a tab, the
/// path) and the folder to write to. There it leaves `sources`, which is compiled, and links to the user's files under
/// names that differ, which is what the compiler's errors show: two files of one name in a module make it warn.
@main
enum RoutesTool {
    static func main() {
        guard CommandLine.arguments.count == 4 else {
            File.report("usage: RoutesTool <folder of routes> <list of its files> <folder to write to>\n")
            File.exit(64)
        }
        let folder = CommandLine.arguments[1]
        guard let list = File.read(CommandLine.arguments[2]) else {
            File.report("\(CommandLine.arguments[2]):1:1: error: the list of files can't be read\n")
            File.exit(1)
        }
        let run = ToolRun(folder: folder, listing: list, destination: CommandLine.arguments[3])
        File.exit(run.perform() ? 0 : 1)
    }
}
