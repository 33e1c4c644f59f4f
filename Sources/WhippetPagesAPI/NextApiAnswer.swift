// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra

/// What a handler has said of its answer so far.
final class NextApiAnswer: Sendable {
    enum Content: Sendable {
        /// What was written; without a tag.
        case written
        /// A whole body, which has a tag that conditions are compared with.
        case tagged([UInt8])
        /// A response that is complete but for status and headers.
        case stream(Response)
    }

    struct State: Sendable {
        var status: Status = .ok
        var headers = Headers()
        var written: [UInt8] = []
        /// Nil until the answer has ended.
        var content: Content?
        /// What the body could not be made of.
        var failure: (any Error)?
    }

    let state = Locked(State())
    private let warn: @Sendable (String) -> Void

    init(warn: @escaping @Sendable (String) -> Void) {
        self.warn = warn
    }

    var hasEnded: Bool { state.withLock { $0.content != nil } }

    /// Changes the answer, unless it has ended: nothing can be added to it then.
    func change(_ method: String, _ body: (inout State) -> Void) {
        let isChanged = state.withLock { state in
            guard state.content == nil else { return false }
            body(&state)
            return true
        }
        if !isChanged { warn("res.\(method): the answer has been sent already") }
    }

    /// Answers with JSON that is written already.
    func sendJSON(_ json: Response, _ method: String) {
        var bytes: [UInt8] = []
        json.withBufferedBytes { bytes = Array($0) }
        change(method) { state in
            state.headers[.contentType] = "application/json; charset=utf-8"
            state.failure = json.failure
            state.content = .tagged(bytes)
        }
    }

    /// The response to a request.
    ///
    /// - Throws: What the body could not be made of.
    func response(to request: Request) throws -> Response {
        let state = state.withLock { $0 }
        if let failure = state.failure { throw failure }
        var response: Response
        switch state.content ?? .written {
        case .written:
            response = Response(state.written, headers: state.headers)
        case .stream(let stream):
            response = stream
            for (name, value) in state.headers {
                if name == "set-cookie" {
                    response.headers.append(.setCookie, value)
                } else {
                    response.headers[name] = value
                }
            }
        case .tagged(let bytes):
            response = Response(bytes, headers: state.headers)
            response.addEntityTag()
            if state.status == .ok, !request.wantsFreshAnswer {
                response = response.conditional(for: request, ranges: false)
            }
            if response.status != .ok { return response }
        }
        return response.replacing(status: state.status)
    }

    /// The response of an error: status and message, with the headers that were set.
    func response(of error: HTTPError) -> Response {
        var headers = state.withLock { $0.headers }
        // They spoke of a body that is not sent.
        for name: Headers.Name in [.contentType, .contentLength, .contentEncoding, .etag] { headers[name] = nil }
        for (name, value) in error.headers { headers[name] = value }
        return Response(Array(error.message.utf8), headers: headers)
            .replacing(status: error.status, statusText: error.message)
    }
}

extension Request {
    /// Whether the client wants no answer from a cache, its own included.
    fileprivate var wantsFreshAnswer: Bool {
        guard let control = headers[.cacheControl] else { return false }
        return control.split(separator: ",").contains { part in
            ASCII.lowercased(String(part.filter { $0 != " " && $0 != "\t" })) == "no-cache"
        }
    }
}
