// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetServer

/// What an application prints when it listens: where, and its routes.
package enum Banner {
    /// The lines to print.
    package static func text(addresses: [ListenAddress], routes: [(path: String, methods: String)] = []) -> String {
        let places = addresses.map(\.description).joined(separator: " and ")
        let width = routes.map(\.path.count).max() ?? 0
        let lines = routes.map { route in
            "  \(route.path)\(String(repeating: " ", count: width - route.path.count))  \(route.methods)"
        }
        return (["Whippet listens on \(places) (\(RuntimeEnvironment.current.rawValue))"] + lines)
            .joined(separator: "\n")
    }
}
