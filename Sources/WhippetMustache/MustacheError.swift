// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Why a template can't be read or rendered.
public struct MustacheError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line of the template, from 1 on.
    public let line: Int
    /// What is wrong.
    public let message: String

    init(_ message: String, line: Int) {
        self.message = message
        self.line = line
    }

    /// Line and sentence, such as `line 3: the section "items" is not closed`.
    public var description: String { "line \(line): \(message)" }
}
