// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra
internal import WhippetServer

/// One connection of a client: connects, serves one exchange after another, and rests in the pool between them.
///
/// What arrives is understood in `ClientConnection+Receiving`.
// SAFETY: touched on the pool's loop only.
final class ClientConnection: OutgoingSocketOwner, @unchecked Sendable {
    enum Phase {
        case connecting
        case idle
        /// The answer's head is awaited.
        case head
        /// The answer's content is arriving.
        case content
        case closed
    }

    let pool: ClientPool
    let address: ListenAddress
    var phase = Phase.connecting
    var exchange: ClientExchange?
    var socket: OutgoingSocket?
    var input = ByteBuffer()
    var parser = ResponseParser()
    var head = MessageHead()
    var decoder = ContentDecoder.none
    var content: ResponseContent?
    var keepsAlive = false
    /// How many answers of 100 to 199 came before the final one.
    var informationalCount = 0
    /// Whether any byte of the answer has arrived.
    var hasHeard = false
    var isReused = false

    private var remotes: ArraySlice<RemoteAddress>
    private var output = ByteBuffer()
    private var drained: UnsafeContinuation<Bool, any Error>?
    /// When something last moved, in milliseconds of the loop's clock.
    private(set) var lastProgress: Int64

    private static let outputLimit = 64 * 1024

    init(pool: ClientPool, address: ListenAddress, remotes: [RemoteAddress]) {
        self.pool = pool
        self.address = address
        self.remotes = remotes[...]
        lastProgress = pool.loop.now
        pool.add(self)
    }

    // MARK: - Exchanges

    /// Serves an exchange, as soon as the connection stands.
    func begin(_ exchange: ClientExchange, isReused: Bool) {
        self.exchange = exchange
        self.isReused = isReused
        lastProgress = pool.loop.now
        if phase == .idle { start() } else { connect("no address to connect to") }
    }

    private func start() {
        guard let exchange else { return close() }
        phase = .head
        parser.reset(requestMethod: exchange.outgoing.request.method)
        informationalCount = 0
        hasHeard = false
        keepsAlive = false
        socket?.watch(.readable, true)
        exchange.send(on: self)
    }

    /// The exchange is over: the connection is kept for another, or closed.
    func release(mayKeep: Bool) {
        exchange = nil
        content = nil
        guard mayKeep, keepsAlive, phase == .idle, output.isEmpty else { return close() }
        lastProgress = pool.loop.now
        socket?.watch(.readable, true)
        pool.keep(self)
    }

    /// Ends the connection; its exchange must have been told.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        socket?.close()
        socket = nil
        drained.take()?.resume(returning: false)
        pool.remove(self)
    }

    /// Ends the connection and the exchange that runs on it.
    func fail(_ kind: ClientError.Kind, _ reason: String) {
        guard let exchange else { return close() }
        exchange.fail(exchange.outgoing.error(kind, reason))
        close()
    }

    /// Looks whether the server has been silent for too long.
    func check(now: Int64) {
        let silence = now - lastProgress
        switch phase {
        case .idle where silence >= pool.idleLimit: close()
        case .connecting where silence >= pool.silenceLimit:
            fail(.silent, "\(address) did not answer the attempt to connect within \(pool.silenceLimit) ms")
        case .head, .content:
            guard silence >= pool.silenceLimit, !output.isEmpty || exchange?.isAwaited == true else { return }
            fail(.silent, "the server was silent for \(pool.silenceLimit) ms")
        default: return
        }
    }

    // MARK: - The socket

    func socketIsReady(_ readiness: Readiness) {
        guard phase != .connecting else { return connectionIsReady() }
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.failed) {
            // Nothing more can arrive than what is there already.
            while read() {}
        } else if readiness.contains(.readable) {
            _ = read()
        }
    }

    private func connect(_ reason: String) {
        var reason = reason
        while let next = remotes.popFirst() {
            do {
                socket = try OutgoingSocket.connect(to: next, on: pool.loop, owner: self)
                return
            } catch {
                reason = error.message
            }
        }
        fail(.cannotConnect, "can't connect to \(address): \(reason)")
    }

    private func connectionIsReady() {
        if let error = socket?.connectError() {
            socket?.close()
            socket = nil
            return connect(error.message)
        }
        lastProgress = pool.loop.now
        socket?.watch(.writable, false)
        start()
    }

    /// Reads once; false when nothing more can be read now.
    private func read() -> Bool {
        guard let socket else { return false }
        switch socket.read(into: pool.received) {
        case .bytes(let count):
            lastProgress = pool.loop.now
            receive(UnsafeBufferPointer(rebasing: pool.received.bindMemory(to: UInt8.self)[..<count]))
            return phase != .closed
        case .wait: return false
        case .end:
            ended("the server closed the connection")
            return false
        case .failed(let reason):
            ended("the connection failed: \(reason)")
            return false
        }
    }

    /// The reader of the content has made room.
    func resumeReading() {
        if phase == .content { socket?.watch(.readable, true) }
    }

    // MARK: - Output

    /// Adds bytes to what `flush` sends.
    func send(_ bytes: [UInt8]) {
        output.append(bytes)
    }

    /// Adds a chunk to what `flush` sends.
    func sendChunk(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { RequestWriter.chunk($0, into: &output) }
    }

    /// Adds the last chunk to what `flush` sends.
    func sendLastChunk() {
        RequestWriter.lastChunk(into: &output)
    }

    /// Writes what the socket takes; the rest follows when it takes more.
    func flush() {
        guard let socket, phase != .connecting else { return }
        if !output.isEmpty {
            switch socket.write(output.readableBytes) {
            case .bytes(let count):
                output.consume(count)
                lastProgress = pool.loop.now
            case .wait: break
            case .end, .failed:
                // The server takes nothing more; its answer may still be on the way.
                output.removeAll()
                keepsAlive = false
                drained.take()?.resume(returning: false)
            }
        }
        socket.watch(.writable, !output.isEmpty)
        if output.count < Self.outputLimit { drained.take()?.resume(returning: true) }
    }

    /// Resumes when there is room for more output; with false when the connection is closed.
    func whenDrained(_ continuation: UnsafeContinuation<Bool, any Error>) {
        guard phase != .closed else { return continuation.resume(returning: false) }
        if output.count < Self.outputLimit { return continuation.resume(returning: true) }
        drained = continuation
    }
}
