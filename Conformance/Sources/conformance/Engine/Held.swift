// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import CJavaScriptCore

/// A JavaScript value that Swift's objects may keep, and let go of on any thread.
// SAFETY: the value is used on the engine's thread alone; the loop releases it there.
final class HeldValue: @unchecked Sendable {
    private let ref: JSValueRef
    private let loop: EventLoop
    private unowned let engine: Engine

    init(_ value: Value) {
        ref = value.ref
        engine = value.engine
        loop = value.engine.loop
        JSValueProtect(engine.context, ref)
    }

    deinit { loop.unprotect(ref) }

    /// The value; on the engine's thread only.
    var value: Value { Value(engine, ref) }
}

/// A JavaScript value on its way through Swift as an error.
struct ThrownValue: Error, CustomStringConvertible {
    let held: HeldValue

    init(_ value: Value) {
        held = HeldValue(value)
    }

    var description: String {
        let value = held.value
        guard value.isObject else { return value.string }
        let stack = value["stack"]
        return stack.isString ? "\(value.string)\n\(stack.string)" : value.string
    }
}
