// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
import WhippetStreams

/// A JavaScript `AbortSignal` object's signal: what waits for it, and the event behind that.
final class SignalObject {
    let signal: AbortSignal
    private var algorithms: [(number: Int, run: () -> Void)] = []
    private var nextNumber = 0
    fileprivate var fire: (() -> Void)?
    /// Whether another thread aborts it: scripts see that only between two of their tasks.
    private let isTimer: Bool
    private var hasRun = false

    init(_ signal: AbortSignal, _ loop: EventLoop, isTimer: Bool = false) {
        self.signal = signal
        self.isTimer = isTimer
        guard isTimer || !signal.aborted else { return }
        let steps = Steps(object: self, loop: loop)
        if isTimer {
            signal.onabort { _ in loop.post { steps.run() } }
        } else {
            signal.onabort { _ in steps.run() }
        }
    }

    /// Whether scripts see the signal aborted.
    var aborted: Bool { isTimer ? hasRun : signal.aborted }

    /// Adds an algorithm that runs before the event; returns what removes it.
    func add(_ run: @escaping () -> Void) -> () -> Void {
        let number = nextNumber
        nextNumber += 1
        algorithms.append((number, run))
        return { self.algorithms.removeAll { $0.number == number } }
    }

    fileprivate func run() {
        hasRun = true
        let taken = algorithms
        algorithms = []
        for algorithm in taken { algorithm.run() }
        fire?()
    }
}

/// `AbortController` and `AbortSignal`.
enum AbortBinding: Binding {
    static func install(_ natives: Natives) {
        let loop = natives.engine.loop
        natives.add("controllerCreate") { _ in Handle(AbortController()) }
        natives.add("controllerSignal") { call in
            Handle(SignalObject(try call.object(0, as: AbortController.self).signal, loop))
        }
        natives.add("controllerAbort") { call in
            let controller = try call.object(0, as: AbortController.self)
            if !controller.signal.aborted { controller.abort(reason(call[1])) }
            return Nothing()
        }
        natives.add("signalAbort") { call in
            Handle(SignalObject(AbortSignal.abort(reason(call[0])), loop))
        }
        natives.add("signalTimeout") { call in
            // No test waits longer than a day; `Duration` ends before the largest number that may come here.
            let delay = Duration.milliseconds(min(call.number(0), 86_400_000))
            let object = SignalObject(AbortSignal.timeout(delay), loop, isTimer: true)
            // A test waits for a short one.
            if delay < .seconds(5) {
                loop.begin()
                _ = object.add { loop.finish() }
            }
            return Handle(object)
        }
        natives.add("signalAny") { call in
            let signals = call[0].elements.compactMap { (call.engine.object($0) as? SignalObject)?.signal }
            return Handle(SignalObject(AbortSignal.any(signals), loop))
        }
        natives.add("signalAborted") { call in try call.object(0, as: SignalObject.self).aborted }
        natives.add("signalReason") { call in
            let object = try call.object(0, as: SignalObject.self)
            guard object.aborted, let reason = object.signal.reason else { return Nothing() }
            return call.engine.script(of: reason)
        }
        natives.add("signalThrowIfAborted") { call in
            let object = try call.object(0, as: SignalObject.self)
            if object.aborted { try object.signal.throwIfAborted() }
            return Nothing()
        }
        natives.add("signalOnFire") { call in
            let steps = HeldValue(call[1])
            try call.object(0, as: SignalObject.self).fire = { _ = try? steps.value.engine.call(steps.value) }
            return Nothing()
        }
        natives.add("signalOnAbort") { call in
            let steps = HeldValue(call[1])
            _ = try call.object(0, as: SignalObject.self).add { _ = try? steps.value.engine.call(steps.value) }
            return Nothing()
        }
    }

    /// A reason that keeps its identity: one given as it is, otherwise what Swift's signal would abort with.
    private static func reason(_ value: Value) -> any Error {
        if !value.isUndefined { return ThrownValue(value) }
        let reason = AbortSignal.abort().reason ?? DOMException(name: .abortError)
        return ThrownValue(value.engine.script(of: reason))
    }
}

/// What a signal does when it aborts, on whatever thread that happens.
// SAFETY: the object is used on the engine's thread alone.
private struct Steps: @unchecked Sendable {
    let object: SignalObject
    let loop: EventLoop

    func run() {
        if loop.isOnThread {
            object.run()
        } else {
            loop.post { run() }
        }
    }
}
