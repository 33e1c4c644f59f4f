// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
@_spi(Conformance) import WhippetStreams

/// What all stream bindings share: the driver and its realm.
struct StreamBindings {
    let natives: Natives
    let driver: ScriptStreamDriver
    let realm: StreamRealm

    var engine: Engine { natives.engine }

    /// Adds a function that gets the Swift object behind its first argument.
    func add<Object: AnyObject>(
        _ name: String, _ type: Object.Type, _ body: @escaping (Object, Call) throws -> any Scriptable
    ) {
        natives.add(name) { call in try body(try call.object(0, as: type), call) }
    }

    /// Adds a function that returns nothing.
    func addAction<Object: AnyObject>(
        _ name: String, _ type: Object.Type, _ body: @escaping (Object, Call) throws -> Void
    ) {
        add(name, type) { object, call in
            try body(object, call)
            return Nothing()
        }
    }

    /// A promise of the core's as JavaScript sees it.
    func script(_ promise: any StreamDriverPromise) -> any Scriptable {
        (promise as? ScriptPromise) ?? ScriptPromise(driver)
    }

    /// Calls a function of the prelude's; the promise of what it returns.
    func promise(_ function: HeldValue?, _ arguments: @escaping () -> [Value]) -> any StreamDriverPromise {
        driver.promise { try function.map { try engine.call($0.value, arguments()) } ?? engine.undefined }
    }

    /// A function among the prelude's hooks.
    func hook(_ hooks: Value, _ name: String) -> HeldValue? {
        let function = hooks[name]
        return function.isUndefined ? nil : HeldValue(function)
    }

    /// Runs a start function: nil, or the promise of an object that it returned.
    func start(_ hooks: Value, _ controller: AnyObject) throws -> (any StreamDriverPromise)? {
        let result = try engine.call(hooks["start"], [engine.handle(controller)])
        return result.isObject ? ScriptPromise(driver, try driver.call("promiseResolve", [result])) : nil
    }

    /// Implements [ExtractHighWaterMark](https://streams.spec.whatwg.org/#validate-and-normalize-high-water-mark).
    func highWaterMark(_ value: Value, fallback: Double) throws -> Double {
        // 1. If strategy["highWaterMark"] does not exist, return defaultHWM.
        if value.isUndefined { return fallback }
        // 2–3. If highWaterMark is NaN or highWaterMark < 0, throw a RangeError exception.
        let mark = value.number
        guard mark >= 0 else { throw RangeError("The high-water mark \(mark) is not a number of at least 0") }
        return mark
    }

    /// A strategy's size function.
    func size(_ value: Value) -> ((AnyObject) throws -> Double)? {
        if value.isUndefined { return nil }
        let function = HeldValue(value)
        return { chunk in try engine.call(function.value, [driver.value(chunk)]).number }
    }

    /// A signal for a pipe.
    func signal(_ value: Value) -> DrivenAbortSignal? {
        guard let object = engine.object(value) as? SignalObject else { return nil }
        let engine = engine
        let reason = { ThrownValue(engine.script(of: object.signal.reason ?? DOMException(name: .abortError))) }
        return DrivenAbortSignal(
            reason: object.aborted ? reason() : nil,
            add: { algorithm in object.add { algorithm(reason()) } })
    }
}

/// The streams of the Streams Standard.
enum StreamsBinding: Binding {
    static func install(_ natives: Natives) {
        let driver = ScriptStreamDriver(natives.engine)
        natives.add("rememberFunctions") { call in
            driver.remember(
                call[0],
                [
                    "then", "promiseResolve", "promiseReject", "readResult", "list", "describeView", "isDetached",
                    "transfer", "allocate", "clone", "copyBytes", "makeView", "copyOfBytes",
                    "bytesOfSource", "stringOf", "promiseOf", "structuredClone",
                ])
            return Nothing()
        }
        natives.add("isSameObject") { call in call.engine.object(call[0]) === call.engine.object(call[1]) }
        let bindings = StreamBindings(natives: natives, driver: driver, realm: StreamRealm(driver))
        natives.engine.streams = bindings
        bindings.installReadable()
        bindings.installReaders()
        bindings.installControllers()
        bindings.installWritable()
        bindings.installTransform()
    }
}

