// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Says whether work should stop, and why.
///
/// Source: [DOM §3.2](https://dom.spec.whatwg.org/#interface-AbortSignal).
public final class AbortSignal: Sendable {
    /// A function that runs when a signal aborts, for as long as it is not removed.
    public struct Listener: Sendable {
        fileprivate weak let signal: AbortSignal?
        fileprivate let number: Int

        /// Takes the function away, so that the signal no longer holds it; a call under way is not waited for.
        public func remove() {
            signal?.removeListener(number)
        }
    }

    private struct Registration: Sendable {
        var number: Int
        var handler: @Sendable (any Error) -> Void
    }

    /// A signal that follows this one: held only while somebody listens to it.
    private struct Dependent: Sendable {
        weak var signal: AbortSignal?
        var pinned: AbortSignal?
    }

    /// A signal that this one follows.
    ///
    /// A timer's signal is held: it may have nobody else, and ends by itself.
    private struct Source: Sendable {
        weak var signal: AbortSignal?
        var timer: AbortSignal?
    }

    private struct State: Sendable {
        var reason: (any Error)?
        var registrations: [Registration] = []
        var nextNumber = 0
        var dependents: [Dependent] = []
        var sources: [Source] = []
        var timer: TimeoutQueue.Ticket?
        /// The signal itself, while its timer runs and somebody listens.
        var pinned: AbortSignal?
    }

    private let state = Locked(State())

    init() {}

    deinit {
        if let timer = state.withLock({ $0.timer }) { TimeoutQueue.shared.remove(timer) }
    }

    /// Makes a signal that is aborted from the start.
    ///
    /// [AbortSignal.abort](https://dom.spec.whatwg.org/#dom-abortsignal-abort).
    ///
    /// - Parameter reason: Why; an `AbortError` unless said otherwise.
    public static func abort(_ reason: (any Error)? = nil) -> AbortSignal {
        let signal = AbortSignal()
        signal.signalAbort(reason)
        return signal
    }

    /// Makes a signal that aborts by itself, with a `TimeoutError`, after some time.
    ///
    /// [AbortSignal.timeout](https://dom.spec.whatwg.org/#dom-abortsignal-timeout).
    public static func timeout(_ duration: Duration) -> AbortSignal {
        let signal = AbortSignal()
        let timer = TimeoutQueue.shared.add(after: duration) { [weak signal] in
            signal?.signalAbort(DOMException("The operation was aborted due to timeout", name: .timeoutError))
        }
        signal.state.withLock { state in
            if state.reason == nil { state.timer = timer }
        }
        return signal
    }

    /// Makes a signal that aborts as soon as one of several does, for the same reason.
    ///
    /// [AbortSignal.any](https://dom.spec.whatwg.org/#dom-abortsignal-any).
    public static func any(_ signals: [AbortSignal]) -> AbortSignal {
        // Create a dependent abort signal:
        let result = AbortSignal()
        // 2. If one of the signals is aborted, the result is, for the same reason.
        for signal in signals {
            if let reason = signal.reason {
                result.signalAbort(reason)
                return result
            }
        }
        // 3–4. Follow each signal that follows none itself, and the sources of each that does.
        for signal in signals {
            let sources = signal.followed
            for source in sources.isEmpty ? [signal] : sources { result.follow(source) }
        }
        return result
    }

    /// Whether the signal has aborted.
    ///
    /// [AbortSignal.aborted](https://dom.spec.whatwg.org/#dom-abortsignal-aborted).
    public var aborted: Bool {
        state.withLock { $0.reason != nil }
    }

    /// Why the signal has aborted; nil as long as it has not.
    ///
    /// [AbortSignal.reason](https://dom.spec.whatwg.org/#dom-abortsignal-reason).
    public var reason: (any Error)? {
        state.withLock { $0.reason }
    }

    /// Throws the reason if the signal has aborted.
    ///
    /// [AbortSignal.throwIfAborted](https://dom.spec.whatwg.org/#dom-abortsignal-throwifaborted).
    ///
    /// - Throws: The signal's reason.
    public func throwIfAborted() throws {
        if let reason { throw reason }
    }

