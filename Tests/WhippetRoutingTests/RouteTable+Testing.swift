// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetRouting

extension RouteTable {
    func match(_ path: String) -> RouteMatch? {
        var path = path
        return path.withUTF8 { match($0) }
    }

    /// The pattern that matches and the text of its captures, still escaped.
    func find(_ path: String) -> (pattern: String, captures: [String])? {
        guard let match = match(path) else { return nil }
        let bytes = Array(path.utf8)
        return (patterns[match.route].description, match.captures.map { String(decoding: bytes[$0], as: UTF8.self) })
    }
}
