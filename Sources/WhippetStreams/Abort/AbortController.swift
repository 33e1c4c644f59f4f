// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Tells others, through its signal, to stop what they do.
///
/// ```swift
/// let controller = AbortController()
/// let listener = controller.signal.onabort { reason in print("stopped: \(reason)") }
/// controller.abort()
/// ```
///
/// Source: [DOM §3.1](https://dom.spec.whatwg.org/#interface-abortcontroller).
public final class AbortController: Sendable {
    /// The signal that the work to be stopped looks at.
    ///
    /// [AbortController.signal](https://dom.spec.whatwg.org/#dom-abortcontroller-signal).
    public let signal: AbortSignal

    /// Makes a controller with a signal of its own.
    public init() {
        signal = AbortSignal()
    }

    /// Aborts the signal, once: its listeners run here, before this returns.
    ///
    /// [AbortController.abort](https://dom.spec.whatwg.org/#dom-abortcontroller-abort).
    ///
    /// - Parameter reason: Why; an `AbortError` unless said otherwise.
    public func abort(_ reason: (any Error)? = nil) {
        signal.signalAbort(reason)
    }
}
