// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

/// Answers that are made while they are sent: each chunk goes out as it comes, and the next is asked for only when the
/// socket has taken the last.
extension Connection {
    /// Streams an answer's body.
    ///
    /// An error before the first chunk is a 500, one after it cuts the connection, so that nobody takes a part for
    /// the whole.
    func stream(_ response: Response) async {
        guard state.pointee.phase == .handling else { return }
        let framing = responseFraming(response, length: response.bodyLength ?? response.declaredLength)
        if framing.body == .none {
            // HEAD and the statuses without content: the body is not drained, its source is told.
            response.discard(ConnectionError.requestEnded)
            if !writeHead(response, framing) { _ = answerFailure(Self.invalidField) }
            return
        }
        let chunks: ResponseChunks
        var next: [UInt8]?
        do {
            chunks = try ResponseChunks(response)
            next = try await chunks.next()
        } catch {
            guard state.pointee.phase == .handling else { return }
            _ = answerFailure(error)
            return
        }
        guard state.pointee.phase == .handling else { return await chunks.cancel(ConnectionError.clientLeft) }
        if !canSkipContent, state.pointee.incoming == nil { state.pointee.keepsAlive = false }
        guard writeHead(response, framing) else {
            await chunks.cancel(Self.invalidField)
            _ = answerFailure(Self.invalidField)
            return
        }
        var remaining: Int? = if case .length(let count) = framing.body { count } else { nil }
        var sentAtOnce = 0
        do {
            while let chunk = next {
                try send(chunk, framing, remaining: &remaining)
                // A body that never waits, for a client that takes all of it at once, would keep the loop for itself.
                sentAtOnce += chunk.count
                if sentAtOnce >= 256 * 1024 {
                    sentAtOnce = 0
                    await Task.yield()
                }
                guard await waitUntilDrained() else { return await chunks.cancel(ConnectionError.clientLeft) }
                next = try await chunks.next()
            }
        } catch {
            await cut(chunks, error)
            return
        }
        guard state.pointee.phase == .handling else { return await chunks.cancel(ConnectionError.clientLeft) }
        if framing.body == .chunked {
            send { ResponseWriter.lastChunk(into: &$0) }
        } else if let remaining, remaining > 0 {
            await cut(chunks, TypeError("The body ended \(remaining) bytes before its Content-Length"))
        }
    }

    private func send(_ chunk: [UInt8], _ framing: ResponseFraming, remaining: inout Int?) throws {
        guard !chunk.isEmpty else { return }
        if let left = remaining {
            guard chunk.count <= left else { throw TypeError("The body is longer than its Content-Length") }
            remaining = left - chunk.count
        }
        guard framing.body == .chunked else {
            return chunk.withUnsafeBufferPointer { sendNow($0) }
        }
        send { ResponseWriter.chunkHead(chunk.count, into: &$0) }
        chunk.withUnsafeBufferPointer { sendNow($0, after: "\r\n") }
    }

    /// Ends the connection in the middle of an answer.
    private func cut(_ chunks: ResponseChunks, _ error: any Error) async {
        // The client first: the source's own code may take its time to hear of it.
        if state.pointee.phase == .handling {
            if !(error is CancellationError) { worker.warn("A response's body failed: \(error)") }
            flush()
            abort(error)
        }
        await chunks.cancel(error)
    }
}
