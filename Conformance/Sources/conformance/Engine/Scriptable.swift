// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import CJavaScriptCore
import Foundation

/// What has a counterpart among JavaScript's values.
protocol Scriptable {
    func script(_ engine: Engine) -> Value
}

extension Value: Scriptable {
    func script(_ engine: Engine) -> Value { self }
}

/// What a function returns that returns nothing: undefined.
struct Nothing: Scriptable {
    func script(_ engine: Engine) -> Value { engine.undefined }
}

extension String: Scriptable {
    func script(_ engine: Engine) -> Value {
        // The engine copies the text.
        withEngineStrings([self]) { Value(engine, JSValueMakeString(engine.context, $0[0])) }
    }
}

extension Bool: Scriptable {
    func script(_ engine: Engine) -> Value { Value(engine, JSValueMakeBoolean(engine.context, self)) }
}

extension Double: Scriptable {
    func script(_ engine: Engine) -> Value { Value(engine, JSValueMakeNumber(engine.context, self)) }
}

extension Int: Scriptable {
    func script(_ engine: Engine) -> Value { Double(self).script(engine) }
}

extension Optional: Scriptable where Wrapped: Scriptable {
    /// Nil is null.
    func script(_ engine: Engine) -> Value { self?.script(engine) ?? engine.null }
}

extension Array: Scriptable where Element: Scriptable {
    func script(_ engine: Engine) -> Value {
        let array = Value(engine, JSObjectMakeArray(engine.context, 0, nil, nil))
        for (index, element) in enumerated() {
            JSObjectSetPropertyAtIndex(engine.context, array.ref, UInt32(index), element.script(engine).ref, nil)
        }
        return array
    }
}

/// A Swift object that goes to JavaScript as a handle.
struct Handle: Scriptable {
    let object: AnyObject

    init(_ object: AnyObject) {
        self.object = object
    }

    func script(_ engine: Engine) -> Value { engine.handle(object) }
}

/// Bytes that go to JavaScript as a new `ArrayBuffer`.
struct Bytes: Scriptable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func script(_ engine: Engine) -> Value {
        // Memory that the engine frees: a buffer whose address was ever asked for can't be transferred.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        bytes.withUnsafeBytes {
            memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
        }
        let buffer = JSObjectMakeArrayBufferWithBytesNoCopy(
            engine.context, memory, bytes.count, { memory, _ in memory?.deallocate() }, nil, nil)
        return Value(engine, buffer ?? engine.undefined.ref)
    }
}
