// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What an export has written, and what it has not.
public struct ExportReport: Sendable, Hashable, CustomStringConvertible {
    /// An answer that was written.
    public struct Page: Sendable, Hashable {
        /// The path of the URL.
        public let path: String
        /// The file, relative to the folder.
        public let file: String
    }

    /// A route or path that is not in the folder.
    public struct Omission: Sendable, Hashable {
        /// The pattern of the route, or the path.
        public let route: String
        /// Why.
        public let reason: String

        package init(route: String, reason: String) {
            self.route = route
            self.reason = reason
        }
    }

    /// What was written.
    public internal(set) var written: [Page] = []
    /// What the program asked for and could not be had: a kept answer that no file can stand for.
    public internal(set) var refused: [Omission] = []
    /// What needs a server: answers that are made for each request, and methods other than `GET`.
    public internal(set) var skipped: [Omission] = []

    /// One line for each.
    public var description: String {
        let lines =
            written.map { "\($0.path) → \($0.file)" }
            + skipped.map { "\($0.route): not exported: \($0.reason)" }
            + refused.map { "\($0.route): can't be exported: \($0.reason)" }
        return lines.joined(separator: "\n")
    }
}
