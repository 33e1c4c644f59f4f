// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What the two branches of a [tee](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaulttee) share.
final class CoreTee<Chunk> {
    let stream: CoreReadableStream<Chunk>
    let reader: CoreReadableStreamDefaultReader<Chunk>
    /// What keeps the source stream alive on the driver's side for as long as a branch needs it.
    var owner: AnyObject?
    var reading = false
    var readAgain = false
    var canceled1 = false
    var canceled2 = false
    var reason1: (any Error)?
    var reason2: (any Error)?
    let branch1: CoreReadableStream<Chunk>
    let branch2: CoreReadableStream<Chunk>
    let cancelPromise: CorePromise
    /// Clones a chunk for the second branch, if the caller asks for that.
    let cloneForBranch2: ((Chunk) throws -> Chunk)?
    private var hasWarned = false

    init(
        _ stream: CoreReadableStream<Chunk>, owner: AnyObject?, cloneForBranch2: ((Chunk) throws -> Chunk)?
    ) throws(TypeError) {
        self.stream = stream
        self.owner = owner
        self.cloneForBranch2 = cloneForBranch2
        // 3. Let reader be ? AcquireReadableStreamDefaultReader(stream).
        reader = try acquireReadableStreamDefaultReader(stream)
        branch1 = CoreReadableStream(stream.jobs)
        branch2 = CoreReadableStream(stream.jobs)
        // 12. Let cancelPromise be a new promise.
        cancelPromise = stream.jobs.promise()
    }

    var controllers: [CoreReadableStreamDefaultController<Chunk>] {
        [branch1, branch2].compactMap { $0.controller as? CoreReadableStreamDefaultController<Chunk> }
    }

    /// Warns, once, of a branch that nobody reads while the other one goes on.
    func warnOfSlowBranch(_ queuedCount: Int) {
        guard queuedCount >= StreamWarnings.teeChunkCount, !hasWarned else { return }
        hasWarned = true
        stream.jobs.warn(
            "ReadableStream.tee: a branch has \(queuedCount) chunks waiting; read both branches, or cancel one")
    }

    /// The steps of pullAlgorithm; the promise that they return is resolved already.
    func pullAlgorithm() {
        // 13.1. If reading is true, set readAgain to true and return.
        if reading {
            readAgain = true
            return
        }
        // 13.2. Set reading to true.
        reading = true
        // 13.3–13.4. Perform ! ReadableStreamDefaultReaderRead(reader, readRequest).
        readableStreamDefaultReaderRead(reader, TeeReadRequest(self))
    }

    /// The job of the read request's chunk steps.
    @_specialize(where Chunk == [UInt8])
    func enqueue(_ chunk: Chunk) {
        // 1.1. Set readAgain to false.
        readAgain = false
        // 1.2–1.3. Let chunk1 and chunk2 be chunk; if cloneForBranch2 is true, clone chunk2.
        var chunk2 = chunk
        if let cloneForBranch2, !canceled2 {
            do {
                chunk2 = try cloneForBranch2(chunk)
            } catch {
                for controller in controllers { readableStreamDefaultControllerError(controller, error) }
                return cancelPromise.resolve(with: readableStreamCancel(stream, error))
            }
        }
        // 1.4. If canceled1 is false, enqueue chunk1 to the first branch.
        if !canceled1, let controller = branch1.defaultController {
            readableStreamDefaultControllerEnqueue(controller, chunk)
            warnOfSlowBranch(controller.queue.count)
        }
        // 1.5. If canceled2 is false, enqueue chunk2 to the second branch.
        if !canceled2, let controller = branch2.defaultController {
            readableStreamDefaultControllerEnqueue(controller, chunk2)
            warnOfSlowBranch(controller.queue.count)
        }
        // 1.6. Set reading to false.
        reading = false
        // 1.7. If readAgain is true, perform pullAlgorithm.
        if readAgain { pullAlgorithm() }
    }

    /// The steps of cancel1Algorithm and cancel2Algorithm.
    func cancelAlgorithm(first: Bool, _ reason: (any Error)?) -> CorePromise {
        // 14–15.1–2. Set canceled and reason of the branch.
        if first {
            canceled1 = true
            reason1 = reason
        } else {
            canceled2 = true
            reason2 = reason
        }
        // 14–15.3. If the other branch is canceled too, cancel the source with both reasons.
        if canceled1, canceled2 {
            let composite = stream.jobs.compositeReason(reason1, reason2)
            cancelPromise.resolve(with: readableStreamCancel(stream, composite))
        }
        // 14–15.4. Return cancelPromise.
        return cancelPromise
    }
}

