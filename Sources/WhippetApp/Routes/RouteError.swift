// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The routes of an application can't be served; the message names the route, the rule and the place of declaration.
public struct RouteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public let message: String

    package init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
