// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import WhippetHTTP1

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Output on its way to a socket, in order: bytes that were copied in, and between them chunks of bodies that stay where
/// they are.
///
/// One system call for several chunks costs half of one for each: most of a large send is waking the receiver.
struct GatheredOutput: ~Copyable {
    /// A chunk, and how many of the copied bytes go before it.
    private struct Chunk {
        var offset: Int
        var bytes: [UInt8]
    }

    /// The copied bytes; they are never consumed in part.
    private(set) var copied = ByteBuffer()
    private var chunks: [Chunk] = []
    private var chunkBytes = 0

    var count: Int { copied.count &+ chunkBytes }
    var isEmpty: Bool { count == 0 }
    /// Whether there is anything that was not copied.
    var hasChunks: Bool { !chunks.isEmpty }

    /// Adds bytes that are copied.
    @inline(__always)
    mutating func write(_ body: (inout ByteBuffer) -> Void) {
        body(&copied)
    }

    /// Adds a chunk without copying it.
    mutating func append(_ chunk: [UInt8]) {
        chunks.append(Chunk(offset: copied.count, bytes: chunk))
        chunkBytes += chunk.count
    }

    /// Gives up everything; keeps memory of a usual size.
    mutating func removeAll(keeping limit: Int) {
        copied.removeAll()
        if copied.capacity > limit { copied.release() }
        guard hasChunks else { return }
        chunks.removeAll(keepingCapacity: true)
        chunkBytes = 0
    }

    /// Calls `body` with each run of bytes, in order.
    func forEachRun(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let bytes = copied.readableBytes
        var offset = 0
        for chunk in chunks {
            if chunk.offset > offset { body(UnsafeBufferPointer(rebasing: bytes[offset..<chunk.offset])) }
            offset = chunk.offset
            chunk.bytes.withUnsafeBufferPointer(body)
        }
        if offset < bytes.count { body(UnsafeBufferPointer(rebasing: bytes[offset...])) }
    }

    /// Sends as much as the socket takes; −1 with `errno` set on failure.
    func send(to descriptor: Int32) -> Int {
        guard hasChunks else {
            let bytes = copied.readableBytes
            guard let base = bytes.baseAddress else { return 0 }
            return systemSend(descriptor, base, bytes.count)
        }
        // SAFETY: the arrays are held by `chunks`, which does not change during the call, and an array's bytes stay where
        // they are as long as it is held; the copied bytes are this buffer's own.
        return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2 * chunks.count + 1) { parts in
            var count = 0
            forEachRun { run in
                let base = UnsafeMutableRawPointer(mutating: run.baseAddress)
                parts.initializeElement(at: count, to: iovec(iov_base: base, iov_len: run.count))
                count += 1
            }
            return systemSend(descriptor, parts, count)
        }
    }
}
