// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
@_spi(Conformance) import WhippetStreams

/// The transform streams of the Encoding Standard and the Compression Standard, over the core and Swift's codecs.
enum CodecBinding: Binding {
    static func install(_ natives: Natives) {
        guard let streams = natives.engine.streams else { return }
        let engine = natives.engine
        natives.add("decoderTransform") { call in
            let decoder = try call.object(0, as: TextDecoder.self)
            return try streams.transform { chunk, enqueue in
                let text = try decoder.decode(streams.bufferSource(chunk, allowShared: true), stream: true)
                if !text.isEmpty { try enqueue(text.script(engine)) }
            } flush: { enqueue in
                let text = try decoder.decode()
                if !text.isEmpty { try enqueue(text.script(engine)) }
            }
        }
        natives.add("encoderTransform") { _ in
            let text = ScriptText()
            let encoder = TextEncoder()
            return try streams.transform { chunk, enqueue in
                let piece = text.append(try streams.codeUnits(chunk))
                if !piece.isEmpty { try enqueue(streams.view(of: encoder.encode(piece))) }
            } flush: { enqueue in
                let piece = text.finish()
                if !piece.isEmpty { try enqueue(streams.view(of: encoder.encode(piece))) }
            }
        }
        natives.add("compressionTransform") { call in
            guard let format = CompressionFormat(rawValue: call.string(0)) else {
                throw TypeError("\"\(call.string(0))\" is not a valid CompressionFormat")
            }
            let context = try CompressionContexts(format, decompresses: call.bool(1))
            return try streams.transform { chunk, enqueue in
                context.write(try streams.bufferSource(chunk, allowShared: false))
                while let piece = try context.read() { try enqueue(streams.view(of: piece)) }
            } flush: { enqueue in
                context.finish()
                while let piece = try context.read() { try enqueue(streams.view(of: piece)) }
            }
        }
    }
}

/// Scripts' strings on their way into Swift's: a surrogate pair may be split between two chunks.
private final class ScriptText {
    private var leadingSurrogate: UInt16?

    /// The text so far, but for a surrogate that may be half of a pair.
    func append(_ units: [UInt16]) -> String {
        var units = units
        // A chunk without code units leaves the surrogate where it is.
        guard let last = units.last else { return "" }
        if let leadingSurrogate { units.insert(leadingSurrogate, at: 0) }
        leadingSurrogate = nil
        if UTF16.isLeadSurrogate(last) {
            leadingSurrogate = last
            units.removeLast()
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// What is left at the end.
    func finish() -> String {
        defer { leadingSurrogate = nil }
        return leadingSurrogate.map { String(decoding: [$0], as: UTF16.self) } ?? ""
    }
}

extension StreamBindings {
    /// Makes a transform stream whose steps are Swift's.
    fileprivate func transform(
        _ transform: @escaping (AnyObject, (Value) throws -> Void) throws -> Void,
        flush: @escaping ((Value) throws -> Void) throws -> Void
    ) throws -> Handle {
        var controller: DrivenTransformStreamDefaultController?
        let enqueue: (Value) throws -> Void = { try controller?.enqueue(HeldValue($0)) }
        let transformer = DrivenTransformer(
            start: {
                controller = $0
                return nil
            },
            transform: { chunk in
                driver.promise {
                    try transform(chunk, enqueue)
                    return engine.undefined
                }
            },
            flush: {
                driver.promise {
                    try flush(enqueue)
                    return engine.undefined
                }
            })
        return Handle(
            try DrivenTransformStream(
                realm, transformer, writableStrategy: .init(highWaterMark: 1),
                readableStrategy: .init(highWaterMark: 0)))
    }

    /// The bytes of a chunk that must be a buffer or a view.
    fileprivate func bufferSource(_ chunk: AnyObject, allowShared: Bool) throws -> [UInt8] {
        try driver.call("bytesOfSource", [driver.value(chunk), allowShared.script(engine)]).bytes ?? []
    }

    /// The code units of a chunk, which becomes a string if it is none.
    fileprivate func codeUnits(_ chunk: AnyObject) throws -> [UInt16] {
        try driver.call("stringOf", [driver.value(chunk)]).codeUnits
    }
}
