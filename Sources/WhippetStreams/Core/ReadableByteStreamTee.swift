// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What the two branches of a [byte tee](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamtee) share.
///
/// It reads with a reader of the kind that the branch wants which asks.
final class CoreByteTee<Memory: CoreByteMemory> {
    typealias Controller = CoreReadableByteStreamController<Memory>

    /// One of the two branches.
    final class Branch {
        let stream: CoreReadableStream<Memory.Chunk>
        unowned var controller: Controller?
        var canceled = false
        var reason: (any Error)?
        var readAgain = false

        init(_ jobs: JobQueue) {
            stream = CoreReadableStream(jobs)
        }
    }

    let stream: CoreReadableStream<Memory.Chunk>
    let controller: Controller
    /// What keeps the source stream alive on the driver's side for as long as a branch needs it.
    let owner: AnyObject?
    let branch1: Branch
    let branch2: Branch
    let cancelPromise: CorePromise
    private var reader: CoreReadableStreamReader<Memory.Chunk>
    private var reading = false
    private var hasWarned = false

    init(_ controller: Controller, owner: AnyObject?) throws(TypeError) {
        self.stream = controller.stream
        self.controller = controller
        self.owner = owner
        // 3. Let reader be ? AcquireReadableStreamDefaultReader(stream).
        reader = try acquireReadableStreamDefaultReader(controller.stream)
        branch1 = Branch(controller.jobs)
        branch2 = Branch(controller.jobs)
        // 13. Let cancelPromise be a new promise.
        cancelPromise = controller.jobs.promise()
    }

    /// The steps of forwardReaderError, given the reader.
    func forwardReaderError() {
        reader.closedPromise.react(rejected: { [thisReader = reader] reason in
            // 14.1.1. If thisReader is not reader, return.
            guard thisReader === self.reader else { return }
            // 14.1.2–3. Error both branches.
            self.error(reason)
            // 14.1.4. If a branch is not canceled, resolve cancelPromise with undefined.
            if !self.branch1.canceled || !self.branch2.canceled { self.cancelPromise.resolve() }
        })
    }

    /// The steps of pull1Algorithm and pull2Algorithm; the promise that they return is resolved already.
    func pullAlgorithm(_ branch: Branch) {
        // 17–18.1. If reading is true, set readAgainForBranch to true and return.
        if reading {
            branch.readAgain = true
            return
        }
        // 17–18.2. Set reading to true.
        reading = true
        // 17–18.3–5. Read with the kind of reader that the branch's request asks for.
        if let controller = branch.controller, let first = controller.pendingPullIntos.first,
            let view = readableByteStreamControllerGetBYOBRequest(controller)?.view
        {
            pullWithBYOBReader(controller.memory.lendRequestView(view, first), branch)
        } else {
            pullWithDefaultReader()
        }
    }

    /// The steps of cancel1Algorithm and cancel2Algorithm.
    func cancelAlgorithm(_ branch: Branch, _ reason: (any Error)?) -> CorePromise {
        // 19–20.1–2. Set canceled and reason of the branch.
        branch.canceled = true
        branch.reason = reason
        // 19–20.3. If the other branch is canceled too, cancel the source with both reasons.
        if branch1.canceled, branch2.canceled {
            let composite = stream.jobs.compositeReason(branch1.reason, branch2.reason)
            cancelPromise.resolve(with: readableStreamCancel(stream, composite))
        }
        // 19–20.4. Return cancelPromise.
        return cancelPromise
    }

    // MARK: - Reading

    private func pullWithDefaultReader() {
        // 15.1. If reader is a BYOB reader, acquire a default reader in its place.
        if let byobReader = reader as? CoreReadableStreamBYOBReader<Memory> {
            assert(byobReader.readIntoRequests.isEmpty)
            readableStreamBYOBReaderRelease(byobReader)
        }
        if !(reader is CoreReadableStreamDefaultReader<Memory.Chunk>) {
            guard let acquired = try? acquireReadableStreamDefaultReader(stream) else { return }
            reader = acquired
            forwardReaderError()
        }
        // 15.2–3. Perform ! ReadableStreamDefaultReaderRead(reader, readRequest).
        guard let reader = reader as? CoreReadableStreamDefaultReader<Memory.Chunk> else { return }
        readableStreamDefaultReaderRead(reader, TeeReadRequest(self))
    }

