// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetFetch
import WhippetInfra
import WhippetJSON
@_spi(Conformance) import WhippetStreams

/// What a body is made of.
final class BodyInitObject {
    let content: any BodyInit
    /// The script's stream, if it is one.
    let source: ScriptByteSource?

    init(_ content: any BodyInit, source: ScriptByteSource? = nil) {
        self.content = content
        self.source = source
    }
}

/// The mixin `Body`.
enum MessageBinding: Binding {
    static func install(_ natives: Natives) {
        guard let streams = natives.engine.streams else { return }
        natives.add("bodyOfText") { call in Handle(BodyInitObject(call.string(0))) }
        natives.add("bodyOfBytes") { call in Handle(BodyInitObject(try call.bytes(0))) }
        natives.add("bodyOfBlob") { call in
            let object = try call.object(0, as: BlobObject.self)
            return Handle(BodyInitObject(object.file ?? object.blob))
        }
        natives.add("bodyOfForm") { call in Handle(BodyInitObject(try call.object(0, as: FormObject.self).form)) }
        natives.add("bodyOfParams") { call in
            Handle(BodyInitObject(try call.object(0, as: SearchParamsObject.self).params))
        }
        natives.add("bodyOfStream") { call in
            let source = ScriptByteSource(try call.object(0), streams)
            return Handle(BodyInitObject(source.makeByteStream(), source: source))
        }

        natives.add("messageHeaders") { call in Handle(MessageHeadersObject(try call.object(0))) }
        natives.add("messageBody") { call in try call.object(0, as: MessageObject.self).body().map(Handle.init) }
        natives.add("messageBodyUsed") { call in try call.object(0, as: MessageObject.self).bodyUsed }
        reading(natives, "messageText", { try await $0.text() }, { try await $0.text() }, { $0 })
        reading(natives, "messageBytes", { try await $0.bytes() }, { try await $0.bytes() }, Bytes.init)
        reading(natives, "messageBlob", { try await $0.blob() }, { try await $0.blob() }, { Handle(BlobObject($0)) })
        let form: (FormData) -> any Scriptable = { Handle(FormObject($0)) }
        reading(natives, "messageForm", { try await $0.formData() }, { try await $0.formData() }, form)
        reading(natives, "messageJSON", { try await json($0) }, { try await $0.json() }, ScriptJSON.init)
    }

    /// Adds one of the body's reading methods.
    private static func reading<Result: Sendable>(
        _ natives: Natives, _ name: String, _ request: @escaping @Sendable (Request) async throws -> Result,
        _ response: @escaping @Sendable (Response) async throws -> Result,
        _ convert: @escaping (Result) -> any Scriptable
    ) {
        natives.add(name) { call in
            let object = try call.object(0, as: MessageObject.self)
            try object.claim()
            switch object.message {
            case .request(let value): return try call.engine.promise({ try await request(value) }, convert)
            case .response(let value): return try call.engine.promise({ try await response(value) }, convert)
            }
        }
    }

    /// A request tells its client what is wrong with its JSON; a script is told as by a response.
    private static func json(_ request: Request) async throws -> JSON {
        do {
            return try await request.json()
        } catch let error as HTTPError where error.status == .badRequest {
            throw ScriptSyntaxError(message: error.message)
        }
    }
}

/// What is a `SyntaxError` in JavaScript.
struct ScriptSyntaxError: Error {
    let message: String
}

/// A JSON value on its way to a script.
struct ScriptJSON: Scriptable {
    let json: JSON

    func script(_ engine: Engine) -> Value {
        switch json {
        case .null: return engine.null
        case .bool(let value): return value.script(engine)
        case .number(let number): return number.doubleValue.script(engine)
        case .string(let text): return text.script(engine)
        case .array(let elements): return elements.map(ScriptJSON.init).script(engine)
        case .object(let object):
            let result = (try? engine.evaluate("({})", name: "json")) ?? engine.undefined
            for (key, value) in object { result.set(key, ScriptJSON(json: value).script(engine)) }
            return result
        }
    }
}
