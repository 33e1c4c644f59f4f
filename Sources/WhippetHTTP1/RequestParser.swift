// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Reads request heads from bytes, strictly by [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112).
///
/// One per connection. It does no input or output: the caller hands over what has arrived, gives up what was consumed,
/// and hands over the rest again with what comes next. Whatever two readers could understand in two ways is refused,
/// because a request that a proxy and this server cut at different places smuggles another one in: lines end with
/// CR LF alone, fields are not folded, lengths are given once and in one way. It then stays in its error until `reset`.
package struct RequestParser: Sendable {
    package typealias Limits = MessageLimits

    /// What came out of the bytes handed over.
    package enum Step: Sendable {
        /// More bytes are needed; the rest of the input is to be handed over again, at its beginning.
        case incomplete(consumed: Int)
        /// The head is complete; the body begins behind the consumed bytes.
        case complete(consumed: Int, RequestFraming)
        /// The bytes are no valid request.
        case failed(MessageError)
    }

    private var parser: HeadParser

    package init(limits: Limits = Limits()) {
        parser = HeadParser(limits: limits, isRequest: true)
    }

    /// Makes ready for the next request.
    package mutating func reset() {
        parser.reset()
    }

    /// Reads on.
    ///
    /// `head` is emptied at the request line and must be the same one until the head is complete.
    package mutating func parse(_ input: UnsafeBufferPointer<UInt8>, into head: MessageHead) -> Step {
        switch parser.parse(input, into: head) {
        case .incomplete(let consumed): return .incomplete(consumed: consumed)
        case .failed(let error): return .failed(error)
        case .complete(let consumed):
            let version = head.storage.pointee.minorVersion
            if let error = parser.fields.checkRequest(minorVersion: version) { return .failed(parser.refuse(error)) }
            return .complete(
                consumed: consumed,
                RequestFraming(
                    body: parser.fields.body ?? BodyFraming.none,
                    keepsAlive: parser.fields.keepsAlive(minorVersion: version),
                    expectsContinue: parser.fields.expectsContinue(minorVersion: version),
                    hasHost: parser.fields.hasHost,
                    targetForm: parser.targetForm,
                    path: parser.path))
        }
    }
}
