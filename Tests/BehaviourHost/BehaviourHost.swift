// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Whippet

/// Serves the application of a table, for `conformance http` and for whoever wants to look at it.
@main
struct BehaviourHost {
    static func main() async {
        let name = CommandLine.arguments.dropFirst().first ?? ""
        if name == "--tables" { return StandardOutput.write(Fixture.tables.map(\.name).joined(separator: "\n")) }
        guard let table = Fixture.tables.first(where: { $0.name == name }) else {
            let names = Fixture.tables.map(\.name).joined(separator: " | ")
            StandardError.write("usage: [PORT=3000] BehaviourHost \(names)")
            return
        }
        await table.app().listen()
    }
}
