// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// Counts what other runtimes gave and keeps the numbers with the package.
struct PeersCommand {
    let options: CommandLineOptions

    /// Returns the exit status.
    func run() throws -> Int32 {
        guard options.words.count > 1, let date = options["date"] else {
            throw BindingError("peers needs the files that Peers/run.mjs wrote, and --date")
        }
        var merged = JSON.Object()
        for path in options.words.dropFirst() {
            let json = try JSON.parse(Array(Data(contentsOf: URL(fileURLWithPath: path))))
            for (name, reports) in json.objectValue ?? [:] { merged[name] = reports }
        }
        let results = PeerResults(
            counting: .object(merged), scope: try Scope(), tree: options.tree, date: date)
        try results.write()
        for runtime in results.runtimes { print(runtime.name, runtime.passed.values.reduce(0, +)) }
        return 0
    }
}
