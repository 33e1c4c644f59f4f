// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A message about a file of the user's, in the form that compilers use and editors understand.
package struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// Whether the build goes on.
    package enum Severity: String, Sendable {
        case warning
        case error
    }

    package var severity: Severity
    /// The path inside the folder of routes, as in `items/route.swift`.
    package var path: String
    /// Counts from 1.
    package var line: Int
    /// Counts bytes from 1, as Swift's compiler does.
    package var column: Int
    package var message: String

    /// A message, an error at the start of the file if nothing else is said.
    package init(
        severity: Severity = .error, path: String, line: Int = 1, column: Int = 1, message: String
    ) {
        self.severity = severity
        self.path = path
        self.line = line
        self.column = column
        self.message = message
    }

    /// Without the folder's own path: `items/route.swift:4:6: error: …`.
    package var description: String { "\(path):\(line):\(column): \(severity.rawValue): \(message)" }
}

extension Diagnostic {
    /// An error at a byte of a file with this content.
    package init(path: String, in bytes: [UInt8], at offset: Int, message: String) {
        let lines = LineIndex(bytes)
        self.init(path: path, line: lines.line(of: offset), column: lines.column(of: offset), message: message)
    }
}
