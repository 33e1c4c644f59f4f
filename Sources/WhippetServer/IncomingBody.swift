// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// The content of a request that is still arriving, pulled by the handler.
///
/// The loop puts bytes in, the handler takes them out, from whatever thread it runs on. Reading from the socket stops
/// while more than `highWaterMark` bytes wait here, so that a slow handler slows its client down.
final class IncomingBody: BodySequence {
    private struct State {
        var pending: [UInt8] = []
        var isFinished = false
        var isPaused = false
        var wasPulled = false
        var failure: (any Error)?
        var waiting: UnsafeContinuation<[UInt8]?, any Error>?
        /// Tells a read that was cancelled from a later one.
        var ticket: UInt64 = 0
        /// Since when the reader waits, in milliseconds of the monotonic clock.
        var waitingSince: Int64 = 0
        /// For how many milliseconds the reader still waits in all: waiting spends them, bytes earn them.
        var patience: Int64
    }

    static let highWaterMark = 64 * 1024

    private let state: Locked<State>
    private let loop: EventLoop
    private let connection: ConnectionReference
    private let timeouts: ServerConfiguration.Timeouts
    let length: Int?

    /// Makes a body of `length` bytes (nil: not known), of which none have arrived.
    init(connection: Connection, loop: EventLoop, timeouts: ServerConfiguration.Timeouts, length: Int?) {
        self.loop = loop
        self.connection = ConnectionReference(connection)
        self.timeouts = timeouts
        self.length = length
        state = Locked(State(patience: timeouts.content))
    }

    // MARK: - The handler's side

    func next() async throws -> [UInt8]? {
        let taken = state.withLock { state -> Taken in take(&state) }
        switch taken {
        case .chunk(let chunk, let resumes):
            if resumes { connection.resumeReading(on: loop) }
            return chunk
        case .end: return nil
        case .failed(let error): throw error
        case .wait(let isFirst, let ticket): return try await wait(isFirst: isFirst, ticket: ticket)
        }
    }

    func cancel(_ reason: any Error) {
        let waiting = state.withLock { state -> UnsafeContinuation<[UInt8]?, any Error>? in
            state.failure = state.failure ?? reason
            state.pending = []
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(throwing: reason)
    }

    private enum Taken {
        case chunk([UInt8], resumes: Bool)
        case end
        case failed(any Error)
        case wait(isFirst: Bool, ticket: UInt64)
    }

    private func take(_ state: inout State) -> Taken {
        if !state.pending.isEmpty {
            var chunk: [UInt8] = []
            swap(&chunk, &state.pending)
            defer { state.isPaused = false }
            return .chunk(chunk, resumes: state.isPaused)
        }
        if let failure = state.failure { return .failed(failure) }
        if state.isFinished { return .end }
        guard state.waiting == nil else {
            return .failed(TypeError("The request's body is already being read"))
        }
        defer { state.wasPulled = true }
        state.ticket += 1
        return .wait(isFirst: !state.wasPulled, ticket: state.ticket)
    }

    private func wait(isFirst: Bool, ticket: UInt64) async throws -> [UInt8]? {
        if isFirst { connection.contentWanted(on: loop) }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                let taken = state.withLock { state -> Taken in
                    // Something may have come since `take` looked.
                    let isCancelled = Task.isCancelled
                    if isCancelled { return .failed(CancellationError()) }
                    let taken = take(&state)
                    if case .wait = taken {
                        state.ticket = ticket
                        state.waiting = continuation
                        state.waitingSince = Clock.monotonicMilliseconds()
                    }
                    return taken
                }
                switch taken {
                case .chunk(let chunk, let resumes):
                    if resumes { connection.resumeReading(on: loop) }
                    continuation.resume(returning: chunk)
                case .end: continuation.resume(returning: nil)
                case .failed(let error): continuation.resume(throwing: error)
                case .wait: break
                }
            }
        } onCancel: {
            let waiting = state.withLock { state -> UnsafeContinuation<[UInt8]?, any Error>? in
                guard state.ticket == ticket else { return nil }
                defer { state.waiting = nil }
                return state.waiting
            }
            waiting?.resume(throwing: CancellationError())
        }
    }

    // MARK: - The loop's side

    /// Takes bytes that arrived; true when reading should stop for now.
    ///
    /// - Parameter now: Milliseconds of the monotonic clock.
    func append(_ bytes: UnsafeBufferPointer<UInt8>, at now: Int64) -> Bool {
        let (waiting, pauses) = state.withLock { state -> (UnsafeContinuation<[UInt8]?, any Error>?, Bool) in
            if let waiting = state.waiting {
                // What comes late leaves a debt: were it forgiven, a little now and then would do. It is bounded,
                // because a process that stood still reads all at once what clients sent meanwhile.
                let left = max(-timeouts.content, state.patience - max(0, now - state.waitingSince))
                state.patience = min(timeouts.content, left + timeouts.earned(by: bytes.count))
                state.waiting = nil
                return (waiting, false)
            }
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
        let waiting = state.withLock { state -> UnsafeContinuation<[UInt8]?, any Error>? in
            state.isFinished = true
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: nil)
    }

    /// Gives the client back time in which nobody read what it sent, in milliseconds.
    func postpone(by delay: Int64) {
        state.withLock { state in
            state.patience += delay
            // A reader that waits has waited that long; what others have is what `append` left them.
            if state.waiting == nil { state.patience = min(state.patience, timeouts.content) }
        }
    }

    /// The request is over: whoever still holds the body can ask nothing of the connection any more.
    func detach() {
        connection.connection = nil
    }

    /// For how many milliseconds more the client may be silent; nil when no reader waits: then it is not to blame.
    ///
    /// Each byte earns a little time, up to the whole of it, so that a client that sends one now and then is as late as
    /// one that sends none.
    func patience(at now: Int64) -> Int64? {
        state.withLock { state in
            state.waiting == nil ? nil : state.patience - max(0, now - state.waitingSince)
        }
    }
}

/// A connection as other threads may hold it: they can only ask its loop for something, and only as long as the request
/// lasts.
// SAFETY: the reference is touched on the loop's thread only.
private final class ConnectionReference: @unchecked Sendable {
    var connection: Connection?

    init(_ connection: Connection) {
        self.connection = connection
    }

    func resumeReading(on loop: EventLoop) {
        loop.execute { self.connection?.resumeReading() }
    }

    func contentWanted(on loop: EventLoop) {
        loop.execute { self.connection?.contentWanted() }
    }
}
