// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The state of a [byte stream controller](https://streams.spec.whatwg.org/#rbs-controller-class).
final class CoreReadableByteStreamController<Memory: CoreByteMemory>: CoreReadableStreamController<Memory.Chunk> {
    /// A [readable byte stream queue entry](https://streams.spec.whatwg.org/#readable-byte-stream-queue-entry).
    struct Entry {
        var buffer: Memory.Buffer
        var byteOffset: Int
        var byteLength: Int
    }

    typealias Descriptor = CorePullIntoDescriptor<Memory.Buffer>

    unowned let stream: CoreReadableStream<Memory.Chunk>
    let jobs: JobQueue
    let memory: Memory
    var source: CoreUnderlyingSource<Memory.Chunk>?
    let strategyHighWaterMark: Double
    let autoAllocateChunkSize: Int?
    var queue = RingBuffer<Entry>()
    var queueTotalSize = 0
    var started = false
    var closeRequested = false
    var pulling = false
    var pullAgain = false
    var byobRequest: CoreReadableStreamBYOBRequest<Memory>?
    var pendingPullIntos = RingBuffer<Descriptor>()
    /// The stream's reader, if it is a BYOB reader.
    var byobReader: CoreReadableStreamBYOBReader<Memory>?

    /// Implements the first steps of
    /// [SetUpReadableByteStreamController](https://streams.spec.whatwg.org/#set-up-readable-byte-stream-controller);
    /// the driver performs the start algorithm and then `startFulfilled` or `…Error`.
    init(
        _ stream: CoreReadableStream<Memory.Chunk>, _ memory: Memory, _ source: CoreUnderlyingSource<Memory.Chunk>,
        highWaterMark: Double, autoAllocateChunkSize: Int? = nil
    ) {
        // 1–12. Assert: stream has no controller. Set the controller's slots.
        assert(stream.controller == nil)
        assert((autoAllocateChunkSize ?? 1) > 0)
        self.stream = stream
        self.jobs = stream.jobs
        self.memory = memory
        self.source = source
        self.strategyHighWaterMark = highWaterMark
        self.autoAllocateChunkSize = autoAllocateChunkSize
        super.init()
        // 13. Set stream.[[controller]] to controller.
        stream.controller = self
    }

    /// The steps upon fulfillment of the start promise: SetUpReadableByteStreamController 16.
    func startFulfilled() {
        // 16.1–16.3. Set controller.[[started]] to true; assert that it neither pulls nor wants to pull again.
        started = true
        assert(!pulling && !pullAgain)
        // 16.4. Perform ! ReadableByteStreamControllerCallPullIfNeeded(controller).
        readableByteStreamControllerCallPullIfNeeded(self)
    }

    /// The steps upon fulfillment of the pull promise: ReadableByteStreamControllerCallPullIfNeeded 7.
    override func pullFulfilled() {
        assert(jobs.isHeld)
        // 7.1. Set controller.[[pulling]] to false.
        pulling = false
        // 7.2. If controller.[[pullAgain]] is true, set it to false and call pull if needed.
        if pullAgain {
            pullAgain = false
            readableByteStreamControllerCallPullIfNeeded(self)
        }
    }

    /// The steps upon rejection of the pull promise: ReadableByteStreamControllerCallPullIfNeeded 8.
    override func pullRejected(_ reason: any Error) {
        readableByteStreamControllerError(self, reason)
    }

    /// Implements [[[CancelSteps]]](https://streams.spec.whatwg.org/#rbs-controller-private-cancel).
    override func cancelSteps(_ reason: (any Error)?) -> CorePromise {
        // 1. Perform ! ReadableByteStreamControllerClearPendingPullIntos(this).
        readableByteStreamControllerClearPendingPullIntos(self)
        // 2. Perform ! ResetQueue(this).
        resetQueue()
        // 3. Let result be the result of performing this.[[cancelAlgorithm]], passing in reason.
        let result = source?.cancel(reason, jobs) ?? .resolved(jobs)
        // 4. Perform ! ReadableByteStreamControllerClearAlgorithms(this).
        readableByteStreamControllerClearAlgorithms(self)
        assertInvariants()
        // 5. Return result.
        return result
    }

    /// Implements [[[PullSteps]]](https://streams.spec.whatwg.org/#rbs-controller-private-pull).
    override func pullSteps(_ readRequest: CoreReadRequest<Memory.Chunk>) {
        // 1–2. Assert: the stream has a default reader.
        assert(stream.defaultReader != nil)
        // 3. If this.[[queueTotalSize]] > 0, fill the request from the queue.
        if case .chunk(let chunk) = pullNow() { return readRequest.chunkSteps(chunk) }
        // 4–5. If this.[[autoAllocateChunkSize]] is not undefined, make a buffer for the source to fill.
        if let autoAllocateChunkSize {
            do {
                let view = CoreByteView(
                    buffer: try memory.allocate(autoAllocateChunkSize), bufferByteLength: autoAllocateChunkSize,
                    byteOffset: 0, byteLength: autoAllocateChunkSize)
                pendingPullIntos.append(Descriptor(view, minimumFill: 1, readerType: .default))
            } catch {
                return readRequest.errorSteps(error)
            }
        }
        // 6. Perform ! ReadableStreamAddReadRequest(stream, readRequest).
        readableStreamAddReadRequest(stream, readRequest)
        // 7. Perform ! ReadableByteStreamControllerCallPullIfNeeded(this).
        readableByteStreamControllerCallPullIfNeeded(self)
        assertInvariants()
    }