    /// Adds a function that runs once, with the reason, when the signal aborts.
    ///
    /// [AbortSignal.onabort](https://dom.spec.whatwg.org/#dom-abortsignal-onabort). It runs on the thread that aborts,
    /// in the order of the calls and with no lock held. Unlike in a browser a signal may abort while this is called, so
    /// that the function of an aborted signal runs at once, and there may be several.
    ///
    /// - Returns: The listener, to be removed when the work is done.
    @discardableResult
    public func onabort(_ handler: @escaping @Sendable (_ reason: any Error) -> Void) -> Listener {
        var isFirst = false
        var number = 0
        let reason = state.withLock { state -> (any Error)? in
            if let reason = state.reason { return reason }
            number = state.nextNumber
            state.nextNumber += 1
            isFirst = state.registrations.isEmpty
            state.registrations.append(Registration(number: number, handler: handler))
            return nil
        }
        if let reason {
            handler(reason)
        } else if isFirst {
            updatePins()
        }
        return Listener(signal: self, number: number)
    }

    // MARK: - Algorithms

    /// Implements [signal abort](https://dom.spec.whatwg.org/#abortsignal-signal-abort).
    func signalAbort(_ reason: (any Error)?) {
        // 2. Set signal's abort reason to reason if it is given; otherwise to a new "AbortError" DOMException.
        let reason = reason ?? DOMException("This operation was aborted", name: .abortError)
        // 1. If signal is aborted, then return.
        guard let aborted = setReason(reason) else { return }
        // 3–4. Set the reason of each dependent signal that is not aborted, before any listener runs.
        var steps = aborted.registrations
        for dependent in aborted.dependents {
            guard let abortedDependent = dependent.signal?.setReason(reason) else { continue }
            steps += abortedDependent.registrations
        }
        // 5–6. Run the abort steps of the signal, then those of its dependents.
        for step in steps { step.handler(reason) }
    }

    /// Aborts, and hands over what the signal held; nil if it had aborted before.
    private func setReason(_ reason: any Error) -> State? {
        let taken = state.withLock { state -> State? in
            guard state.reason == nil else { return nil }
            let taken = state
            state = State(reason: reason)
            return taken
        }
        if let timer = taken?.timer { TimeoutQueue.shared.remove(timer) }
        return taken
    }

    private func removeListener(_ number: Int) {
        let removed = state.withLock { state -> (Registration, isLast: Bool)? in
            guard let index = state.registrations.firstIndex(where: { $0.number == number }) else { return nil }
            let registration = state.registrations.remove(at: index)
            return (registration, state.registrations.isEmpty)
        }
        if let removed, removed.isLast { updatePins() }
    }

    // MARK: - Following

    /// The signals that this one follows.
    private var followed: [AbortSignal] {
        state.withLock { $0.sources.compactMap(\.signal) }
    }

    private var hasTimer: Bool {
        state.withLock { $0.timer != nil }
    }

    private func follow(_ source: AbortSignal) {
        let timer = source.hasTimer ? source : nil
        state.withLock { state in
            guard state.reason == nil else { return }
            state.sources.append(Source(signal: source, timer: timer))
        }
        let reason = source.state.withLock { [weak self] state -> (any Error)? in
            if state.reason == nil {
                state.dependents.removeAll { $0.signal == nil }
                state.dependents.append(Dependent(signal: self))
            }
            return state.reason
        }
        if let reason { signalAbort(reason) }
    }

    /// Has the signal live for as long as somebody listens to it and something can still abort it.
    private func updatePins() {
        let (sources, isHeard) = state.withLock { state -> ([AbortSignal], Bool) in
            let isHeard = !state.registrations.isEmpty
            state.pinned = isHeard && state.timer != nil ? self : nil
            return (state.sources.compactMap(\.signal), isHeard)
        }
        for source in sources {
            source.state.withLock { state in
                for index in state.dependents.indices where state.dependents[index].signal === self {
                    state.dependents[index].pinned = isHeard ? self : nil
                }
            }
        }
    }
}
