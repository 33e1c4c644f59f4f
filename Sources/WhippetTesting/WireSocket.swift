// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetHTTP1
internal import WhippetInfra
internal import WhippetServer

/// What a `WireConnection` does on the client's loop.
// SAFETY: touched on the loop's thread only.
final class WireSocket: OutgoingSocketOwner, @unchecked Sendable {
    /// Someone who waits for bytes: for any, or for those up to the end of `needle`.
    private struct Reader {
        var needle: [UInt8]
        var continuation: UnsafeContinuation<[UInt8]?, any Error>
    }

    /// How many bytes are gathered in search of a needle.
    private static let searchLimit = 64 * 1024 * 1024

    private let loop: EventLoop
    private let name: String
    private let patience: Int64
    private var socket: OutgoingSocket?
    private var connecting: UnsafeContinuation<Void, any Error>?
    private var reader: Reader?
    private var writer: UnsafeContinuation<Void, any Error>?
    private var input: [UInt8] = []
    private var output = ByteBuffer()
    private var hasEnded = false
    private var failure: String?
    private var lastProgress: Int64 = 0
    private var isWatched = false
    private var chunk: UnsafeMutableRawBufferPointer = .allocate(byteCount: 64 * 1024, alignment: 16)

    init(loop: EventLoop, name: String, patience: Duration) {
        self.loop = loop
        self.name = name
        self.patience = patience.milliseconds
    }

    deinit {
        chunk.deallocate()
    }

    func connect(to remote: RemoteAddress, _ continuation: UnsafeContinuation<Void, any Error>) {
        do {
            socket = try OutgoingSocket.connect(to: remote, on: loop, owner: self)
            connecting = continuation
            watchTime()
        } catch {
            continuation.resume(throwing: self.error("can't connect: \(error.message)"))
        }
    }

    func send(_ bytes: [UInt8], _ continuation: UnsafeContinuation<Void, any Error>) {
        guard writer == nil else { return continuation.resume(throwing: error("two sends at once")) }
        guard socket != nil else { return continuation.resume(throwing: error(failure ?? "it is closed")) }
        output.append(bytes)
        writer = continuation
        watchTime()
        flush()
    }

    func receive(until needle: [UInt8], _ continuation: UnsafeContinuation<[UInt8]?, any Error>) {
        guard reader == nil else { return continuation.resume(throwing: error("two receives at once")) }
        reader = Reader(needle: needle, continuation: continuation)
        serveReader()
        guard reader != nil else { return }
        socket?.watch(.readable, true)
        watchTime()
    }

    func halfClose() {
        socket?.shutdownWriting()
    }

    func reset() {
        socket?.reset()
        close("it was reset here")
    }

    func close(_ reason: String = "it was closed here") {
        socket?.close()
        socket = nil
        end(reason)
    }

    // MARK: - The socket

    func socketIsReady(_ readiness: Readiness) {
        guard let socket else { return }
        if let waiting = connecting.take() {
            if let failed = socket.connectError() {
                close()
                return waiting.resume(throwing: error("can't connect: \(failed.message)"))
            }
            socket.watch(.writable, false)
            return waiting.resume()
        }
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.failed) {
            while read() {}
            gone()
        } else if readiness.contains(.readable) {
            _ = read()
        }
        if reader == nil { self.socket?.watch(.readable, false) }
    }

    /// The connection is gone in both directions, and all that came has been read: a selector that goes on watching it
    /// says so again in each turn.
    private func gone() {
        guard let socket else { return }
        socket.close()
        self.socket = nil
        if !hasEnded { end("the connection is gone") }
    }

    /// Reads once; false when nothing more can be read now.
    private func read() -> Bool {
        guard let socket else { return false }
        switch socket.read(into: chunk) {
        case .bytes(let count):
            lastProgress = loop.now
            input.append(contentsOf: chunk[..<count])
            serveReader()
            return true
        case .wait: return false
        case .end:
            hasEnded = true
            socket.watch(.readable, false)
            serveReader()
            return false
        case .failed(let reason):
            close(reason)
            return false
        }
    }

    private func flush() {
        guard let socket else { return }
        if !output.isEmpty {
            switch socket.write(output.readableBytes) {
            case .bytes(let count):
                output.consume(count)
                lastProgress = loop.now
            case .wait: break
            case .end: break
            case .failed(let reason):
                output.removeAll()
                return writer.take()?.resume(throwing: error(reason)) ?? ()
            }
        }
        socket.watch(.writable, !output.isEmpty)
        if output.isEmpty { writer.take()?.resume() }
    }

    // MARK: - Who waits

    private func serveReader() {
        guard let waiting = reader else { return }
        if waiting.needle.isEmpty {
            guard !input.isEmpty else { return serveAtTheEnd(waiting) }
            reader = nil
            var bytes: [UInt8] = []
            swap(&bytes, &input)
            return waiting.continuation.resume(returning: bytes)
        }
        guard let end = endOfNeedle(waiting.needle), input.count < Self.searchLimit else {
            return serveAtTheEnd(waiting)
        }
        reader = nil
        let bytes = Array(input[..<end])
        input.removeFirst(end)
        waiting.continuation.resume(returning: bytes)
    }

    private func serveAtTheEnd(_ waiting: Reader) {
        if let failure {
            reader = nil
            waiting.continuation.resume(throwing: error(failure))
        } else if hasEnded {
            reader = nil
            guard waiting.needle.isEmpty else {
                let text = String(decoding: waiting.needle, as: UTF8.self)
                let found = String(decoding: input, as: UTF8.self)
                return waiting.continuation.resume(
                    throwing: error("it ended before \(text.debugDescription) came, after \(found.debugDescription)"))
            }
            waiting.continuation.resume(returning: nil)
        }
    }

    /// Where the first occurrence of the needle ends in the input.
    private func endOfNeedle(_ needle: [UInt8]) -> Int? {
        guard let first = needle.first, input.count >= needle.count else { return nil }
        for start in 0...(input.count - needle.count) where input[start] == first {
            if input[start..<(start + needle.count)].elementsEqual(needle) { return start + needle.count }
        }
        return nil
    }

    private func end(_ reason: String) {
        if failure == nil { failure = reason }
        serveReader()
        writer.take()?.resume(throwing: error(reason))
        connecting.take()?.resume(throwing: error(reason))
    }

    private func error(_ reason: String) -> ClientError {
        ClientError(.closed, "The connection to \(name): \(reason)")
    }

    /// Looks now and then whether somebody has waited for too long.
    private func watchTime() {
        lastProgress = loop.now
        guard !isWatched else { return }
        isWatched = true
        loop.schedule(after: 500) { [weak self] in
            guard let self else { return }
            isWatched = false
            guard reader != nil || writer != nil || connecting != nil else { return }
            guard loop.now - lastProgress < patience else {
                let found = String(decoding: input.prefix(1000), as: UTF8.self)
                return close("nothing moved for \(patience) ms; not yet taken: \(found.debugDescription)")
            }
            let progress = lastProgress
            watchTime()
            lastProgress = progress
        }
    }
}
