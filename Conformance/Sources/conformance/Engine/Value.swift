// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import CJavaScriptCore

/// A JavaScript value, good for as long as the call that it came with.
///
/// What must last longer is kept by a `HeldValue`: the collector finds values on the stack, not in Swift's objects.
struct Value {
    unowned let engine: Engine
    let ref: JSValueRef

    init(_ engine: Engine, _ ref: JSValueRef) {
        self.engine = engine
        self.ref = ref
    }

    private var context: JSContextRef { engine.context }

    var isUndefined: Bool { JSValueIsUndefined(context, ref) }
    var isNullish: Bool { isUndefined || JSValueIsNull(context, ref) }
    var isObject: Bool { JSValueIsObject(context, ref) }
    var isString: Bool { JSValueIsString(context, ref) }
    var isFunction: Bool { isObject && JSObjectIsFunction(context, ref) }
    var bool: Bool { JSValueToBoolean(context, ref) }
    var number: Double { JSValueToNumber(context, ref, nil) }

    /// The value as text; lone surrogates are U+FFFD.
    var string: String {
        guard let text = JSValueToStringCopy(context, ref, nil) else { return "" }
        defer { JSStringRelease(text) }
        return String(text)
    }

    /// The code units of the value as text.
    var codeUnits: [UInt16] {
        guard let text = JSValueToStringCopy(context, ref, nil) else { return [] }
        defer { JSStringRelease(text) }
        return Array(UnsafeBufferPointer(start: JSStringGetCharactersPtr(text), count: JSStringGetLength(text)))
    }

    /// The bytes of a `Uint8Array`; nil if the value is none.
    var bytes: [UInt8]? {
        guard JSValueGetTypedArrayType(context, ref, nil) == kJSTypedArrayTypeUint8Array else { return nil }
        let count = JSObjectGetTypedArrayByteLength(context, ref, nil)
        guard count > 0, let start = JSObjectGetTypedArrayBytesPtr(context, ref, nil) else { return [] }
        // SAFETY: the array has `count` bytes from `start` on, and no JavaScript runs until they are copied. The
        // pointer is that of the buffer in some versions of the engine and that of the view in others: the views that
        // come here begin where their buffer begins.
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The elements of an array.
    var elements: [Value] {
        let count = self["length"].number
        guard count >= 1, count < Double(UInt32.max) else { return [] }
        return (0..<UInt32(count)).map { index in
            Value(engine, JSObjectGetPropertyAtIndex(context, ref, index, nil) ?? JSValueMakeUndefined(context))
        }
    }

    /// A property.
    subscript(_ name: String) -> Value {
        withEngineStrings([name]) {
            Value(engine, JSObjectGetProperty(context, ref, $0[0], nil) ?? JSValueMakeUndefined(context))
        }
    }

    /// Sets a property.
    func set(_ name: String, _ value: Value) {
        withEngineStrings([name]) {
            JSObjectSetProperty(context, ref, $0[0], value.ref, JSPropertyAttributes(0), nil)
        }
    }

    /// Whether two values are the same by `===`.
    func isSame(as other: Value) -> Bool { JSValueIsStrictEqual(context, ref, other.ref) }
}

/// Makes strings of the engine's that live as long as `body` runs.
func withEngineStrings<Result>(_ texts: [String], _ body: ([JSStringRef?]) -> Result) -> Result {
    let strings = texts.map { text in
        Array(text.utf16).withUnsafeBufferPointer { JSStringCreateWithCharacters($0.baseAddress, $0.count) }
    }
    defer { for string in strings { JSStringRelease(string) } }
    return body(strings)
}

extension String {
    /// The text of an engine's string; lone surrogates become U+FFFD.
    init(_ text: JSStringRef) {
        self.init(
            decoding: UnsafeBufferPointer(start: JSStringGetCharactersPtr(text), count: JSStringGetLength(text)),
            as: UTF16.self)
    }
}
