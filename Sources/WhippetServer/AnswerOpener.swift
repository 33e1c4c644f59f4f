// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch

/// Lets a handler begin its answer before it returns, as `res.write` of Node does.
///
/// What the handler then returns is the rest of the answer: its status and fields mean nothing any more. A response by
/// `Response.rest(_:)` says that nothing follows, or why the answer is cut.
package protocol AnswerOpener: AnyObject, Sendable {
    /// Begins the answer; its head leaves with the first byte, or with `flush`.
    ///
    /// - Parameter head: Status and fields; its body is not looked at.
    /// - Returns: Where the body goes; nil where nothing can be begun: from another thread than the event loop's, with a
    ///   head that may not be sent, or for a client that has left.
    func open(_ head: Response) -> (any BodySink)?
}

extension Response {
    /// What a handler returns that has begun its answer: the end, or what cuts the answer off.
    package static func rest(_ error: (any Error)? = nil) -> Response {
        Response(Body(incoming: RestOfBody(error), limit: nil))
    }
}

/// Nothing, or an error.
private final class RestOfBody: BodySequence {
    private let error: (any Error)?

    init(_ error: (any Error)?) {
        self.error = error
    }

    var length: Int? { nil }

    func next() async throws -> [UInt8]? {
        if let error { throw error }
        return nil
    }

    func cancel(_ reason: any Error) {}
}
