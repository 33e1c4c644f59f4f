// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import CJavaScriptCore
@_spi(Conformance) import WhippetStreams

/// A JavaScript virtual machine with one global object, and the bridge between its values and Swift's.
///
/// Everything here runs on the thread that made the engine; other threads reach it through `loop` alone.
final class Engine {
    let loop = EventLoop()
    let context: JSGlobalContextRef
    private let group: JSContextGroupRef
    private let functionClass: JSClassRef
    private let handleClass: JSClassRef
    /// The constructors of errors, as they were before any test could change them.
    private var errorConstructors: [String: Value] = [:]
    /// The streams of this engine.
    var streams: StreamBindings?

    init?() {
        var function = kJSClassDefinitionEmpty
        function.callAsFunction = callNative
        function.finalize = finalizeObject
        var handle = kJSClassDefinitionEmpty
        handle.finalize = finalizeObject
        guard let functionClass = JSClassCreate(&function), let handleClass = JSClassCreate(&handle),
            let group = JSContextGroupCreate(), let context = JSGlobalContextCreateInGroup(group, nil)
        else { return nil }
        self.functionClass = functionClass
        self.handleClass = handleClass
        self.group = group
        self.context = context
        loop.attach(context)
    }

    /// Ends all work and lets go of everything; nothing of the engine may be used any more.
    func close() {
        loop.close()
        streams?.realm.end()
        streams = nil
        errorConstructors = [:]
        JSGlobalContextRelease(context)
        JSContextGroupRelease(group)
        JSClassRelease(functionClass)
        JSClassRelease(handleClass)
    }

    // MARK: - Running scripts

    /// The global object.
    var global: Value { Value(self, JSContextGetGlobalObject(context)) }

    /// Runs a script; microtasks run before this returns, unless a script called this.
    @discardableResult
    func evaluate(_ source: String, name: String) throws -> Value {
        var exception: JSValueRef?
        let result = withEngineStrings([source, name]) { JSEvaluateScript(context, $0[0], nil, $0[1], 1, &exception) }
        return try checked(result, exception)
    }

    /// Makes a function of its body.
    func function(_ parameters: [String], body: String, name: String) throws -> Value {
        var exception: JSValueRef?
        let result = withEngineStrings(parameters + [body, name]) { strings in
            JSObjectMakeFunction(
                context, nil, UInt32(parameters.count), Array(strings), strings[parameters.count],
                strings[parameters.count + 1], 1, &exception)
        }
        return try checked(result, exception)
    }

    /// Calls a function.
    @discardableResult
    func call(_ function: Value, this: Value? = nil, _ arguments: [Value] = []) throws -> Value {
        var exception: JSValueRef?
        let refs = arguments.map { Optional($0.ref) }
        let result = JSObjectCallAsFunction(context, function.ref, this?.ref, refs.count, refs, &exception)
        return try checked(result, exception)
    }

    private func checked(_ result: JSValueRef?, _ exception: JSValueRef?) throws -> Value {
        if let exception { throw ThrownValue(Value(self, exception)) }
        guard let result else { throw ThrownValue(undefined) }
        return Value(self, result)
    }

    // MARK: - Swift's things in JavaScript

    /// Makes a JavaScript function of a Swift one.
    func function(_ name: String, _ body: @escaping (Call) throws -> any Scriptable) -> Value {
        let native = NativeFunction(self, name, body)
        return Value(self, JSObjectMake(context, functionClass, Unmanaged.passRetained(native).toOpaque()))
    }

    /// Makes a JavaScript object that stands for a Swift one and owns it.
    func handle(_ object: AnyObject) -> Value {
        Value(self, JSObjectMake(context, handleClass, Unmanaged.passRetained(object).toOpaque()))
    }

    /// The Swift object that a handle stands for; nil if the value is no handle.
    func object(_ value: Value) -> AnyObject? {
        guard JSValueIsObjectOfClass(context, value.ref, handleClass), let data = JSObjectGetPrivate(value.ref)
        else { return nil }
        // SAFETY: `handle` put a retained object there, which lives until the handle is finalised.
        return Unmanaged<AnyObject>.fromOpaque(data).takeUnretainedValue()
    }

    var undefined: Value { Value(self, JSValueMakeUndefined(context)) }
    var null: Value { Value(self, JSValueMakeNull(context)) }

    // MARK: - Errors

    /// Remembers a constructor under its name.
    func rememberErrorConstructor(_ name: String, _ constructor: Value) {
        JSValueProtect(context, constructor.ref)
        errorConstructors[name] = constructor
    }

    /// Makes an error object of one of the remembered constructors.
    func makeError(_ constructor: String, _ arguments: [String]) -> Value {
        guard let function = errorConstructors[constructor] else { return undefined }
        let refs = arguments.map { Optional($0.script(self).ref) }
        var exception: JSValueRef?
        guard let error = JSObjectCallAsConstructor(context, function.ref, refs.count, refs, &exception) else {
            return exception.map { Value(self, $0) } ?? undefined
        }
        return Value(self, error)
    }
}

/// Runs the Swift function behind a JavaScript one.
private func callNative(
    _ context: JSContextRef?, _ function: JSObjectRef?, _ this: JSObjectRef?, _ count: Int,
    _ arguments: UnsafePointer<JSValueRef?>?, _ exception: UnsafeMutablePointer<JSValueRef?>?
) -> JSValueRef? {
    guard let data = JSObjectGetPrivate(function) else { return JSValueMakeUndefined(context) }
    // SAFETY: `Engine.function` put a retained `NativeFunction` there, which lives as long as the function object.
    let native = Unmanaged<NativeFunction>.fromOpaque(data).takeUnretainedValue()
    let engine = native.engine
    do {
        let values = UnsafeBufferPointer(start: arguments, count: count).map { $0.map { Value(engine, $0) } }
        let call = Call(engine: engine, name: native.name, arguments: values.map { $0 ?? engine.undefined })
        return try native.body(call).script(engine).ref
    } catch {
        exception?.pointee = engine.script(of: error).ref
        return JSValueMakeUndefined(context)
    }
}

/// Lets go of the Swift object behind a JavaScript one.
private func finalizeObject(_ object: JSObjectRef?) {
    guard let data = JSObjectGetPrivate(object) else { return }
    // SAFETY: the reference that `Engine` took when it made the object.
    Unmanaged<AnyObject>.fromOpaque(data).release()
}
