// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

/// What a handler has said of its answer so far.
final class NextApiAnswer: Sendable {
    enum Content: Sendable {
        /// What was written; without a tag.
        case written
        /// A whole body, with the tag that conditions are compared with.
        case tagged([UInt8], String)
        /// A response that is complete but for status and headers.
        case stream(Response)
    }

    struct State: Sendable {
        var status: Status = .ok
        var headers = Headers()
        /// What was written and could not be sent yet.
        var written: [UInt8] = []
        /// Where the body goes of an answer whose head is out.
        var output: (any BodySink)?
        /// How many bytes were written.
        var length = 0
        /// Whether the client has yet to take what was written.
        var needsDrain = false
        /// Nil until the answer has ended.
        var content: Content?
        /// What the body could not be made of.
        var failure: (any Error)?
    }

    let state = Locked(State())
    /// Begins the answer where others look at it before it is sent; nil where the connection itself does.
    private let opener: (any AnswerOpener)?
    private let route: NextApiRoute
    private let pattern: String

    init(_ opener: (any AnswerOpener)?, _ route: NextApiRoute, _ pattern: String) {
        self.opener = opener
        self.route = route
        self.pattern = pattern
    }

    private func warn(_ text: String) {
        route.log("\(pattern): \(text)")
    }

    var hasEnded: Bool { state.withLock { $0.content != nil } }

    /// Whether the head is on its way.
    var hasBegun: Bool { state.withLock { $0.output != nil } }

    /// Changes the answer, unless its head is out: nothing can be changed then.
    func change(_ method: String, _ body: (inout State) -> Void) {
        let isChanged = state.withLock { state in
            guard state.content == nil, state.output == nil else { return false }
            body(&state)
            return true
        }
        if !isChanged { warn("res.\(method): the answer has been sent already") }
    }

    /// Ends the answer with what was written, and these bytes.
    func finish(_ method: String, _ bytes: [UInt8]) {
        // An answer that has not begun goes out whole, with its length.
        if !bytes.isEmpty, hasBegun { _ = write(method, bytes) }
        let isFirst = state.withLock { state in
            guard state.content == nil else { return false }
            if state.output == nil { state.written += bytes }
            state.content = .written
            return true
        }
        if !isFirst { warn("res.\(method): the answer has been sent already") }
    }

    // MARK: - Writing

    /// Writes a part of the body, which leaves with the head if it is the first.
    ///
    /// - Returns: Whether the client has taken what was written.
    func write(_ method: String, _ bytes: [UInt8]) -> Bool {
        guard !hasEnded else {
            warn("res.\(method): the answer has been sent already")
            return false
        }
        state.withLock { $0.length += bytes.count }
        guard let output = begin() else {
            state.withLock { $0.written += bytes }
            return true
        }
        return put(output) { try bytes.withUnsafeBufferPointer(output.put) }
    }

    /// Sends the head.
    func flush() {
        guard !hasEnded, let output = begin() else { return }
        _ = put(output) {
            try output.flush()
            return true
        }
    }

    /// Waits until the client has taken what was written.
    func drain() async throws {
        guard let output = state.withLock({ $0.output }) else { return }
        try await output.ready()
        state.withLock { $0.needsDrain = false }
    }

    /// Where the body goes; nil where it is gathered, for want of somebody to take it.
    private func begin() -> (any BodySink)? {
        let (output, status, headers) = state.withLock { ($0.output, $0.status, $0.headers) }
        if let output { return output }
        var head = Response(status: status, headers: headers)
        let scope = RequestScope.current
        // What is around the handler adds them else.
        if opener == nil, let scope, scope.hasStagedCookies { head.add(scope.stagedCookies) }
        guard head.problem == nil, let opened = (opener ?? scope?.opener)?.open(head) else { return nil }
        if opener == nil { scope?.dropCookies() }
        let earlier = state.withLock { state in
            state.output = opened
            defer { state.written = [] }
            return state.written
        }
        if !earlier.isEmpty { _ = put(opened) { try earlier.withUnsafeBufferPointer(opened.put) } }
        return opened
    }

    private func put(_ output: any BodySink, _ work: () throws -> Bool) -> Bool {
        do {
            let isTaken = try work()
            state.withLock { $0.needsDrain = !isTaken }
            return isTaken
        } catch {
            // A client that has left is no failure: the handler is cancelled.
            if !(error is CancellationError) { state.withLock { $0.failure = $0.failure ?? error } }
            return false
        }
    }

    // MARK: - The end

    /// Answers with JSON that is written already.
    func sendJSON(_ json: Response, _ method: String) {
        var bytes: [UInt8] = []
        json.withBufferedBytes { bytes = Array($0) }
        change(method) { state in
            state.headers[.contentType] = "application/json; charset=utf-8"
            state.failure = json.failure
            state.content = .tagged(bytes, NextApiTag.make(bytes))
        }
    }

    /// The response to a request.
    ///
    /// - Throws: What the body could not be made of.
    func response(to request: Request) throws -> Response {
        let state = state.withLock { $0 }
        if state.output != nil { return .rest(state.failure) }
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
        case .tagged(let bytes, let tag):
            response = Response(bytes, headers: state.headers)
            response.headers[.etag] = tag
            if state.status == .ok, request.headers.mayHaveConditions, !request.wantsFreshAnswer {
                response = response.conditional(for: request, ranges: false)
            }
            if response.status != .ok { return response }
        }
        return response.replacing(status: state.status)
    }

    /// The response of an error: status and message, with the headers that were set.
    ///
    /// An answer that has begun is cut.
    func response(of error: HTTPError) -> Response {
        if hasBegun { return .rest(error) }
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
