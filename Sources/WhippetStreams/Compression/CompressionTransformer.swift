// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The transformer of a CompressionStream or DecompressionStream.
///
/// It works on the thread that writes or reads, outside the lock. Other than in the standard a chunk's output is not
/// made at once: as soon as the readable side has enough, the rest waits until somebody reads, so that a chunk which
/// inflates to a thousand times its size takes no memory. To wait it puts an empty chunk where the stream keeps the
/// chunk of a write that backpressure holds up: the stream hands it back when somebody reads, and the write ends when no
/// output is left.
// SAFETY: the variables are touched only within the domain. The one operation that runs at a time has the output's
// state for itself.
final class CompressionTransformer: CoreTransformer<[UInt8], [UInt8]>, @unchecked Sendable {
    typealias Stream = CoreTransformStream<[UInt8], [UInt8]>

    /// A compression context, read one piece ahead to know which is the last.
    private final class Output {
        let context: CompressionContext
        var ready: [UInt8]?

        init(_ context: CompressionContext) {
            self.context = context
        }
    }

    /// What is done outside the lock.
    private enum Work {
        case transform([UInt8], Stream, Output)
        case flush(Stream, Output, Settlement)
    }

    private let domain: StreamDomain
    /// What the transformer works on, until the stream lets go of it; then the library's memory is freed, at the end of
    /// the work under way.
    private var output: Output?
    private var stream: Stream?
    private var work: Work?
    private var isDelivering = false

    init(_ domain: StreamDomain, _ context: CompressionContext) {
        self.domain = domain
        output = Output(context)
    }

    /// Notes the stream that this is the transformer of.
    func start(_ stream: Stream) {
        self.stream = stream
    }

    override func transform(_ chunk: [UInt8], _ stream: Stream) {
        guard let output else { return assertionFailure("no chunk comes after the end") }
        demand(.transform(chunk, stream, output))
    }

    override func flush(_ jobs: JobQueue) -> CorePromise {
        guard let stream, let output else { return .resolved(jobs) }
        let settlement = Settlement(domain)
        demand(.flush(stream, output, settlement))
        return settlement.promise
    }

    override func cleared() {
        stream = nil
        output = nil
    }

    override func deliver() {
        while let work = domain.enter({ takeWork() }) {
            switch work {
            case .transform(let chunk, let stream, let output): transform(chunk, stream, output)
            case .flush(let stream, let output, let settlement): flush(stream, output, settlement)
            }
        }
    }

    private func demand(_ work: Work) {
        self.work = work
        // Who does work looks for more when it is done: a trampoline, so that a full queue takes no stack.
        if !isDelivering { domain.post(self) }
        isDelivering = true
    }

    private func takeWork() -> Work? {
        defer { work = nil }
        isDelivering = work != nil
        return work
    }

    // MARK: - Algorithm

    /// Implements [compress and enqueue a chunk](https://compression.spec.whatwg.org/#compress-and-enqueue-a-chunk) and
    /// [decompress and enqueue a chunk](https://compression.spec.whatwg.org/#decompress-and-enqueue-a-chunk), one piece
    /// of the output at a time.
    private func transform(_ chunk: [UInt8], _ stream: Stream, _ output: Output) {
        var piece: [UInt8]?
        var failure: TypeError?
        do throws(TypeError) {
            // 2. Let buffer be the result of (de)compressing chunk; if this results in an error, throw a TypeError.
            output.context.write(chunk)
            piece = output.ready
            output.ready = nil
            if piece == nil { piece = try output.context.read() }
            // 6. If the end has been reached and chunk is not fully consumed, throw a TypeError: after step 5.
            if piece != nil { output.ready = try output.context.read() }
        } catch {
            failure = error
        }
        domain.enter {
            // 3–5. Enqueue what is not empty.
            if let piece, !transformStreamDefaultControllerEnqueue(stream, piece) {
                failure = TypeError("TransformStreamDefaultController.enqueue: the readable side is closed or errored")
            }
            if let failure {
                transformStreamDefaultControllerTransformRejected(stream, failure)
            } else if output.ready == nil {
                transformStreamDefaultControllerTransformFulfilled(stream)
            } else if stream.backpressure {
                stream.blockedChunk = []
            } else {
                work = .transform([], stream, output)
            }
        }
    }

    /// Implements [compress flush and enqueue](https://compression.spec.whatwg.org/#compress-flush-and-enqueue) and
    /// [decompress flush and enqueue](https://compression.spec.whatwg.org/#decompress-flush-and-enqueue).
    ///
    /// What comes out now is at most what the library keeps back, some megabytes for Brotli.
    private func flush(_ stream: Stream, _ output: Output, _ settlement: Settlement) {
        var pieces: [[UInt8]] = []
        var failure: TypeError?
        do throws(TypeError) {
            // 1. Let buffer be the result of (de)compressing an empty input, with the finish flag.
            output.context.finish()
            while let piece = try output.context.read() { pieces.append(piece) }
        } catch {
            // 3. If the end of the compressed input has not been reached, throw a TypeError: after step 2.
            failure = error
        }
        domain.enter {
            // 2. Enqueue what is not empty.
            for piece in pieces where !transformStreamDefaultControllerEnqueue(stream, piece) {
                failure = TypeError("TransformStreamDefaultController.enqueue: the readable side is closed or errored")
                break
            }
            if let failure { settlement.promise.reject(failure) } else { settlement.promise.resolve() }
        }
    }
}

extension TransformStream where Input == [UInt8], Output == [UInt8] {
    /// Makes a stream that compresses or decompresses.
    convenience init(_ context: CompressionContext) {
        let domain = StreamDomain()
        let transformer = CompressionTransformer(domain, context)
        self.init(domain, transformer, QueuingStrategy(), QueuingStrategy(highWaterMark: 0)) { controller in
            transformer.start(controller.core)
        }
    }
}
