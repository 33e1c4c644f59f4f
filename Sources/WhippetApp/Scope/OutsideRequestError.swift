// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A function that needs a request was called where none is handled.
public struct OutsideRequestError: Error, Sendable, CustomStringConvertible {
    let function: String

    /// The function and the rule.
    public var description: String {
        "\(function) was called outside of a request: call it in a handler, in middleware, or in what they call"
    }
}
