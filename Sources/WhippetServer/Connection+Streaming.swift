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
    /// An error before the first byte is answered for like one of the handler, one after it cuts the connection, so
    /// that nobody takes a part for the whole.
    func stream(_ response: Response, _ scope: RequestScope) async {
        if let sink = state.pointee.begun.take() { return await goOn(sink, response) }
        guard let error = await streamBody(response) else { return }
        guard state.pointee.phase == .handling else { return }
        guard let answer = await worker.responder.respond(to: error, insteadOf: response, in: scope) else {
            _ = answerFailure(error)
            return
        }
        // That answer may be a stream, too; when it fails as well it is a plain 500.
        if !self.answer(answer), let error = await streamBody(answer) { _ = answerFailure(error) }
    }

    /// Streams a body; returns why it failed, if nothing of it was sent and the connection stands.
    private func streamBody(_ response: Response) async -> (any Error)? {
        guard state.pointee.phase == .handling else {
            response.discard(ConnectionError.clientLeft)
            return nil
        }
        let framing = responseFraming(response, length: response.bodyLength ?? response.declaredLength)
        if framing.body.isNone {
            // HEAD and the statuses without content: the body is not drained, its source is told.
            response.discard(ConnectionError.requestEnded)
            return writeHead(response, framing) ? nil : Self.invalidField
        }
        do {
            let source = try response.sourceForSending()
            if case .sequence(let sequence) = source, let producer = sequence.producer {
                return await produce(producer, response, framing)
            }
            return await pull(try ResponseChunks(source), response, framing)
        } catch {
            return error
        }
    }

    // MARK: - Answers that have begun

    /// Begins an answer whose handler runs still; nil for one that has begun or may not be sent, or for a client that has
    /// left.
    func open(_ head: Response) -> ConnectionSink? {
        guard state.pointee.phase == .handling, !state.pointee.hasAnswered, state.pointee.begun == nil,
            head.failure == nil
        else { return nil }
        state.pointee.sentContent = 0
        let sink = ConnectionSink(self, head, responseFraming(head, length: head.declaredLength))
        state.pointee.begun = sink
        return sink
    }

    /// Sends the rest of an answer that its handler has begun, then ends it.
    private func goOn(_ sink: ConnectionSink, _ rest: Response) async {
        do {
            let chunks = try ResponseChunks(rest.sourceForSending())
            while let chunk = try await chunks.next() {
                if try !chunk.withUnsafeBufferPointer(sink.put) { try await sink.ready() }
            }
            try sink.finish()
        } catch {
            sink.close()
            guard state.pointee.phase == .handling else { return }
            if sink.hasBegun { cut(error) } else { _ = answerFailure(error) }
        }
    }

    // MARK: - Bodies that write themselves

    private func produce(
        _ producer: any BodyProducer, _ response: Response, _ framing: ResponseFraming
    ) async -> (any Error)? {
        let sink = ConnectionSink(self, response, framing)
        do {
            try await producer.produce(into: sink)
            try sink.finish()
            return nil
        } catch {
            sink.close()
            guard state.pointee.phase == .handling else { return nil }
            guard sink.hasBegun else { return error }
            cut(error)
            return nil
        }
    }

    // MARK: - Bodies that are read

    private func pull(
        _ chunks: ResponseChunks, _ response: Response, _ framing: ResponseFraming
    ) async -> (any Error)? {
        var next: [UInt8]?
        do {
            next = try await chunks.next()
        } catch {
            return error
        }
        guard state.pointee.phase == .handling else {
            await chunks.cancel(ConnectionError.clientLeft)
            return nil
        }
        prepareHead()
        guard writeHead(response, framing) else {
            await chunks.cancel(Self.invalidField)
            return Self.invalidField
        }
        await send(chunks, from: next, framing)
        return nil
    }

    private func send(_ chunks: ResponseChunks, from first: [UInt8]?, _ framing: ResponseFraming) async {
        var next = first
        var remaining: Int? = if case .length(let count) = framing.body { count } else { nil }
        // Once is enough: what it can't send is read.
        var file = chunks.file
        var sentAtOnce = 0
        do {
            while let chunk = next {
                try sendPart(chunk, framing, remaining: &remaining)
                // A body that never waits, for a client that takes all of it at once, would keep the loop for itself.
                sentAtOnce += chunk.count
                if sentAtOnce >= 256 * 1024 {
                    sentAtOnce = 0
                    await Task.yield()
                }
                flushLateParts()
                // The next chunk is asked for when the socket has taken what is there.
                if !isTakingOutput, await !waitUntilDrained() {
                    return await chunks.cancel(ConnectionError.clientLeft)
                }
                if let whole = file.take(), let left = remaining {
                    remaining = left - (try await transfer(whole))
                    guard state.pointee.phase == .handling else { return }
                }
                next = try await chunks.next()
            }
        } catch {
            await cut(chunks, error)
            return
        }
        guard state.pointee.phase == .handling else { return await chunks.cancel(ConnectionError.clientLeft) }
        if framing.body.isChunked {
            send { ResponseWriter.lastChunk(into: &$0) }
        } else if let remaining, remaining > 0 {
            await cut(chunks, TypeError("The body ended \(remaining) bytes before its Content-Length"))
        }
    }

    private func sendPart(_ chunk: [UInt8], _ framing: ResponseFraming, remaining: inout Int?) throws {
        guard !chunk.isEmpty else { return }
        if let left = remaining {
            guard chunk.count <= left else { throw TypeError("The body is longer than its Content-Length") }
            remaining = left - chunk.count
        }
        writePart(chunk, isChunk: framing.body.isChunked)
    }

    /// Ends the connection in the middle of an answer, then tells the source: its own code may take its time to hear.
    private func cut(_ chunks: ResponseChunks, _ error: any Error) async {
        if state.pointee.phase == .handling { cut(error) }
        await chunks.cancel(error)
    }

    /// Ends the connection in the middle of an answer.
    private func cut(_ error: any Error) {
        if !(error is CancellationError) { worker.warn("A response's body failed: \(error)") }
        flush()
        abort(error)
    }
}
