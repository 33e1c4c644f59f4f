// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the command line says.
struct CommandLineOptions {
    /// What to do, and with what.
    var words: [String] = []
    var options: [String: String] = [:]

    static let usage = """
        usage: conformance [run] [--area AREA] [--file FILE] [--list] [--json FILE] [--markdown [FILE]] [--html FILE]
                           [--tree FOLDER] [--overlay FOLDER] [--processes N] [--timeout SECONDS] [--verbose]
               conformance lint
               conformance mutants [--count N] [--date YYYY-MM-DD] [--name MUTANT] [--scratch FOLDER]
               conformance peers FILE… --date YYYY-MM-DD
               conformance http --url http://HOST:PORT [--table TABLE] [--filter TEXT] [--json FILE]

        Runs the web-platform-tests against Whippet's types. `Conformance/get-wpt` brings the tests; `lint` looks at the
        prelude, `mutants` breaks Swift sources to see the tests fail, `peers` keeps the numbers of other runtimes; `http`
        asks a running host what the tables in `Behaviours` say.
        Exit status: 0 if every result is the expected one, 1 if not, 64 for a mistake on the command line.
        """

    private static let flags: Set<String> = ["list", "verbose", "update-expectations", "help"]

    init(_ arguments: [String]) throws {
        var arguments = arguments[...]
        while let argument = arguments.popFirst() {
            guard argument.hasPrefix("--") else {
                words.append(argument)
                continue
            }
            let name = String(argument.dropFirst(2))
            if Self.flags.contains(name) {
                options[name] = ""
            } else if let value = arguments.first, !value.hasPrefix("--") || name == "tree" {
                options[name] = options[name].map { "\($0)\n\(value)" } ?? value
                arguments.removeFirst()
            } else if name == "markdown" {
                options[name] = "-"
            } else {
                throw BindingError("--\(name) needs a value\n\(Self.usage)")
            }
        }
    }

    subscript(_ name: String) -> String? { options[name] }

    /// The tree, where it is or where `get-wpt` puts it.
    var tree: Tree {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
        let root = self["tree"] ?? environment["WHIPPET_WPT"] ?? "\(cache)/whippet-wpt"
        let data = environment["WHIPPET_STANDARDS_DATA"].map { "\($0)/ada" }
        let overlay = self["overlay"] ?? data
        return Tree(root: root, overlay: overlay.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil })
    }
}
