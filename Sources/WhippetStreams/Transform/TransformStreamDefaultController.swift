// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A transformer's way to its stream's readable side.
///
/// Source: [Streams §6.3](https://streams.spec.whatwg.org/#ts-default-controller-class).
public final class TransformStreamDefaultController<Input: Sendable, Output: Sendable> {
    let domain: StreamDomain
    let core: CoreTransformStream<Input, Output>
    private let size: (@Sendable (Output) throws -> Double)?

    init(
        _ domain: StreamDomain, _ core: CoreTransformStream<Input, Output>,
        size: (@Sendable (Output) throws -> Double)?
    ) {
        self.domain = domain
        self.core = core
        self.size = size
    }

    /// How much more the readable side wants to buffer; nil once it is errored.
    ///
    /// [TransformStreamDefaultController.desiredSize](https://streams.spec.whatwg.org/#ts-default-controller-desired-size).
    public var desiredSize: Double? {
        domain.enter { core.readable.defaultController.flatMap { readableStreamDefaultControllerGetDesiredSize($0) } }
    }

    /// Puts a chunk into the readable side.
    ///
    /// [TransformStreamDefaultController.enqueue](https://streams.spec.whatwg.org/#ts-default-controller-enqueue).
    ///
    /// - Throws: `TypeError` when the readable side is closed, cancelled or errored; what the readable strategy's
    ///   `size` throws, or a `RangeError` when it returns no finite size; both also error the stream.
    public func enqueue(_ chunk: Output) throws {
        var chunkSize = 1.0
        if let size {
            do {
                chunkSize = try size(chunk)
                guard chunkSize >= 0, chunkSize.isFinite else {
                    throw RangeError("QueuingStrategy.size: \(chunkSize) is not a finite number of at least 0")
                }
            } catch {
                self.error(error)
                throw error
            }
        }
        let accepted = domain.enter { transformStreamDefaultControllerEnqueue(core, chunk, size: chunkSize) }
        guard accepted else {
            throw TypeError("TransformStreamDefaultController.enqueue: the readable side is closed or errored")
        }
    }

    /// Breaks both sides of the stream.
    ///
    /// [TransformStreamDefaultController.error](https://streams.spec.whatwg.org/#ts-default-controller-error).
    public func error(_ reason: any Error) {
        domain.enter { transformStreamError(core, reason) }
    }

    /// Closes the readable side and breaks the writable one: for a transformer that needs no more input.
    ///
    /// [TransformStreamDefaultController.terminate](https://streams.spec.whatwg.org/#ts-default-controller-terminate).
    public func terminate() {
        domain.enter { transformStreamDefaultControllerTerminate(core) }
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension TransformStreamDefaultController: @unchecked Sendable {}
