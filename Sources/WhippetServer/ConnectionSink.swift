// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

/// An answer whose body writes itself, on its way into the connection's output.
///
/// What is written stays in the output until the writer suspends, which ends the loop's turn, or 128 KiB are there: many
/// parts cost one system call. The head waits for the first part, so that an error before it can still become
/// another answer. A writer on another thread is brought to the loop.
// SAFETY: the variables are touched on the loop's thread only; `put`, `flush` and `ready` go there first.
final class ConnectionSink: BodySink, @unchecked Sendable {
    /// After so many bytes in one go others get their turn: a client may take all of a body that never waits.
    private static let turnLimit = 256 * 1024

    private let connection: Connection
    private let response: Response
    private let framing: ResponseFraming
    /// The number of the request that is answered.
    private let number: UInt64
    private var remaining: Int?
    private var writtenAtOnce = 0
    /// Why a write from another thread could not be done.
    private var failure: (any Error)?
    private var isOver = false
    /// Whether the head is out.
    private(set) var hasBegun = false

    init(_ connection: Connection, _ response: Response, _ framing: ResponseFraming) {
        self.connection = connection
        self.response = response
        self.framing = framing
        number = connection.state.pointee.number
        if case .length(let count) = framing.body { remaining = count }
    }

    // MARK: - The writer's side

    func put(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        if connection.worker.loop.isCurrent { return try putHere(bytes) }
        let copy = Array(bytes)
        onLoop { sink in copy.withUnsafeBufferPointer { bytes in sink.record { _ = try sink.putHere(bytes) } } }
        return false
    }

    func put(_ chunk: [UInt8]) throws -> Bool {
        guard connection.worker.loop.isCurrent else { return try chunk.withUnsafeBufferPointer { try put($0) } }
        return try putHere(chunk.count) { connection, isChunked in
            connection.writePart(chunk, isChunk: isChunked)
            connection.flushLateParts()
        }
    }

    func flush() throws {
        if connection.worker.loop.isCurrent { return try flushHere() }
        onLoop { sink in sink.record { try sink.flushHere() } }
    }

    func ready() async throws {
        let isOpen = await withUnsafeContinuation { continuation in
            onLoop { sink in
                guard sink.isOpen else { return continuation.resume(returning: false) }
                guard sink.writtenAtOnce >= Self.turnLimit else { return sink.connection.whenDrained(continuation) }
                sink.writtenAtOnce = 0
                sink.connection.worker.loop.schedule(after: 0) {
                    guard sink.isOpen else { return continuation.resume(returning: false) }
                    sink.connection.whenDrained(continuation)
                }
            }
        }
        guard isOpen else { throw CancellationError() }
    }

    /// Whether somebody still takes the body.
    private var isOpen: Bool {
        !isOver && connection.state.pointee.phase == .handling && connection.state.pointee.number == number
    }

    private func putHere(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        try putHere(bytes.count) { connection, isChunked in connection.writePart(bytes, isChunk: isChunked) }
    }

    private func putHere(_ count: Int, _ write: (Connection, _ isChunked: Bool) -> Void) throws -> Bool {
        guard isOpen else { throw CancellationError() }
        guard count > 0 else { return true }
        if let left = remaining {
            guard count <= left else { throw TypeError("The body is longer than its Content-Length") }
            remaining = left - count
        }
        if !hasBegun { try begin() }
        // HEAD and the statuses without content.
        if framing.body.isNone { return true }
        write(connection, framing.body.isChunked)
        writtenAtOnce += count
        return writtenAtOnce < Self.turnLimit && connection.state.pointee.output.isEmpty
    }

    private func flushHere() throws {
        guard isOpen else { throw CancellationError() }
        if !hasBegun { try begin() }
        connection.flush()
    }

    private func onLoop(_ work: @escaping @Sendable (ConnectionSink) -> Void) {
        connection.worker.loop.execute { [self] in work(self) }
    }

    private func record(_ work: () throws -> Void) {
        do {
            try work()
        } catch {
            if failure == nil { failure = error }
            isOver = true
        }
    }

    // MARK: - The driver's side

    private func begin() throws {
        connection.prepareHead()
        guard connection.writeHead(response, framing) else { throw Connection.invalidField }
        hasBegun = true
    }

    /// The whole body has been written.
    ///
    /// - Throws: What a write from another thread has thrown; `TypeError` when bytes are missing.
    func finish() throws {
        defer { isOver = true }
        if let failure { throw failure }
        guard isOpen else { return }
        if let remaining, remaining > 0 {
            throw TypeError("The body ended \(remaining) bytes before its Content-Length")
        }
        guard hasBegun else {
            // Nothing was written: an empty body has a length.
            connection.prepareHead()
            let framing = framing.body.isNone ? framing : connection.responseFraming(response, length: 0)
            guard connection.writeHead(response, framing) else {
                throw Connection.invalidField
            }
            return
        }
        if framing.body.isChunked { connection.send { ResponseWriter.lastChunk(into: &$0) } }
    }

    /// The body has failed: what is written now goes nowhere.
    func close() {
        isOver = true
    }
}
