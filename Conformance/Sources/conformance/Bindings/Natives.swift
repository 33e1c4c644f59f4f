// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The functions of one area that the prelude calls.
protocol Binding {
    static func install(_ natives: Natives)
}

/// The object `native` of the prelude: all Swift functions under their names.
struct Natives {
    let engine: Engine
    let object: Value

    /// Adds a function.
    func add(_ name: String, _ body: @escaping (Call) throws -> any Scriptable) {
        object.set(name, engine.function(name, body))
    }

    /// All of them.
    static var bindings: [any Binding.Type] {
        [
            HostBinding.self, HeadersBinding.self, URLBinding.self, URLPatternBinding.self, EncodingBinding.self,
            AbortBinding.self, StreamsBinding.self, FileBinding.self, MessageBinding.self, FetchBinding.self,
            CodecBinding.self,
        ]
    }
}
