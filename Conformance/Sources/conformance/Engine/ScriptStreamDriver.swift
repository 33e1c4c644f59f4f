// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetStreams

/// JavaScript as the language that drives the streams core: its microtasks, promises, errors and buffers.
final class ScriptStreamDriver: StreamDriver {
    unowned let engine: Engine
    private var functions: [String: HeldValue] = [:]
    private var jobs: [() -> Void] = []
    private var firstJob = 0
    private var runNext: HeldValue?
    private var resolved: HeldValue?

    init(_ engine: Engine) {
        self.engine = engine
        runNext = HeldValue(
            engine.function("job") { [unowned self] _ in
                let job = jobs[firstJob]
                firstJob += 1
                if firstJob == jobs.count {
                    jobs = []
                    firstJob = 0
                }
                job()
                return Nothing()
            })
    }

    /// Remembers functions of the prelude, made before a test could change what they use.
    func remember(_ object: Value, _ names: [String]) {
        for name in names { functions[name] = HeldValue(object[name]) }
        resolved = (try? call("promiseResolve", [engine.undefined])).map(HeldValue.init)
    }

    /// Calls a function of the prelude.
    @discardableResult
    func call(_ name: String, _ arguments: [Value]) throws -> Value {
        guard let function = functions[name] else { throw BindingError("the prelude has no \(name)") }
        return try engine.call(function.value, arguments)
    }

    // MARK: - Jobs and promises

    func enqueue(_ job: @escaping () -> Void) {
        guard let resolved, let runNext else { return }
        jobs.append(job)
        _ = try? call("then", [resolved.value, runNext.value, engine.undefined])
    }

    func makePromise() -> any StreamDriverPromise {
        ScriptPromise(self)
    }

    /// The promise of what user code returned or threw.
    func promise(of body: () throws -> Value) -> ScriptPromise {
        let held: Value?
        do {
            held = try call("promiseOf", [try body()])
        } catch {
            held = try? call("promiseReject", [engine.script(of: error)])
        }
        return ScriptPromise(self, held ?? engine.undefined)
    }

    /// A rejected promise.
    func rejected(_ error: any Error) -> Value {
        (try? call("promiseReject", [engine.script(of: error)])) ?? engine.undefined
    }

    // MARK: - Errors

    func typeError(_ message: String) -> any Error { ThrownValue(engine.makeError("TypeError", [message])) }
    func rangeError(_ message: String) -> any Error { ThrownValue(engine.makeError("RangeError", [message])) }

    func list(_ first: any Error, _ second: any Error) -> any Error {
        let list = try? call("list", [engine.script(of: first), engine.script(of: second)])
        return ThrownValue(list ?? engine.undefined)
    }

    // MARK: - Buffers

    func describe(view: AnyObject) -> DrivenView {
        let parts = (try? call("describeView", [value(view)]))?.elements ?? []
        guard parts.count == 6 else {
            return DrivenView(
                buffer: view, bufferByteLength: 0, byteOffset: 0, byteLength: 0, elementSize: 1, kind: 0)
        }
        return DrivenView(
            buffer: HeldValue(parts[0]), bufferByteLength: Int(parts[1].number), byteOffset: Int(parts[2].number),
            byteLength: Int(parts[3].number), elementSize: Int(parts[4].number), kind: Int(parts[5].number))
    }

    func isDetached(buffer: AnyObject) -> Bool {
        (try? call("isDetached", [value(buffer)]))?.bool ?? true
    }

    func transfer(buffer: AnyObject) throws -> AnyObject {
        HeldValue(try call("transfer", [value(buffer)]))
    }

    func allocate(byteLength: Int) throws -> AnyObject {
        HeldValue(try call("allocate", [byteLength.script(engine)]))
    }

    func clone(buffer: AnyObject, byteOffset: Int, byteLength: Int) throws -> AnyObject {
        HeldValue(try call("clone", [value(buffer), byteOffset.script(engine), byteLength.script(engine)]))
    }

    func copyBytes(
        to target: AnyObject, at targetOffset: Int, from source: AnyObject, at sourceOffset: Int, count: Int
    ) -> Bool {
        let arguments = [
            value(target), targetOffset.script(engine), value(source), sourceOffset.script(engine),
            count.script(engine),
        ]
        return (try? call("copyBytes", arguments))?.bool ?? false
    }

    func makeView(kind: Int, buffer: AnyObject, byteOffset: Int, length: Int) -> AnyObject {
        let arguments = [kind.script(engine), value(buffer), byteOffset.script(engine), length.script(engine)]
        return HeldValue((try? call("makeView", arguments)) ?? engine.undefined)
    }

    /// The JavaScript value of a chunk, buffer or view.
    func value(_ object: AnyObject) -> Value {
        (object as? HeldValue)?.value ?? engine.undefined
    }
}

/// A JavaScript promise in the core's hands.
final class ScriptPromise: StreamDriverPromise, Scriptable {
    private let driver: ScriptStreamDriver
    private let held: HeldValue
    private let deferred: DeferredPromise?

    /// Makes a pending promise.
    init(_ driver: ScriptStreamDriver) {
        self.driver = driver
        deferred = try? DeferredPromise(driver.engine)
        held = HeldValue(deferred?.promise ?? driver.engine.undefined)
    }

    /// Takes a promise that somebody else settles.
    init(_ driver: ScriptStreamDriver, _ promise: Value) {
        self.driver = driver
        deferred = nil
        held = HeldValue(promise)
    }

    func script(_ engine: Engine) -> Value { held.value }

    func resolve() {
        deferred?.resolve(driver.engine.undefined)
    }

    func reject(_ reason: any Error) {
        deferred?.reject(driver.engine.script(of: reason))
    }

    func resolve(with other: any StreamDriverPromise) {
        guard let other = other as? ScriptPromise else { return }
        deferred?.resolve(other.held.value)
    }

    func react(fulfilled: @escaping () -> Void, rejected: @escaping (any Error) -> Void) {
        let engine = driver.engine
        let onFulfilled = engine.function("fulfilled") { _ in
            fulfilled()
            return Nothing()
        }
        let onRejected = engine.function("rejected") { call in
            rejected(ThrownValue(call[0]))
            return Nothing()
        }
        _ = try? driver.call("then", [held.value, onFulfilled, onRejected])
    }

    func setHandled() {}
}
