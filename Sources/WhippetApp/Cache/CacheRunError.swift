// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A function was called in a run whose result is kept, and changes what such a run must leave as it is.
public struct CacheRunError: Error, Sendable, CustomStringConvertible {
    let function: String
    let run: String

    /// The function, the run and the rule.
    public var description: String {
        "\(function) was called in \(run), whose result is kept: call it where something changes, such as in a POST "
            + "handler, or in after { }"
    }
}

/// A path or tag that can't be invalidated; the message names it and the rule.
public struct RevalidationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public let message: String

    /// The message.
    public var description: String { message }
}
