// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The sink's way to talk to its stream: breaks it, and hears when it is aborted.
///
/// Source: [Streams §5.4](https://streams.spec.whatwg.org/#ws-default-controller-class).
public final class WritableStreamDefaultController<Chunk: Sendable> {
    let domain: StreamDomain
    let stream: CoreWritableStream<Chunk>
    let core: CoreWritableStreamDefaultController<Chunk>
    let abortController = AbortController()

    init(
        _ domain: StreamDomain, _ stream: CoreWritableStream<Chunk>, _ core: CoreWritableStreamDefaultController<Chunk>
    ) {
        self.domain = domain
        self.stream = stream
        self.core = core
    }

    /// Aborts when the stream does, so that a write under way need not go on; its task is cancelled as well.
    ///
    /// [WritableStreamDefaultController.signal](https://streams.spec.whatwg.org/#ws-default-controller-signal).
    public var signal: AbortSignal { abortController.signal }

    /// Breaks the stream: whoever writes gets this error from now on.
    ///
    /// [WritableStreamDefaultController.error](https://streams.spec.whatwg.org/#ws-default-controller-error). A stream
    /// that is ended, or about to be, stays as it is.
    public func error(_ reason: any Error) {
        domain.enter { writableStreamDefaultControllerErrorIfNeeded(core, reason) }
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension WritableStreamDefaultController: @unchecked Sendable {}
