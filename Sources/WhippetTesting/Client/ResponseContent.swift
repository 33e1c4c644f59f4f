// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

/// The content of an answer that is still arriving.
///
/// The loop puts bytes in, whoever reads the body takes them out. Reading from the socket stops while more than
/// `highWaterMark` bytes wait here.
final class ResponseContent: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var isFinished = false
        var isPaused = false
        var failure: (any Error)?
        var waiting: UnsafeContinuation<[UInt8]?, any Error>?
    }

    /// What a reader finds.
    private enum Taken {
        case chunk([UInt8], resumes: Bool)
        case end
        case failed(any Error)
        case wait
    }

    static let highWaterMark = 64 * 1024

    private let state = Locked(State())

    // MARK: - The reader's side

    /// The next bytes, nil at the end.
    ///
    /// - Parameters:
    ///   - loop: Where the reader waits.
    ///   - resume: Called when reading from the socket has to go on.
    func next(on loop: EventLoop, resume: @escaping @Sendable () -> Void) async throws -> [UInt8]? {
        // Fast path: what is there already needs no wait.
        switch state.withLock({ Self.take(&$0) }) {
        case .chunk(let chunk, let resumes):
            if resumes { resume() }
            return chunk
        case .end: return nil
        case .failed(let error): throw error
        case .wait: break
        }
        return try await withTaskCancellationHandler {
            try await loop.wait { [self] continuation in
                let taken = state.withLock { state -> Taken in
                    let taken = Self.take(&state)
                    if case .wait = taken { state.waiting = continuation }
                    return taken
                }
                switch taken {
                case .chunk(let chunk, let resumes):
                    if resumes { resume() }
                    continuation.resume(returning: chunk)
                case .end: continuation.resume(returning: nil)
                case .failed(let error): continuation.resume(throwing: error)
                case .wait: break
                }
            }
        } onCancel: {
            // A wait that has not begun yet finds the failure.
            fail(CancellationError())
        }
    }

    private static func take(_ state: inout State) -> Taken {
        if !state.pending.isEmpty {
            var chunk: [UInt8] = []
            swap(&chunk, &state.pending)
            defer { state.isPaused = false }
            return .chunk(chunk, resumes: state.isPaused)
        }
        if let failure = state.failure { return .failed(failure) }
        if state.isFinished { return .end }
        return state.waiting == nil ? .wait : .failed(TypeError("Response: the body is already being read"))
    }

    // MARK: - The loop's side

    /// Takes bytes that arrived; true when reading should stop for now.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let (waiting, pauses) = state.withLock { state -> (UnsafeContinuation<[UInt8]?, any Error>?, Bool) in
            if let waiting = state.waiting.take() { return (waiting, false) }
            guard state.failure == nil else { return (nil, false) }
            state.pending.append(contentsOf: bytes)
            state.isPaused = state.pending.count >= Self.highWaterMark
            return (nil, state.isPaused)
        }
        waiting?.resume(returning: Array(bytes))
        return pauses
    }

    /// The last byte has arrived.
    func finish() {
        let waiting = state.withLock { state in
            state.isFinished = true
            return state.waiting.take()
        }
        waiting?.resume(returning: nil)
    }

    /// Nothing more comes, for this reason; bytes that wait are still handed out.
    func fail(_ reason: any Error) {
        let waiting = state.withLock { state -> UnsafeContinuation<[UInt8]?, any Error>? in
            guard !state.isFinished else { return nil }
            if state.failure == nil { state.failure = reason }
            return state.waiting.take()
        }
        waiting?.resume(throwing: reason)
    }

    /// Whether some reader waits for bytes.
    var isAwaited: Bool { state.withLock { $0.waiting != nil } }
}

/// The body of an answer that is still arriving; the connection closes when nobody holds it any more.
final class ResponseBody: BodySequence {
    private let content: ResponseContent
    private let exchange: ClientExchange
    let length: Int?

    init(_ content: ResponseContent, _ exchange: ClientExchange, length: Int?) {
        self.content = content
        self.exchange = exchange
        self.length = length
    }

    deinit {
        exchange.end(CancellationError())
    }

    func next() async throws -> [UInt8]? {
        do {
            return try await content.next(on: exchange.loop) { [exchange] in exchange.resumeReading() }
        } catch let error as CancellationError {
            exchange.end(error)
            throw error
        }
    }

    func cancel(_ reason: any Error) {
        content.fail(reason)
        exchange.end(reason)
    }
}
