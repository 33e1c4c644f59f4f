// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The functions of a transformer, but for the one that transforms.
struct TransformerAlgorithms<Input: Sendable, Output: Sendable>: Sendable {
    typealias Controller = TransformStreamDefaultController<Input, Output>

    var flush: (@Sendable (Controller) async throws -> Void)?
    var cancel: (@Sendable ((any Error)?) async throws -> Void)?
}

/// What both kinds of transformer have in common.
// SAFETY: the variables are touched only within the domain; `controller` is set before anybody else knows this.
class FaceTransformer<Input: Sendable, Output: Sendable>: CoreTransformer<Input, Output>, @unchecked Sendable {
    typealias Controller = TransformStreamDefaultController<Input, Output>

    let domain: StreamDomain
    let executor: (any TaskExecutor)?
    private let algorithms: TransformerAlgorithms<Input, Output>
    var controller: Controller?
    private var chunk: Input?

    init(
        _ domain: StreamDomain, executor: (any TaskExecutor)?, _ algorithms: TransformerAlgorithms<Input, Output>
    ) {
        self.domain = domain
        self.executor = executor
        self.algorithms = algorithms
    }

    /// Has the chunk transformed outside the lock.
    func demand() {}

    override func transform(_ chunk: Input, _ stream: CoreTransformStream<Input, Output>) {
        self.chunk = chunk
        demand()
    }

    override func flush(_ jobs: JobQueue) -> CorePromise {
        guard let flush = algorithms.flush, let controller else { return .resolved(jobs) }
        return Settlement.running(domain, executor) { try await flush(controller) }
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        guard let cancel = algorithms.cancel else { return .resolved(jobs) }
        return Settlement.running(domain, executor) { try await cancel(reason) }
    }

    /// Takes the chunk to be transformed.
    func takeChunk() -> Input? {
        domain.enter {
            let taken = chunk
            chunk = nil
            return taken
        }
    }

    /// Reports the end of a transform to the core.
    func finish(_ controller: Controller, _ error: (any Error)?) {
        domain.enter {
            if let error {
                transformStreamDefaultControllerTransformRejected(controller.core, error)
            } else {
                transformStreamDefaultControllerTransformFulfilled(controller.core)
            }
        }
    }
}

/// A transformer that does not wait: it runs on the thread that writes or reads.
// SAFETY: as for `FaceTransformer`.
final class SynchronousTransformer<Input: Sendable, Output: Sendable>: FaceTransformer<Input, Output>,
    @unchecked Sendable
{
    typealias Transform = @Sendable (Input, Controller) throws -> Void

    private let transformAlgorithm: Transform
    private var isDelivering = false
    private var isWanted = false

    init(
        _ domain: StreamDomain, executor: (any TaskExecutor)?, _ algorithms: TransformerAlgorithms<Input, Output>,
        transform: @escaping Transform
    ) {
        self.transformAlgorithm = transform
        super.init(domain, executor: executor, algorithms)
    }

    override func demand() {
        isWanted = true
        // While the function is called its caller looks again: a trampoline, so that a full queue takes no stack.
        if !isDelivering { domain.post(self) }
        isDelivering = true
    }

    override func deliver() {
        while domain.enter({ takeDemand() }) {
            guard let controller, let chunk = takeChunk() else { return }
            do {
                try transformAlgorithm(chunk, controller)
                finish(controller, nil)
            } catch {
                finish(controller, error)
            }
        }
    }

    private func takeDemand() -> Bool {
        isDelivering = isWanted
        isWanted = false
        return isDelivering
    }
}

/// A transformer that waits: it runs in the stream's pump.
// SAFETY: as for `FaceTransformer`.
final class PumpedTransformer<Input: Sendable, Output: Sendable>: FaceTransformer<Input, Output>, @unchecked Sendable {
    typealias Transform = @Sendable (Input, Controller) async throws -> Void

    private let transformAlgorithm: Transform
    private var pump: Pump?

    init(
        _ domain: StreamDomain, executor: (any TaskExecutor)?, _ algorithms: TransformerAlgorithms<Input, Output>,
        transform: @escaping Transform
    ) {
        self.transformAlgorithm = transform
        super.init(domain, executor: executor, algorithms)
        pump = Pump(domain, executor: executor) { await self.operate() }
    }

    override func demand() {
        pump?.demand()
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        pump?.interrupt()
        return super.cancel(reason, jobs)
    }

    override func cleared() {
        // The pump's task holds pump and transformer until what is under way has ended.
        pump?.endAfterDemand()
        pump = nil
    }

    private func operate() async {
        guard let controller, let chunk = takeChunk() else { return }
        do {
            try await transformAlgorithm(chunk, controller)
            finish(controller, nil)
        } catch {
            finish(controller, error)
        }
    }
}

/// The transformer of a stream without one: passes every chunk on.
final class IdentityTransformer<Chunk>: CoreTransformer<Chunk, Chunk> {
    override func transform(_ chunk: Chunk, _ stream: CoreTransformStream<Chunk, Chunk>) {
        let isEnqueued = transformStreamDefaultControllerEnqueue(stream, chunk)
        stream.jobs.enqueue {
            if isEnqueued {
                transformStreamDefaultControllerTransformFulfilled(stream)
            } else {
                let error = TypeError("TransformStream: the readable side is closed or errored")
                transformStreamDefaultControllerTransformRejected(stream, error)
            }
        }
    }
}
