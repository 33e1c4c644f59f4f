// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra
internal import WhippetServer

/// One request and its answer.
///
/// It takes a connection, sends, hands the answer out as soon as its head is there, and lets go of the connection when
/// both bodies are over. Whatever comes late finds it ended and reaches no other request.
// SAFETY: the variables are touched on the pool's loop only; other threads ask the loop.
final class ClientExchange: @unchecked Sendable {
    let outgoing: OutgoingRequest
    private let pool: ClientPool
    private var connection: ClientConnection?
    private var waiting: UnsafeContinuation<Response, any Error>?
    private var content: ResponseContent?
    private var upload: Task<Void, Never>?
    private var isUploading = false
    private var failure: (any Error)?
    private var isOver = false
    private var stopListening: (@Sendable () -> Void)?

    /// The client's loop.
    var loop: EventLoop { pool.loop }

    init(_ outgoing: OutgoingRequest, pool: ClientPool) {
        self.outgoing = outgoing
        self.pool = pool
    }

    // MARK: - From any thread

    /// Sends the request and waits for the answer's head.
    ///
    /// - Parameter isFresh: Whether only a new connection will do.
    /// - Throws: `ClientError`, or what the signal or the cancelled task says.
    func response(
        from address: ListenAddress, at remotes: [RemoteAddress], isFresh: Bool
    ) async throws -> Response {
        try await withTaskCancellationHandler {
            try await pool.loop.wait { [self] continuation in
                waiting = continuation
                start(address, remotes, isFresh: isFresh)
            }
        } onCancel: {
            end(CancellationError())
        }
    }

    /// Ends the exchange wherever it stands, and its connection.
    func end(_ reason: any Error) {
        pool.loop.execute { self.fail(reason) }
    }

    /// The body's reader has taken what waited.
    func resumeReading() {
        pool.loop.execute { self.connection?.resumeReading() }
    }

    // MARK: - On the loop

    private func start(_ address: ListenAddress, _ remotes: [RemoteAddress], isFresh: Bool) {
        if let failure { return settle(.failure(failure)) }
        stopListening = outgoing.request.whenAborted { [weak self] in self?.end($0) }
        let kept = isFresh ? nil : pool.take(address)
        let connection = kept ?? ClientConnection(pool: pool, address: address, remotes: remotes)
        self.connection = connection
        connection.begin(self, isReused: kept != nil)
    }

    /// The connection stands: the request goes out.
    func send(on connection: ClientConnection) {
        connection.send(outgoing.head)
        guard !outgoing.expectsContinue else {
            isUploading = true
            connection.flush()
            // A server that knows nothing of the expectation must not be waited for: RFC 9110 §10.1.1.
            pool.loop.schedule(after: 1000) { [weak self] in self?.sendContent() }
            return
        }
        sendContent()
    }

    /// The server wants the content, or has had time enough to say so.
    func sendContent() {
        guard !isOver, upload == nil, let connection else { return }
        isUploading = false
        switch outgoing.content {
        case .none: break
        case .bytes(let bytes):
            connection.send(bytes)
        case .chunks(let source, let length):
            isUploading = true
            // Both bodies travel at the same time, so this can't be the caller's task; it ends with the exchange.
            upload = Task { await self.send(source, length: length) }
        }
        connection.flush()
    }

    /// Whether the request is not yet out as a whole.
    var isSending: Bool { isUploading }

    /// Whether somebody waits for what the server should send.
    var isAwaited: Bool { !isUploading && (waiting != nil || content?.isAwaited == true) }

    /// The answer's head is there.
    func received(_ response: Response, _ content: ResponseContent?) {
        self.content = content
        settle(.success(response))
    }

    /// The answer is complete.
    func finish() {
        guard !isOver else { return }
        let isComplete = !isUploading
        close()
        content?.finish()
        connection.take()?.release(mayKeep: isComplete && !outgoing.closes)
    }

    /// The exchange has failed.
    func fail(_ error: any Error) {
        guard !isOver else { return }
        failure = error
        close()
        content?.fail(error)
        connection.take()?.release(mayKeep: false)
        settle(.failure(error))
    }

    private func close() {
        isOver = true
        upload?.cancel()
        upload = nil
        stopListening?()
        stopListening = nil
    }

    private func settle(_ result: Result<Response, any Error>) {
        waiting.take()?.resume(with: result)
    }

    // MARK: - The request's body

    private func send(_ source: BodySource, length: Int?) async {
        do {
            let chunks = try ResponseChunks(source)
            do {
                try await send(chunks, length: length)
            } catch {
                await chunks.cancel(error)
                throw error
            }
        } catch {
            end(error)
        }
    }

    private func send(_ chunks: ResponseChunks, length: Int?) async throws {
        var remaining = length
        while let chunk = try await chunks.next() {
            if chunk.isEmpty { continue }
            if let left = remaining {
                guard chunk.count <= left else {
                    throw TypeError("Request: the body is longer than its Content-Length")
                }
                remaining = left - chunk.count
            }
            guard try await write(chunk, isChunked: length == nil) else {
                return await chunks.cancel(outgoing.error(.closed, "the server takes no more of the body"))
            }
        }
        if let remaining, remaining > 0 {
            throw TypeError("Request: the body ended \(remaining) bytes before its Content-Length")
        }
        pool.loop.execute { self.contentSent(isChunked: length == nil) }
    }

    /// Writes a chunk and waits until the socket takes more; false when the exchange is over.
    private func write(_ chunk: [UInt8], isChunked: Bool) async throws -> Bool {
        try await pool.loop.wait { [self] continuation in
            guard !isOver, let connection else { return continuation.resume(returning: false) }
            if isChunked { connection.sendChunk(chunk) } else { connection.send(chunk) }
            connection.flush()
            connection.whenDrained(continuation)
        }
    }

    private func contentSent(isChunked: Bool) {
        guard !isOver, let connection else { return }
        isUploading = false
        if isChunked { connection.sendLastChunk() }
        connection.flush()
    }
}
