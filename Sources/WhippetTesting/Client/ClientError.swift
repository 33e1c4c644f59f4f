// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A request got no answer, or its answer broke off; the message says which request and why.
public struct ClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    enum Kind: Hashable, Sendable {
        case cannotConnect
        /// A kept connection turned out to be closed before a byte of the answer came.
        case stale
        case closed
        case malformed
        case silent
        case unsupported
    }

    let kind: Kind
    /// The request and the reason, in one sentence.
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
