// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The functions of a sink, but for the one that writes.
struct SinkAlgorithms<Chunk: Sendable>: Sendable {
    var close: (@Sendable () async throws -> Void)?
    var abort: (@Sendable ((any Error)?) async throws -> Void)?
}

/// What both kinds of sink have in common: one operation at a time, handed over outside the lock.
// SAFETY: the variables are touched only within the domain; `controller` is set before anybody else knows the sink.
class FaceSink<Chunk: Sendable>: CoreUnderlyingSink<Chunk>, @unchecked Sendable {
    let domain: StreamDomain
    let executor: (any TaskExecutor)?
    let algorithms: SinkAlgorithms<Chunk>
    var controller: WritableStreamDefaultController<Chunk>?
    private var chunk: Chunk?

    init(_ domain: StreamDomain, executor: (any TaskExecutor)?, _ algorithms: SinkAlgorithms<Chunk>) {
        self.domain = domain
        self.executor = executor
        self.algorithms = algorithms
    }

    /// Has `chunk` written, or the sink closed when there is none, outside the lock.
    func demand() {}

    override func write(_ chunk: Chunk, _ controller: CoreWritableStreamDefaultController<Chunk>) {
        self.chunk = chunk
        demand()
    }

    override func abort(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        guard let abort = algorithms.abort else { return .resolved(jobs) }
        return Settlement.running(domain, executor) { try await abort(reason) }
    }

    /// Takes the chunk to be written; nil asks to close.
    func takeChunk() -> Chunk? {
        domain.enter {
            let taken = chunk
            chunk = nil
            return taken
        }
    }
}

/// A sink whose write function returns without waiting: it runs on the thread that writes.
// SAFETY: as for `FaceSink`.
final class SynchronousSink<Chunk: Sendable>: FaceSink<Chunk>, @unchecked Sendable {
    typealias Write = @Sendable (Chunk, WritableStreamDefaultController<Chunk>) throws -> Void

    private let writeAlgorithm: Write
    private var isDelivering = false
    private var isWanted = false

    init(
        _ domain: StreamDomain, executor: (any TaskExecutor)?, _ algorithms: SinkAlgorithms<Chunk>,
        write: @escaping Write
    ) {
        self.writeAlgorithm = write
        super.init(domain, executor: executor, algorithms)
    }

    override func demand() {
        isWanted = true
        // While the function is called its caller looks again: a trampoline, so that a full queue takes no stack.
        if !isDelivering { domain.post(self) }
        isDelivering = true
    }

    override func close(_ controller: CoreWritableStreamDefaultController<Chunk>) {
        let closed: CorePromise
        if let close = algorithms.close {
            closed = Settlement.running(domain, executor, close)
        } else {
            closed = .resolved(domain)
        }
        // The stream may have nobody else meanwhile.
        let stream = controller.stream
        closed.react(
            fulfilled: { withExtendedLifetime(stream) { writableStreamDefaultControllerCloseFulfilled(controller) } },
            rejected: { reason in
                withExtendedLifetime(stream) { writableStreamDefaultControllerCloseRejected(controller, reason) }
            })
    }

    @_specialize(where Chunk == [UInt8])
    override func deliver() {
        while domain.enter({ takeDemand() }) {
            guard let controller, let chunk = takeChunk() else { return }
            do {
                try writeAlgorithm(chunk, controller)
                domain.enter { writableStreamDefaultControllerWriteFulfilled(controller.core) }
            } catch {
                domain.enter { writableStreamDefaultControllerWriteRejected(controller.core, error) }
            }
        }
    }

    private func takeDemand() -> Bool {
        isDelivering = isWanted
        isWanted = false
        return isDelivering
    }
}

/// A sink whose write function waits: it runs in the stream's pump.
// SAFETY: as for `FaceSink`.
final class PumpedSink<Chunk: Sendable>: FaceSink<Chunk>, @unchecked Sendable {
    typealias Write = @Sendable (Chunk, WritableStreamDefaultController<Chunk>) async throws -> Void

    private let writeAlgorithm: Write
    private var pump: Pump?

    init(
        _ domain: StreamDomain, executor: (any TaskExecutor)?, _ algorithms: SinkAlgorithms<Chunk>,
        write: @escaping Write
    ) {
        self.writeAlgorithm = write
        super.init(domain, executor: executor, algorithms)
        pump = Pump(domain, executor: executor) { await self.operate() }
    }

    override func demand() {
        pump?.demand()
    }

    override func close(_ controller: CoreWritableStreamDefaultController<Chunk>) {
        demand()
    }

    override func cleared() {
        // The pump's task holds pump and sink until what is under way has ended.
        pump?.endAfterDemand()
        pump = nil
    }

    override func abortSignaled() {
        pump?.interrupt()
    }

    private func operate() async {
        guard let controller else { return }
        let core = controller.core
        let chunk = takeChunk()
        do {
            if let chunk {
                try await writeAlgorithm(chunk, controller)
                domain.enter { writableStreamDefaultControllerWriteFulfilled(core) }
            } else {
                try await algorithms.close?()
                domain.enter { writableStreamDefaultControllerCloseFulfilled(core) }
            }
        } catch {
            if chunk != nil {
                domain.enter { writableStreamDefaultControllerWriteRejected(core, error) }
            } else {
                domain.enter { writableStreamDefaultControllerCloseRejected(core, error) }
            }
        }
    }
}
