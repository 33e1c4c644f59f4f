// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra
internal import WhippetStreams

// The streams that a body needs. Nothing is read before somebody asks.
extension ReadableStream where Chunk == [UInt8] {
    /// A stream of one chunk; of none, if there are no bytes.
    static func of(_ bytes: [UInt8]) -> ByteStream {
        let rest = Locked(bytes)
        return ByteStream(
            pulling: {
                rest.withLock { rest in
                    defer { rest = [] }
                    return rest.isEmpty ? nil : rest
                }
            },
            cancelled: { _ in rest.withLock { $0 = [] } })
    }

    /// A stream that reads a sequence.
    static func pulling(_ sequence: any BodySequence) -> ByteStream {
        ByteStream(
            pulling: { try await sequence.next() },
            cancelled: { sequence.cancel($0 ?? DOMException("The body was cancelled", name: .abortError)) })
    }

    /// A stream that is read already, for a body that was read without one.
    static func spent() -> ByteStream {
        let stream = ByteStream(pulling: { nil })
        // The reader need not live for the stream to stay locked.
        _ = try? stream.getReader()
        return stream
    }

    /// A stream with the chunks of this one, which is locked from now on.
    ///
    /// Implements [create a proxy](https://streams.spec.whatwg.org/#readablestream-create-a-proxy).
    ///
    /// - Throws: `TypeError` if the stream is locked.
    func makeProxy() throws -> ByteStream {
        let reader = try getReader()
        return ByteStream(
            pulling: { try await reader.read() },
            cancelled: { reason in reader.cancelInBackground(reason) })
    }

    /// Cancels the stream without waiting until its source has heard; one that is locked is its reader's matter.
    func cancelInBackground(_ reason: any Error) {
        inBackground { [self] in try await cancel(reason) }
    }
}

extension ReadableStreamDefaultReader where Chunk == [UInt8] {
    /// Cancels the stream without waiting until its source has heard.
    func cancelInBackground(_ reason: (any Error)?) {
        inBackground { [self] in try await cancel(reason) }
    }
}

/// Runs what ends a stream's life and can't be waited for.
private func inBackground(_ work: @escaping @Sendable () async throws -> Void) {
    // Once in a stream's life; nobody is left who could do anything about its error.
    Task { try? await work() }
}