extension StreamBindings {
    func installReadable() {
        natives.add("readableCreate") { _ in Handle(DrivenReadableStream(realm)) }
        addAction("readableSetUp", DrivenReadableStream.self) { stream, call in
            let hooks = call[1]
            let (pull, cancel) = (hook(hooks, "pull"), hook(hooks, "cancel"))
            let pullHook = pull.map { pull in { promise(pull) { [] } } }
            let cancelHook = cancel.map { cancel in
                { (reason: any Error) in promise(cancel) { [engine.script(of: reason)] } }
            }
            let held = HeldValue(hooks)
            guard call.bool(2) else {
                let mark = try highWaterMark(call[3], fallback: 1)
                let source = DrivenSource<DrivenReadableStreamDefaultController>(
                    start: { try start(held.value, $0) }, pull: pullHook, cancel: cancelHook)
                return try stream.setUpDefaultController(source, highWaterMark: mark, size: size(call[4]))
            }
            // new ReadableStream() 4.1. If strategy["size"] exists, throw a RangeError exception.
            if !call[4].isUndefined {
                throw RangeError("ReadableStream: a byte stream's strategy has no size function")
            }
            let mark = try highWaterMark(call[3], fallback: 0)
            let chunkSize = call[5].isUndefined ? nil : Int(exactly: call.number(5))
            if chunkSize == 0 { throw TypeError("ReadableStream: autoAllocateChunkSize is 0") }
            let source = DrivenSource<DrivenReadableByteStreamController>(
                start: { try start(held.value, $0) }, pull: pullHook, cancel: cancelHook)
            try stream.setUpByteController(source, highWaterMark: mark, autoAllocateChunkSize: chunkSize)
        }
        natives.add("readableFrom") { call in
            let (next, close) = (HeldValue(call[0]), HeldValue(call[1]))
            return Handle(
                DrivenReadableStream.from(
                    realm, next: { report in step(next, report) },
                    close: { reason in promise(close) { [engine.script(of: reason)] } }))
        }
        add("readableLocked", DrivenReadableStream.self) { stream, _ in stream.locked }
        add("readableDisturbed", DrivenReadableStream.self) { stream, _ in stream.disturbed }
        add("readableCancel", DrivenReadableStream.self) { stream, call in
            script(stream.cancel(ThrownValue(call[1])))
        }
        add("readableTee", DrivenReadableStream.self) { stream, _ in
            let branches = try stream.tee()
            return [Handle(branches.0), Handle(branches.1)]
        }
        add("readablePipeTo", DrivenReadableStream.self) { stream, call in
            script(
                stream.pipeTo(
                    try call.object(1), preventClose: call.bool(2), preventAbort: call.bool(3),
                    preventCancel: call.bool(4), signal: signal(call[5])))
        }
        addAction("readablePipeThrough", DrivenReadableStream.self) { stream, call in
            try stream.pipeThrough(
                try call.object(1), preventClose: call.bool(2), preventAbort: call.bool(3),
                preventCancel: call.bool(4), signal: signal(call[5]))
        }
        add("iteratorCreate", DrivenReadableStream.self) { stream, call in
            Handle(try DrivenReadableStreamAsyncIterator(stream, preventCancel: call.bool(1)))
        }
        add("iteratorNext", DrivenReadableStreamAsyncIterator.self) { iterator, call in
            let deferred = try DeferredPromise(engine)
            let end = HeldValue(call[1])
            iterator.next(
                DrivenReadRequest(
                    chunkSteps: { deferred.resolve(driver.value($0)) }, closeSteps: { deferred.resolve(end.value) },
                    errorSteps: { deferred.reject(engine.script(of: $0)) }))
            return deferred.promise
        }
        add("iteratorReturn", DrivenReadableStreamAsyncIterator.self) { iterator, call in
            script(iterator.return(ThrownValue(call[1])))
        }
    }

    /// Has an iterator's next value reported.
    private func step(_ next: HeldValue, _ report: @escaping (DrivenIteration) -> Void) {
        let reporter = engine.function("report") { call in
            switch call.string(0) {
            case "end": report(.end)
            case "value": report(.value(HeldValue(call[1])))
            default: report(.error(ThrownValue(call[1])))
            }
            return Nothing()
        }
        do { try engine.call(next.value, [reporter]) } catch { report(.error(error)) }
    }

