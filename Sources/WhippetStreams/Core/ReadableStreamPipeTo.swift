// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A pipe under way: [ReadableStreamPipeTo](https://streams.spec.whatwg.org/#readable-stream-pipe-to).
///
/// It is its own read request, because it reads one chunk at a time.
class CorePipe<Chunk>: CoreReadRequest<Chunk> {
    struct Options {
        var preventClose = false
        var preventAbort = false
        var preventCancel = false
    }

    let jobs: JobQueue
    let source: CoreReadableStream<Chunk>
    let destination: CoreWritableStream<Chunk>
    let options: Options
    let reader: CoreReadableStreamDefaultReader<Chunk>
    let writer: CoreWritableStreamDefaultWriter<Chunk>
    /// The promise that the operation returns.
    let promise: CorePromise
    private let writeRequest = PipeWriteRequest<Chunk>()
    private var shuttingDown = false
    /// How many chunks have been read and not been written.
    private var unwrittenCount = 0
    private var whenWritten: (() -> Void)?

    /// Locks both ends.
    ///
    /// - Throws: `TypeError` when one of them is locked.
    init(
        _ source: CoreReadableStream<Chunk>, _ destination: CoreWritableStream<Chunk>, _ options: Options
    ) throws(TypeError) {
        if isReadableStreamLocked(source) { throw TypeError("ReadableStream.pipeTo: the stream is locked to a reader") }
        if isWritableStreamLocked(destination) {
            throw TypeError("ReadableStream.pipeTo: the destination is locked to a writer")
        }
        self.jobs = source.jobs
        self.source = source
        self.destination = destination
        self.options = options
        // 9–10. Let reader and writer be ! Acquire….
        reader = try acquireReadableStreamDefaultReader(source)
        writer = try acquireWritableStreamDefaultWriter(destination)
        // 11. Set source.[[disturbed]] to true.
        source.disturbed = true
        // 13. Let promise be a new promise.
        promise = source.jobs.promise()
        super.init()
        writeRequest.pipe = self
    }

    /// Writes a chunk that was read; the driver may have to ask for its size first.
    @_specialize(where Chunk == [UInt8])
    func write(_ chunk: Chunk) {
        write(chunk, size: 1)
    }

    /// Writes a chunk of a size that the driver has asked for.
    final func write(_ chunk: Chunk, size: Double) {
        writableStreamDefaultWriterWrite(writer, chunk, size: size, writeRequest)
        step()
    }

    /// Writes a chunk, and asks for its size in the midst of it.
    final func write(_ chunk: Chunk, measuredBy strategySizeAlgorithm: (Chunk) throws -> Double) {
        writableStreamDefaultWriterWrite(writer, chunk, measuredBy: strategySizeAlgorithm, writeRequest)
        step()
    }

    /// Performs step 15: reads all chunks and writes them, under the conditions of the standard.
    func begin() {
        // Errors must be propagated forward.
        reader.closedPromise.react(rejected: { self.sourceErrored($0) })
        // Errors must be propagated backward.
        writer.closedPromise.react(rejected: { self.destinationErrored($0) })
        // Closing must be propagated forward.
        reader.closedPromise.react(fulfilled: { self.sourceClosed() })
        // What holds from the start is seen at once, in the standard's order.
        if source.state == .errored { sourceErrored(source.reportedError) }
        if destination.state == .errored { destinationErrored(destination.reportedError) }
        if source.state == .closed { sourceClosed() }
        // Closing must be propagated backward.
        if writableStreamCloseQueuedOrInFlight(destination) || destination.state == .closed {
            let closed = jobs.typeError("The destination closed before all chunks could be piped to it.")
            if options.preventCancel {
                shutdown(closed)
            } else {
                shutdownWithAction(closed) { readableStreamCancel($0.source, closed) }
            }
        }
        step()
    }