    /// Implements ReadableByteStreamControllerFillReadRequestFromQueue but for giving the chunk to a request.
    override func pullNow() -> CoreReadResult<Memory.Chunk> {
        // 1. Assert: controller.[[queueTotalSize]] > 0.
        guard queueTotalSize > 0, let entry = queue.popFirst() else { return .pending }
        // 2–4. Remove the first entry from the queue.
        queueTotalSize -= entry.byteLength
        // 5. Perform ! ReadableByteStreamControllerHandleQueueDrain(controller).
        readableByteStreamControllerHandleQueueDrain(self)
        // 6. Let view be ! Construct(%Uint8Array%, « entry's buffer, byte offset, byte length »).
        return .chunk(
            memory.makeChunk(entry.buffer, byteOffset: entry.byteOffset, byteLength: entry.byteLength))
    }

    /// Implements [[[ReleaseSteps]]](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamcontroller-releasesteps).
    override func releaseSteps() {
        byobReader = nil
        // 1. If this.[[pendingPullIntos]] is not empty, keep the first of them alone, for no reader.
        guard let first = pendingPullIntos.popFirst() else { return }
        first.readerType = .none
        while pendingPullIntos.popFirst() != nil {}
        pendingPullIntos.append(first)
    }

    override func tee(
        owner: AnyObject?
    ) throws(TypeError) -> (CoreReadableStream<Memory.Chunk>, CoreReadableStream<Memory.Chunk>)? {
        try readableByteStreamTee(self, owner: owner)
    }

    /// Takes the buffer back that was made for a read request which is withdrawn.
    override func readRequestWithdrawn() {
        guard autoAllocateChunkSize != nil else { return }
        withdrawPullInto(pendingPullIntos.count - 1)
    }

    /// Takes back the request for a view, so that the bytes which come for it stay in the stream.
    func withdraw(_ request: CoreReadIntoRequest<Memory>) -> Bool {
        guard let byobReader, let index = byobReader.readIntoRequests.firstIndex(where: { $0 === request }) else {
            return false
        }
        _ = byobReader.readIntoRequests.remove { $0 === request }
        // A descriptor without a reader may stand before those of the requests.
        withdrawPullInto(index + pendingPullIntos.count - byobReader.readIntoRequests.count - 1)
        return true
    }

    /// Takes back a descriptor; one that the source knows of goes on without a reader.
    private func withdrawPullInto(_ index: Int) {
        guard index >= 0, index < pendingPullIntos.count else { return }
        let descriptor = pendingPullIntos[index]
        if index == 0, byobRequest != nil || descriptor.buffer == nil {
            descriptor.readerType = .none
        } else {
            _ = pendingPullIntos.remove { $0 === descriptor }
            if descriptor.bytesFilled > 0, let buffer = descriptor.takeBuffer() {
                // What it had got came from the queue, which is empty since.
                readableByteStreamControllerEnqueueChunkToQueue(
                    self, buffer, byteOffset: descriptor.byteOffset, byteLength: descriptor.bytesFilled)
                for filled in readableByteStreamControllerProcessPullIntoDescriptorsUsingQueue(self) {
                    readableByteStreamControllerCommitPullIntoDescriptor(self, filled)
                }
            }
        }
        assertInvariants()
    }

    /// Implements [ResetQueue](https://streams.spec.whatwg.org/#reset-queue); the chunks die where user code may run.
    func resetQueue() {
        queueTotalSize = 0
        guard !queue.isEmpty else { return }
        jobs.release(queue)
        queue = RingBuffer()
    }

    /// Checks, in debug builds, what holds whenever no operation is under way.
    func assertInvariants() {
        guard !jobs.isReentrant else { return }
        assert(queueTotalSize >= 0 && (queueTotalSize == 0) == queue.isEmpty)
        assert(pulling || !pullAgain, "it wants to pull again and does not pull")
        assert(
            queue.isEmpty || readableStreamGetNumReadRequests(stream) == 0, "a read waits beside a chunk")
        assert(
            queue.isEmpty || pendingPullIntos.isEmpty || pendingPullIntos[0].readerType == .none,
            "a buffer waits beside a chunk")
        let withoutReader = pendingPullIntos.isEmpty || pendingPullIntos[0].readerType != .none ? 0 : 1
        if let byobReader, stream.state == .readable {
            assert(
                pendingPullIntos.count == byobReader.readIntoRequests.count + withoutReader,
                "there is not one buffer for each read")
        }
        if stream.state != .readable {
            assert(queue.isEmpty && source == nil, "an ended stream holds chunks or algorithms")
            assert(readableStreamGetNumReadRequests(stream) == 0, "a read waits for an ended stream")
        }
    }
}
