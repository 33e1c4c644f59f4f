// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A Swift function that JavaScript can call.
final class NativeFunction {
    unowned let engine: Engine
    let name: String
    let body: (Call) throws -> any Scriptable

    init(_ engine: Engine, _ name: String, _ body: @escaping (Call) throws -> any Scriptable) {
        self.engine = engine
        self.name = name
        self.body = body
    }
}

/// One call of a Swift function by JavaScript.
struct Call {
    let engine: Engine
    let name: String
    let arguments: [Value]

    /// An argument; undefined where there is none.
    subscript(_ index: Int) -> Value {
        arguments.indices.contains(index) ? arguments[index] : engine.undefined
    }

    /// The Swift object behind an argument.
    func object<Object: AnyObject>(_ index: Int, as type: Object.Type = Object.self) throws -> Object {
        guard let object = engine.object(self[index]) as? Object else {
            throw BindingError("\(name): argument \(index) is no \(type)")
        }
        return object
    }

    /// An argument as text; lone surrogates are U+FFFD.
    func string(_ index: Int) -> String { self[index].string }

    /// An argument as text, nil for undefined and null.
    func optionalString(_ index: Int) -> String? { self[index].isNullish ? nil : self[index].string }

    /// An argument as a number.
    func number(_ index: Int) -> Double { self[index].number }

    /// An argument as a Boolean.
    func bool(_ index: Int) -> Bool { self[index].bool }

    /// The bytes of an argument, a `Uint8Array` that nobody else has.
    func bytes(_ index: Int) throws -> [UInt8] {
        guard let bytes = self[index].bytes else { throw BindingError("\(name): argument \(index) is no Uint8Array") }
        return bytes
    }
}

/// A mistake in the bindings themselves, not in a test.
struct BindingError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
