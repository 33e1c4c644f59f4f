// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

/// A body that leaves while its handlers run.
final class WrittenBody {
    /// Where it goes, once the head is out.
    var sink: (any BodySink)?
    /// What was written and could not be sent yet; nil for nothing at all.
    var waiting: [UInt8]?
    /// Whether the client has yet to take what was written.
    var needsDrain = false
    /// What cuts the answer.
    var failure: (any Error)?
}

// Node's side of the response: a body in parts, as they come.
extension ExpressResponse {
    /// Whether the head is out though the answer has not ended.
    var hasBegun: Bool { output?.sink != nil }

    /// What cuts an answer that has begun; nil for one that ends well.
    var cutReason: (any Error)? { output?.failure }

    /// Has an answer that has begun cut.
    func cut(_ error: any Error) {
        if output?.failure == nil { output?.failure = error }
    }

    /// Whether the answer has ended.
    public var writableEnded: Bool { isEnded }

    /// Whether the client has yet to take what was written: `drain()` waits for it.
    public var writableNeedDrain: Bool { output?.needsDrain ?? false }

    /// Writes text, which leaves for the client while the handler goes on; the head leaves with the first of it.
    @discardableResult
    public func write(_ text: String) -> ExpressResponse { write(Array(text.utf8)) }

    /// Writes bytes, which leave for the client while the handler goes on; the head leaves with the first of them.
    ///
    /// ```swift
    /// let app = express()
    /// app.get("/count") { req, res in
    ///     for number in [3, 2, 1] {
    ///         res.write("\(number)\n")
    ///         try await Task.sleep(for: .seconds(1))
    ///     }
    ///     res.end("Go!\n")
    /// }
    /// ```
    /// An error after it cuts the connection, and when the client leaves the handler's task is cancelled.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> ExpressResponse {
        guard isWritable() else { return self }
        guard let sink = begin() else {
            output?.waiting = (output?.waiting ?? []) + bytes
            return self
        }
        put { try bytes.withUnsafeBufferPointer(sink.put) }
        return self
    }

    /// Writes what a sequence brings, to its end and at the client's pace, as `stream.pipe(res)` does.
    ///
    /// - Throws: What the sequence throws; `CancellationError` when the client has left.
    public func write<Chunks: AsyncSequence>(contentsOf chunks: Chunks) async throws where Chunks.Element == [UInt8] {
        for try await chunk in chunks {
            write(chunk)
            if writableNeedDrain { try await drain() }
        }
    }

    /// Waits until the client has taken what was written, as the event `drain` tells in Node.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func drain() async throws {
        guard let output, let sink = output.sink else { return }
        try await sink.ready()
        output.needsDrain = false
    }

    /// Sends the head, before there is anything of the body.
    public func flushHeaders() {
        guard isWritable(), let sink = begin() else { return }
        put {
            try sink.flush()
            return true
        }
    }

    // MARK: - Algorithm

    /// Ends the answer; one that has not begun goes out whole, with its length.
    func finish(writing bytes: [UInt8]) -> ExpressResponse {
        guard isWritable() else { return self }
        if let sink = output?.sink {
            if !bytes.isEmpty { put { try bytes.withUnsafeBufferPointer(sink.put) } }
        } else if !bytes.isEmpty || output?.waiting != nil {
            content = .bytes((output?.waiting ?? []) + bytes)
        }
        isEnded = true
        return self
    }

    /// Where the body goes; nil where it is gathered, for want of somebody to take it.
    private func begin() -> (any BodySink)? {
        let output = output ?? WrittenBody()
        self.output = output
        if let sink = output.sink { return sink }
        content = .none
        var head = makeResponse()
        let scope = RequestScope.current
        if let scope, scope.hasStagedCookies { head.add(scope.stagedCookies) }
        guard head.problem == nil, let sink = (opener ?? scope?.opener)?.open(head) else { return nil }
        scope?.dropCookies()
        output.sink = sink
        if let waiting = output.waiting {
            output.waiting = nil
            put { try waiting.withUnsafeBufferPointer(sink.put) }
        }
        return sink
    }

    private func put(_ work: () throws -> Bool) {
        do {
            output?.needsDrain = !(try work())
        } catch {
            // A client that has left is no failure: the handler is cancelled.
            if !(error is CancellationError) { cut(error) }
        }
    }
}