    /// Performs step 14.1, the abort algorithm.
    func abort(_ error: any Error) {
        shutdownWithAction(error) { pipe in
            // 14.1.2–4. Abort the destination and cancel the source, unless that is prevented.
            var actions: [CorePromise] = []
            if !pipe.options.preventAbort, pipe.destination.state == .writable {
                actions.append(writableStreamAbort(pipe.destination, error))
            }
            if !pipe.options.preventCancel, pipe.source.state == .readable {
                actions.append(readableStreamCancel(pipe.source, error))
            }
            // 14.1.5. Shut down with the action of waiting for all of them.
            return .all(pipe.jobs, actions)
        }
    }

    // MARK: - Reading and writing

    /// Waits until the destination wants a chunk, and reads one.
    private func step() {
        guard !shuttingDown else { return }
        writer.readyPromise.react(fulfilled: {
            guard !self.shuttingDown else { return }
            readableStreamDefaultReaderRead(self.reader, self)
        })
    }

    @_specialize(where Chunk == [UInt8])
    final override func chunkSteps(_ chunk: Chunk) {
        unwrittenCount += 1
        write(chunk)
    }

    fileprivate func chunkWritten() {
        unwrittenCount -= 1
        guard unwrittenCount == 0, let whenWritten else { return }
        self.whenWritten = nil
        afterPromises(whenWritten)
    }

    /// Runs the rest as late as the reaction to the end of a wait for settled promises runs.
    private func afterPromises(_ rest: @escaping () -> Void) {
        CorePromise.resolved(jobs).transformed().react(fulfilled: rest)
    }

    // MARK: - Shutting down

    private func sourceErrored(_ error: any Error) {
        if options.preventAbort {
            shutdown(error)
        } else {
            shutdownWithAction(error) { writableStreamAbort($0.destination, error) }
        }
    }

    private func destinationErrored(_ error: any Error) {
        if options.preventCancel {
            shutdown(error)
        } else {
            shutdownWithAction(error) { readableStreamCancel($0.source, error) }
        }
    }

    private func sourceClosed() {
        if options.preventClose {
            shutdown(nil)
        } else {
            shutdownWithAction(nil) { writableStreamDefaultWriterCloseWithErrorPropagation($0.destination) }
        }
    }

    /// Shuts down with an action: the steps of that name.
    private func shutdownWithAction(_ error: (any Error)?, _ action: @escaping (CorePipe) -> CorePromise) {
        whenWritesAreDone {
            // 4–6. Let p be the result of performing action; finalize upon its end.
            action(self).react(
                fulfilled: { self.finalize(error) },
                rejected: { self.finalize($0) })
        }
    }

    /// Shuts down: the steps of that name.
    private func shutdown(_ error: (any Error)?) {
        whenWritesAreDone { self.finalize(error) }
    }

    private func whenWritesAreDone(_ rest: @escaping () -> Void) {
        // 1–2. If shuttingDown is true, abort these steps; set it to true.
        guard !shuttingDown else { return }
        shuttingDown = true
        // 3. If the destination is writable and not closing, wait until every chunk that was read has been written: for
        // promises, and so for jobs even if there are none.
        if destination.state != .writable || writableStreamCloseQueuedOrInFlight(destination) {
            rest()
        } else if unwrittenCount > 0 {
            whenWritten = rest
        } else {
            afterPromises(rest)
        }
    }

    /// Finalizes: the steps of that name.
    private func finalize(_ error: (any Error)?) {
        // 1–3. Release writer and reader.
        writableStreamDefaultWriterRelease(writer)
        readableStreamDefaultReaderRelease(reader)
        writeRequest.pipe = nil
        finalized()
        // 5–6. Settle promise.
        if let error { promise.reject(error) } else { promise.resolve() }
    }

    /// Hears that the pipe has let go of both ends.
    func finalized() {}
}

/// The write request of all chunks of a pipe.
private final class PipeWriteRequest<Chunk>: CoreWriteRequest {
    var pipe: CorePipe<Chunk>?

    override func fulfilledSteps() {
        pipe?.chunkWritten()
    }

    override func rejectedSteps(_ reason: any Error) {
        pipe?.chunkWritten()
    }
}
