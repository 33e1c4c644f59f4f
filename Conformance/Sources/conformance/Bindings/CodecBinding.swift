// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
@_spi(Conformance) import WhippetStreams

/// The transform streams of the Encoding Standard, whose steps run in the core, and those of the Compression Standard:
/// Swift's own, with both ends in scripts' hands.
///
/// What runs in Swift's tasks settles JavaScript's promises in no fixed order, and the tests of the former look at that.
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
        natives.add("compressionStream") { call in
            guard let format = CompressionFormat(rawValue: call.string(0)) else {
                throw TypeError("\"\(call.string(0))\" is not a valid CompressionFormat")
            }
            let stream =
                call.bool(1) ? try DecompressionStream(format).transform : try CompressionStream(format).transform
            let ends = try StreamEnds(streams, stream) {
                try streams.bufferSource($0, allowShared: false)
            } output: {
                try streams.view(of: $0)
            }
            // Handles that JavaScript makes of them one by one: the collector would not find the first in Swift's array.
            return [try ends.readable(), try ends.writable()]
        }
    }
}

/// The two ends of one of Swift's transform streams as scripts see them.
private struct StreamEnds<Input: Sendable, Output: Sendable> {
    private let streams: StreamBindings
    private let reader: ReadableStreamDefaultReader<Output>
    private let writer: WritableStreamDefaultWriter<Input>
    private let input: (AnyObject) throws -> Input
    private let output: (Output) throws -> Value

    private var engine: Engine { streams.engine }

    /// Takes both ends.
    init(
        _ streams: StreamBindings, _ transform: TransformStream<Input, Output>,
        input: @escaping (AnyObject) throws -> Input,
        output: @escaping (Output) throws -> Value
    ) throws {
        self.streams = streams
        self.input = input
        self.output = output
        reader = try transform.readable.getReader()
        writer = try transform.writable.getWriter()
    }

    /// Makes the readable end.
    func readable() throws -> Handle {
        let stream = DrivenReadableStream(streams.realm)
        var controller: DrivenReadableStreamDefaultController?
        func deliver(_ chunk: Output?) throws -> any Scriptable {
            if let chunk {
                try controller?.enqueue(HeldValue(try output(chunk)))
            } else {
                try controller?.close()
            }
            return Nothing()
        }
        let source = DrivenSource<DrivenReadableStreamDefaultController>(
            start: {
                controller = $0
                return nil
            },
            pull: {
                streams.settled { try engine.promise({ [reader] in try await reader.read() }, deliver) }
            },
            cancel: { reason in
                streams.settled { try engine.promise { [reader] in try await reader.cancel(reason) } }
            })
        try stream.setUpDefaultController(source, highWaterMark: 0)
        // An error is seen before anybody reads.
        try engine.watch({ [reader] in try await reader.closed }, { controller?.error($0) })
        return Handle(stream)
    }

    /// Makes the writable end.
    func writable() throws -> Handle {
        let stream = DrivenWritableStream(streams.realm)
        var controller: DrivenWritableStreamDefaultController?
        let sink = DrivenSink(
            start: {
                controller = $0
                return nil
            },
            write: { chunk in streams.settled { try write(chunk) } },
            close: {
                streams.settled { try engine.promise { [writer] in try await writer.close() } }
            },
            abort: { reason in
                streams.settled { try engine.promise { [writer] in try await writer.abort(reason) } }
            })
        try stream.setUpDefaultController(sink, highWaterMark: 1)
        try engine.watch({ [writer] in try await writer.closed }, { controller?.error($0) })
        return Handle(stream)
    }

    private func write(_ chunk: AnyObject) throws -> Value {
        do {
            let value = try input(chunk)
            return try engine.promise { [writer] in try await writer.write(value) }
        } catch {
            // A chunk of the wrong type is an error of the transform: both ends see it.
            let thrown = ThrownValue(engine.script(of: error))
            return try engine.promise { [writer] in
                try? await writer.abort(thrown)
                throw thrown
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