    private func pullWithBYOBReader(_ view: consuming Memory.View, _ branch: Branch) {
        // 16.1. If reader is a default reader, acquire a BYOB reader in its place.
        if let defaultReader = reader as? CoreReadableStreamDefaultReader<Memory.Chunk> {
            assert(defaultReader.readRequests.isEmpty)
            readableStreamDefaultReaderRelease(defaultReader)
            guard let acquired = try? acquireReadableStreamBYOBReader(controller) else { return }
            reader = acquired
            forwardReaderError()
        }
        // 16.2–5. Perform ! ReadableStreamBYOBReaderRead(reader, view, 1, readIntoRequest).
        guard let reader = reader as? CoreReadableStreamBYOBReader<Memory> else { return }
        readableStreamBYOBReaderRead(reader, view, min: 1, TeeReadIntoRequest(self, branch))
    }

    /// The job of the default reader's chunk steps: 15.2.
    fileprivate func enqueue(_ chunk: consuming Memory.Chunk) {
        // 1–2. Set readAgainForBranch1 and readAgainForBranch2 to false.
        branch1.readAgain = false
        branch2.readAgain = false
        let view = controller.memory.describe(chunk: chunk)
        // 4. If neither branch is canceled, clone the chunk for the second.
        if !branch1.canceled, !branch2.canceled {
            guard let clone = clone(view) else { return }
            enqueue(view, branch1)
            enqueue(clone, branch2)
        } else {
            // 5–6. Otherwise, enqueue it to the branch that is not canceled.
            if !branch1.canceled { enqueue(view, branch1) }
            if !branch2.canceled { enqueue(view, branch2) }
        }
        finishReading()
    }

    /// The job of the BYOB reader's chunk steps: 16.4.
    fileprivate func respond(_ view: consuming Memory.View, _ byobBranch: Branch) {
        // 1–2. Set readAgainForBranch1 and readAgainForBranch2 to false.
        branch1.readAgain = false
        branch2.readAgain = false
        let otherBranch = other(byobBranch)
        let view = controller.memory.describe(view: view)
        if !otherBranch.canceled {
            // 5. If the other branch is not canceled, it gets a clone.
            guard let clone = clone(view) else { return }
            if !byobBranch.canceled { respond(view, byobBranch) }
            enqueue(clone, otherBranch)
        } else if !byobBranch.canceled {
            // 6. Otherwise, if the branch is not canceled, it gets its view back.
            respond(view, byobBranch)
        }
        finishReading()
    }

    /// The close steps of both kinds of request: the view that a BYOB branch lent, if it comes back.
    fileprivate func close(_ view: consuming Memory.View?, _ byobBranch: Branch?) {
        // Set reading to false.
        reading = false
        // Close each branch that is not canceled.
        let first = byobBranch ?? branch1
        for branch in [first, other(first)] where !branch.canceled {
            if let controller = branch.controller { try? readableByteStreamControllerClose(controller) }
        }
        // Respond to what the branches wait for.
        if let byobBranch {
            if let view {
                if !byobBranch.canceled { respond(controller.memory.describe(view: view), byobBranch) }
                let other = other(byobBranch)
                if !other.canceled { respondWithNothing(other) }
            }
        } else {
            respondWithNothing(branch1)
            respondWithNothing(branch2)
        }
        // If a branch is not canceled, resolve cancelPromise with undefined.
        if !branch1.canceled || !branch2.canceled { cancelPromise.resolve() }
    }

    /// The error steps of both kinds of request.
    fileprivate func stopReading() {
        reading = false
    }

    private func finishReading() {
        // Set reading to false.
        reading = false
        // If a branch has asked meanwhile, perform its pullAlgorithm.
        if branch1.readAgain {
            pullAlgorithm(branch1)
        } else if branch2.readAgain {
            pullAlgorithm(branch2)
        }
    }

    // MARK: - The branches

    private func other(_ branch: Branch) -> Branch {
        branch === branch1 ? branch2 : branch1
    }

    private func enqueue(_ view: consuming CoreByteView<Memory.Buffer>, _ branch: Branch) {
        guard let controller = branch.controller else { return }
        do {
            try readableByteStreamControllerEnqueue(controller, view)
            warnOfSlowBranch(controller)
        } catch {
            // The standard has it that this can't fail.
            readableByteStreamControllerError(controller, error)
        }
    }

    /// Warns, once, of a branch that nobody reads while the other one goes on.
    private func warnOfSlowBranch(_ branch: Controller) {
        let isSlow =
            branch.queueTotalSize >= StreamWarnings.teeByteCount || branch.queue.count >= StreamWarnings.teeChunkCount
        guard isSlow, !hasWarned else { return }
        hasWarned = true
        stream.jobs.warn(
            "ReadableStream.tee: a branch has \(branch.queueTotalSize) bytes in \(branch.queue.count) chunks waiting; "
                + "read both branches, or cancel one")
    }

