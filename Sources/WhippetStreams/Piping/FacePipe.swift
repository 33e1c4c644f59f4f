// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A pipe of the Swift face: keeps both streams alive, and asks the destination's strategy for sizes.
// SAFETY: the variables are touched only within the domain, `pendingChunk` by the one delivery that follows its setting.
final class FacePipe<Chunk: Sendable>: CorePipe<Chunk>, @unchecked Sendable {
    private let domain: StreamDomain
    private let size: (@Sendable (Chunk) throws -> Double)?
    private var streams: (ReadableStream<Chunk>, WritableStream<Chunk>)?
    private var pendingChunk: Chunk?

    init(_ source: ReadableStream<Chunk>, _ destination: WritableStream<Chunk>, _ options: Options) throws(TypeError) {
        domain = source.domain
        size = destination.size
        streams = (source, destination)
        try super.init(source.core, destination.core, options)
    }

    override func write(_ chunk: Chunk) {
        guard size != nil else { return super.write(chunk) }
        pendingChunk = chunk
        domain.post(self)
    }

    override func deliver() {
        guard let chunk = pendingChunk, let size else { return }
        pendingChunk = nil
        do {
            let chunkSize = try size(chunk)
            guard chunkSize >= 0, chunkSize.isFinite else {
                throw RangeError("QueuingStrategy.size: \(chunkSize) is not a finite number of at least 0")
            }
            domain.enter { write(chunk, size: chunkSize) }
        } catch {
            domain.enter {
                if let controller = destination.controller {
                    writableStreamDefaultControllerErrorIfNeeded(controller, error)
                }
                write(chunk, size: 1)
            }
        }
    }

    override func finalized() {
        // The last reference to a stream may be this one: it dies where user code may run.
        guard let streams else { return }
        self.streams = nil
        domain.post(OutboxAction { withExtendedLifetime(streams) {} })
    }
}