    func installReaders() {
        natives.add("readerCreate") { call in
            Handle(try call.object(0, as: DrivenReadableStream.self).getReader())
        }
        natives.add("byobReaderCreate") { call in
            Handle(try call.object(0, as: DrivenReadableStream.self).getBYOBReader())
        }
        natives.add("readerClosed") { call in
            switch engine.object(call[0]) {
            case let reader as DrivenReadableStreamDefaultReader: return script(reader.closed)
            case let reader as DrivenReadableStreamBYOBReader: return script(reader.closed)
            default: throw TypeError("The object is no reader")
            }
        }
        natives.add("readerCancel") { call in
            let reason = ThrownValue(call[1])
            switch engine.object(call[0]) {
            case let reader as DrivenReadableStreamDefaultReader: return script(reader.cancel(reason))
            case let reader as DrivenReadableStreamBYOBReader: return script(reader.cancel(reason))
            default: throw TypeError("The object is no reader")
            }
        }
        natives.add("readerReleaseLock") { call in
            switch engine.object(call[0]) {
            case let reader as DrivenReadableStreamDefaultReader: reader.releaseLock()
            case let reader as DrivenReadableStreamBYOBReader: reader.releaseLock()
            default: throw TypeError("The object is no reader")
            }
            return Nothing()
        }
        add("readerRead", DrivenReadableStreamDefaultReader.self) { reader, _ in
            let deferred = try DeferredPromise(engine)
            reader.read(
                DrivenReadRequest(
                    chunkSteps: { deferred.resolve(result(driver.value($0), isDone: false)) },
                    closeSteps: { deferred.resolve(result(engine.undefined, isDone: true)) },
                    errorSteps: { deferred.reject(engine.script(of: $0)) }))
            return deferred.promise
        }
        add("byobReaderRead", DrivenReadableStreamBYOBReader.self) { reader, call in
            let deferred = try DeferredPromise(engine)
            reader.read(
                HeldValue(call[1]), min: Int(exactly: call.number(2)) ?? Int.max,
                DrivenReadIntoRequest(
                    chunkSteps: { deferred.resolve(result(driver.value($0), isDone: false)) },
                    closeSteps: { view in
                        deferred.resolve(result(view.map(driver.value) ?? engine.undefined, isDone: true))
                    },
                    errorSteps: { deferred.reject(engine.script(of: $0)) }))
            return deferred.promise
        }
    }

    private func result(_ value: Value, isDone: Bool) -> Value {
        (try? driver.call("readResult", [value, isDone.script(engine)])) ?? engine.undefined
    }

    func installControllers() {
        add("controllerDesiredSize", DrivenReadableStreamDefaultController.self) { controller, _ in
            controller.desiredSize
        }
        addAction("controllerClose", DrivenReadableStreamDefaultController.self) { controller, _ in
            try controller.close()
        }
        addAction("controllerEnqueue", DrivenReadableStreamDefaultController.self) { controller, call in
            try controller.enqueue(HeldValue(call[1]))
        }
        addAction("controllerError", DrivenReadableStreamDefaultController.self) { controller, call in
            controller.error(ThrownValue(call[1]))
        }
        add("byteControllerDesiredSize", DrivenReadableByteStreamController.self) { controller, _ in
            controller.desiredSize
        }
        add("byteControllerRequest", DrivenReadableByteStreamController.self) { controller, _ in
            controller.byobRequest.map(Handle.init)
        }
        addAction("byteControllerClose", DrivenReadableByteStreamController.self) { controller, _ in
            try controller.close()
        }
        addAction("byteControllerEnqueue", DrivenReadableByteStreamController.self) { controller, call in
            try controller.enqueue(HeldValue(call[1]))
        }
        addAction("byteControllerError", DrivenReadableByteStreamController.self) { controller, call in
            controller.error(ThrownValue(call[1]))
        }
        add("requestView", DrivenReadableStreamBYOBRequest.self) { request, _ in
            request.view.map(driver.value)
        }
        addAction("requestRespond", DrivenReadableStreamBYOBRequest.self) { request, call in
            try request.respond(Int(exactly: call.number(1)) ?? Int.max)
        }
        addAction("requestRespondWithNewView", DrivenReadableStreamBYOBRequest.self) { request, call in
            try request.respondWithNewView(HeldValue(call[1]))
        }
    }
}