    private func respond(_ view: consuming CoreByteView<Memory.Buffer>, _ branch: Branch) {
        guard let controller = branch.controller, !controller.pendingPullIntos.isEmpty else { return }
        do {
            try readableByteStreamControllerRespondWithNewView(controller, view)
        } catch {
            // The standard has it that this can't fail.
            readableByteStreamControllerError(controller, error)
        }
    }

    private func respondWithNothing(_ branch: Branch) {
        guard let controller = branch.controller, !controller.pendingPullIntos.isEmpty else { return }
        try? readableByteStreamControllerRespond(controller, 0)
    }

    /// Implements [CloneAsUint8Array](https://streams.spec.whatwg.org/#abstract-opdef-cloneasuint8array); an error goes to
    /// both branches and cancels the source.
    private func clone(_ view: borrowing CoreByteView<Memory.Buffer>) -> CoreByteView<Memory.Buffer>? {
        do {
            let buffer = try controller.memory.clone(
                view.buffer, byteOffset: view.byteOffset, byteLength: view.byteLength)
            return CoreByteView(
                buffer: buffer, bufferByteLength: view.byteLength, byteOffset: 0, byteLength: view.byteLength)
        } catch {
            self.error(error)
            cancelPromise.resolve(with: readableStreamCancel(stream, error))
            return nil
        }
    }

    private func error(_ reason: any Error) {
        if let controller = branch1.controller { readableByteStreamControllerError(controller, reason) }
        if let controller = branch2.controller { readableByteStreamControllerError(controller, reason) }
    }
}

/// Implements [ReadableByteStreamTee](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamtee).
func readableByteStreamTee<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, owner: AnyObject?
) throws(TypeError) -> (CoreReadableStream<Memory.Chunk>, CoreReadableStream<Memory.Chunk>) {
    // 3–20. Make the shared state with its algorithms.
    let tee = try CoreByteTee(controller, owner: owner)
    // 21–23. Set branch1 and branch2 to ! CreateReadableByteStream(startAlgorithm, pullAlgorithm, cancelAlgorithm).
    for branch in [tee.branch1, tee.branch2] {
        let branchController = CoreReadableByteStreamController(
            branch.stream, controller.memory, TeeSource(tee, branch), highWaterMark: 0)
        branch.controller = branchController
        controller.jobs.enqueue { branchController.startFulfilled() }
    }
    // 24. Perform forwardReaderError, given reader.
    tee.forwardReaderError()
    // 25. Return « branch1, branch2 ».
    return (tee.branch1.stream, tee.branch2.stream)
}

/// The algorithms of one branch.
private final class TeeSource<Memory: CoreByteMemory>: CoreUnderlyingSource<Memory.Chunk> {
    private let tee: CoreByteTee<Memory>
    private let branch: CoreByteTee<Memory>.Branch

    init(_ tee: CoreByteTee<Memory>, _ branch: CoreByteTee<Memory>.Branch) {
        self.tee = tee
        self.branch = branch
    }

    override var hasPull: Bool { true }

    override func pull(_ controller: CoreReadableStreamController<Memory.Chunk>) {
        tee.pullAlgorithm(branch)
        tee.stream.jobs.enqueue { controller.pullFulfilled() }
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        tee.cancelAlgorithm(branch, reason)
    }
}

/// The read request of pullWithDefaultReader.
private final class TeeReadRequest<Memory: CoreByteMemory>: CoreReadRequest<Memory.Chunk> {
    private let tee: CoreByteTee<Memory>

    init(_ tee: CoreByteTee<Memory>) {
        self.tee = tee
    }

    override func chunkSteps(_ chunk: Memory.Chunk) {
        // 1. Queue a microtask to perform the following steps.
        tee.stream.jobs.enqueue { [tee] in tee.enqueue(chunk) }
    }

    override func closeSteps() {
        tee.close(nil, nil)
    }

    override func errorSteps(_ reason: any Error) {
        tee.stopReading()
    }
}

/// The read-into request of pullWithBYOBReader.
private final class TeeReadIntoRequest<Memory: CoreByteMemory>: CoreReadIntoRequest<Memory> {
    private let tee: CoreByteTee<Memory>
    private let branch: CoreByteTee<Memory>.Branch

    init(_ tee: CoreByteTee<Memory>, _ branch: CoreByteTee<Memory>.Branch) {
        self.tee = tee
        self.branch = branch
    }

    override func chunkSteps(_ view: Memory.View) {
        // 1. Queue a microtask to perform the following steps.
        tee.stream.jobs.enqueue { [tee, branch] in tee.respond(view, branch) }
    }

    override func closeSteps(_ view: Memory.View?) {
        tee.close(view, branch)
    }

    override func errorSteps(_ reason: any Error) {
        tee.stopReading()
    }
}
