// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Where a received message's body ends.
///
/// Source: [RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3).
package enum BodyFraming: Sendable, Hashable {
    /// There is no body.
    case none
    /// The body has this many bytes, at least one.
    case length(Int)
    /// The body comes in chunks and ends with the last one.
    case chunked
    /// The body ends when the server closes the connection; only in responses.
    case untilClose

    // `==` of a type of another module is a call; these are a comparison of tags.
    @inline(__always)
    package var isNone: Bool { if case .none = self { true } else { false } }
    @inline(__always)
    package var isChunked: Bool { if case .chunked = self { true } else { false } }
    @inline(__always)
    package var isUntilClose: Bool { if case .untilClose = self { true } else { false } }
}

/// What a request's head says of the bytes after it and of the connection.
package struct RequestFraming: Sendable {
    /// The form of a request's target.
    ///
    /// Source: [RFC 9112 §3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2).
    package enum TargetForm: Sendable, Hashable {
        /// A path and maybe a query: `/items?id=1`.
        case origin
        /// A whole URL: `http://example.com/items`.
        case absolute
        /// A host and a port, of `CONNECT` only.
        case authority
        /// `*`, of `OPTIONS` only.
        case asterisk
    }

    /// Where the body ends; never `untilClose`.
    package var body: BodyFraming
    /// Whether another request may follow on the connection.
    package var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    package var expectsContinue: Bool
    /// Whether there is a Host field; HTTP/1.0 may lack it.
    package var hasHost: Bool
    /// The target's form.
    package var targetForm: TargetForm
    /// The target's path and query, in the head; empty where the target has none: `*`, `http://example.com`, `CONNECT`.
    package var path: MessageHead.Run
}
