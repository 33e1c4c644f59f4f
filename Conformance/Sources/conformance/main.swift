// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// Writes a line to standard error.
func say(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
}

do {
    let options = try CommandLineOptions(Array(CommandLine.arguments.dropFirst()))
    if options["help"] != nil {
        say(CommandLineOptions.usage)
        exit(0)
    }
    switch options.words.first ?? "run" {
    case "run":
        exit(try RunCommand(options).run())
    case "run-one":
        let run = try TestRun(options.words[1], tree: options.tree)
        FileHandle.standardOutput.write(Data(try JSON.encode(try run.run())))
        run.close()
        exit(0)
    case "lint":
        exit(try LintCommand().run())
    case "mutants":
        exit(try MutantsCommand(options: options).run())
    case "http":
        exit(try await HTTPCommand(options).run())
    case "peers":
        exit(try PeersCommand(options: options).run())
    default:
        say(CommandLineOptions.usage)
        exit(64)
    }
} catch {
    say("conformance: \(error)")
    exit(64)
}
