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

    init(_ signal: AbortSignal, _ loop: EventLoop) {
        self.signal = signal
        guard !signal.aborted else { return }
        let steps = Steps(object: self, loop: loop)
        signal.onabort { _ in steps.run() }
    }

    /// Adds an algorithm that runs before the event; returns what removes it.
    func add(_ run: @escaping () -> Void) -> () -> Void {
        let number = nextNumber
        nextNumber += 1
        algorithms.append((number, run))
        return { self.algorithms.removeAll { $0.number == number } }
    }

    fileprivate func run() {
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
            Handle(SignalObject(AbortSignal.timeout(.milliseconds(min(call.number(0), 86_400_000))), loop))
        }
        natives.add("signalAny") { call in
            let signals = call[0].elements.compactMap { (call.engine.object($0) as? SignalObject)?.signal }
            return Handle(SignalObject(AbortSignal.any(signals), loop))
        }
        natives.add("signalAborted") { call in try signal(call).aborted }
        natives.add("signalReason") { call in
            guard let reason = try signal(call).reason else { return Nothing() }
            return call.engine.script(of: reason)
        }
        natives.add("signalThrowIfAborted") { call in
            try signal(call).throwIfAborted()
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

    private static func signal(_ call: Call) throws -> AbortSignal {
        try call.object(0, as: SignalObject.self).signal
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
