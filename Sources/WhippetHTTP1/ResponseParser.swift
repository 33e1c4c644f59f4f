// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Reads response heads from bytes, for clients; as strict as `RequestParser`, and used like it.
package struct ResponseParser: Sendable {
    package typealias Limits = MessageLimits

    /// What a response's head says of the bytes after it and of the connection.
    package struct Framing: Sendable, Hashable {
        /// Where the body ends.
        package var body: BodyFraming
        /// Whether another response may follow on the connection.
        package var keepsAlive: Bool
    }

    /// What came out of the bytes handed over.
    package enum Step: Sendable {
        /// More bytes are needed; the rest of the input is to be handed over again, at its beginning.
        case incomplete(consumed: Int)
        /// The head is complete; the body begins behind the consumed bytes. After a status of 100 to 199, 101 apart,
        /// the final response follows: `reset` for the same method, then parse on.
        case complete(consumed: Int, Framing)
        /// The bytes are no valid response.
        case failed(MessageError)
    }

    private var parser: HeadParser
    private var requestMethod: HTTPMethod

    /// Makes a parser for the response to a request of this method, which decides about the body.
    package init(limits: Limits = Limits(), requestMethod: HTTPMethod = .GET) {
        parser = HeadParser(limits: limits, isRequest: false)
        self.requestMethod = requestMethod
    }

    /// Makes ready for the response to the next request.
    package mutating func reset(requestMethod: HTTPMethod) {
        parser.reset()
        self.requestMethod = requestMethod
    }

    /// Reads on.
    ///
    /// `head` is emptied at the status line and must be the same one until the head is complete.
    package mutating func parse(_ input: UnsafeBufferPointer<UInt8>, into head: MessageHead) -> Step {
        switch parser.parse(input, into: head) {
        case .incomplete(let consumed): return .incomplete(consumed: consumed)
        case .failed(let error): return .failed(error)
        case .complete(let consumed):
            let version = head.storage.pointee.minorVersion
            if let error = parser.fields.check(minorVersion: version) { return .failed(parser.refuse(error)) }
            let body = body(status: head.storage.pointee.statusCode)
            let keepsAlive = body != .untilClose && parser.fields.keepsAlive(minorVersion: version)
            return .complete(consumed: consumed, Framing(body: body, keepsAlive: keepsAlive))
        }
    }

    /// Where the body ends.
    ///
    /// Implements [RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3).
    private func body(status: UInt16) -> BodyFraming {
        // 1. The answer to HEAD and the statuses that have no content.
        if requestMethod == .HEAD || status < 200 || status == 204 || status == 304 { return .none }
        // 2. A tunnel is open: what follows is no message.
        if requestMethod == .CONNECT, status < 300 { return .none }
        // 3–6. Contradictions are refused before; the fields decide.
        // 7. For requests only.
        // 8. The connection's end is the body's end.
        return parser.fields.body ?? .untilClose
    }
}