/// Why a stream was cancelled whose two branches were: the reason of each.
public struct TeeCancelReason: Error, CustomStringConvertible {
    /// The reason that the first branch was cancelled for.
    public let first: (any Error)?
    /// The reason that the second branch was cancelled for.
    public let second: (any Error)?

    /// Both reasons.
    public var description: String {
        let reasons = [first, second].map { $0.map { "\($0)" } ?? "no reason" }
        return "both branches were cancelled: \(reasons[0]), \(reasons[1])"
    }
}

/// Implements [ReadableStreamTee](https://streams.spec.whatwg.org/#readable-stream-tee).
func readableStreamTee<Chunk>(
    _ stream: CoreReadableStream<Chunk>, owner: AnyObject? = nil, cloneForBranch2: ((Chunk) throws -> Chunk)? = nil
) throws(TypeError) -> (CoreReadableStream<Chunk>, CoreReadableStream<Chunk>) {
    // 3. If stream.[[controller]] is a byte controller, return ? ReadableByteStreamTee(stream).
    if let branches = try stream.controller?.tee(owner: owner) { return branches }
    // 4. Return ? ReadableStreamDefaultTee(stream, cloneForBranch2).
    return try readableStreamDefaultTee(stream, owner: owner, cloneForBranch2: cloneForBranch2)
}

/// Implements [ReadableStreamDefaultTee](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaulttee).
func readableStreamDefaultTee<Chunk>(
    _ stream: CoreReadableStream<Chunk>, owner: AnyObject? = nil, cloneForBranch2: ((Chunk) throws -> Chunk)? = nil
) throws(TypeError) -> (CoreReadableStream<Chunk>, CoreReadableStream<Chunk>) {
    // 3–16. Make the shared state with its algorithms.
    let tee = try CoreTee(stream, owner: owner, cloneForBranch2: cloneForBranch2)
    // 17–18. Set branch1 and branch2 to ! CreateReadableStream(startAlgorithm, pullAlgorithm, cancelAlgorithm).
    for (branch, first) in [(tee.branch1, true), (tee.branch2, false)] {
        let controller = CoreReadableStreamDefaultController(branch, TeeSource(tee, first: first), highWaterMark: 1)
        stream.jobs.enqueue { readableStreamDefaultControllerStartFulfilled(controller) }
    }
    // 19. Upon rejection of reader.[[closedPromise]], error both branches.
    tee.reader.closedPromise.react(
        rejected: { reason in
            for controller in tee.controllers { readableStreamDefaultControllerError(controller, reason) }
            if !tee.canceled1 || !tee.canceled2 { tee.cancelPromise.resolve() }
        })
    // 20. Return « branch1, branch2 ».
    return (tee.branch1, tee.branch2)
}

/// The algorithms of one branch.
private final class TeeSource<Chunk>: CoreUnderlyingSource<Chunk> {
    private let tee: CoreTee<Chunk>
    private let isFirst: Bool

    init(_ tee: CoreTee<Chunk>, first: Bool) {
        self.tee = tee
        self.isFirst = first
    }

    override var hasPull: Bool { true }

    @_specialize(where Chunk == [UInt8])
    override func pull(_ controller: CoreReadableStreamController<Chunk>) {
        tee.pullAlgorithm()
        tee.stream.jobs.enqueue { controller.pullFulfilled() }
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        tee.cancelAlgorithm(first: isFirst, reason)
    }
}

/// The read request of pullAlgorithm 13.3.
private final class TeeReadRequest<Chunk>: CoreReadRequest<Chunk> {
    private let tee: CoreTee<Chunk>

    init(_ tee: CoreTee<Chunk>) {
        self.tee = tee
    }

    @_specialize(where Chunk == [UInt8])
    override func chunkSteps(_ chunk: Chunk) {
        // 1. Queue a microtask to perform the following steps.
        tee.stream.jobs.enqueue { [tee] in tee.enqueue(chunk) }
    }

    override func closeSteps() {
        // 1. Set reading to false.
        tee.reading = false
        // 2–3. Close each branch that is not canceled.
        for (index, controller) in tee.controllers.enumerated() where index == 0 ? !tee.canceled1 : !tee.canceled2 {
            readableStreamDefaultControllerClose(controller)
        }
        // 4. If a branch is not canceled, resolve cancelPromise with undefined.
        if !tee.canceled1 || !tee.canceled2 { tee.cancelPromise.resolve() }
    }

    override func errorSteps(_ reason: any Error) {
        // 1. Set reading to false.
        tee.reading = false
    }
}
