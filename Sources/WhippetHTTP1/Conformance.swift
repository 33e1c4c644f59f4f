// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// Reads HTTP/1.1 messages from bytes, in one piece or in many.
@_spi(Conformance) public enum MessageReading {
    /// What came of reading.
    public enum Outcome: Hashable, Sendable {
        /// The bytes end before the message does.
        case incomplete
        /// The bytes break a rule; its name.
        case failed(String)
        /// The message ends behind so many bytes; everything that was read, as text.
        case complete(consumed: Int, content: [UInt8])
    }

    /// Reads a request's head, handing over `step` more bytes at a time.
    public static func requestHead(_ bytes: UnsafeBufferPointer<UInt8>, step: Int) -> Outcome {
        let head = MessageHead()
        var parser = RequestParser()
        return read(bytes, step) { input in
            switch parser.parse(input, into: head) {
            case .incomplete(let consumed): return .more(consumed)
            case .failed(let error): return .failed("\(error)")
            case .complete(let consumed, let framing):
                var content = Array("\(head.storage.pointee.method) ".utf8)
                content += head.bytes(head.storage.pointee.target)
                content += Array(" \(framing.body) \(framing.keepsAlive) \(framing.expectsContinue) ".utf8)
                content += Array("\(framing.targetForm) \(framing.hasHost) ".utf8)
                content += head.bytes(framing.path)
                content.append(0x20)
                content += head.bytes(head.storage.pointee.authority)
                return .complete(consumed, content + fields(head))
            }
        }
    }

    /// Reads the head of a response to `GET`, handing over `step` more bytes at a time.
    public static func responseHead(_ bytes: UnsafeBufferPointer<UInt8>, step: Int) -> Outcome {
        let head = MessageHead()
        var parser = ResponseParser()
        return read(bytes, step) { input in
            switch parser.parse(input, into: head) {
            case .incomplete(let consumed): return .more(consumed)
            case .failed(let error): return .failed("\(error)")
            case .complete(let consumed, let framing):
                var content = Array("\(head.storage.pointee.statusCode) \(framing) ".utf8)
                content += head.bytes(head.storage.pointee.reason)
                return .complete(consumed, content + fields(head))
            }
        }
    }

    /// Takes the chunked coding off a body, handing over `step` more bytes at a time.
    public static func chunked(_ bytes: UnsafeBufferPointer<UInt8>, step: Int) -> Outcome {
        var decoder = ChunkedDecoder()
        var content: [UInt8] = []
        return read(bytes, step) { input in
            switch decoder.decode(input) {
            case .incomplete(let consumed): return .more(consumed)
            case .failed(let error): return .failed("\(error)")
            case .finished(let consumed): return .complete(consumed, content)
            case .data(let skipped, let count):
                content += input[skipped..<(skipped + count)]
                return .more(skipped + count)
            }
        }
    }

    // MARK: - Algorithm

    private enum Step {
        case more(Int)
        case failed(String)
        case complete(Int, [UInt8])
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ step: Int, _ parse: (UnsafeBufferPointer<UInt8>) -> Step
    ) -> Outcome {
        var start = 0
        var end = min(max(step, 1), bytes.count)
        while true {
            switch parse(UnsafeBufferPointer(rebasing: bytes[start..<end])) {
            case .failed(let name): return .failed(name)
            case .complete(let consumed, let content): return .complete(consumed: start + consumed, content: content)
            case .more(let consumed):
                precondition(consumed <= end - start, "a parser consumed more than it was given")
                start += consumed
                // Content that was consumed may have more behind it.
                if consumed > 0, start < end { continue }
                if end == bytes.count { return .incomplete }
                end = min(end + max(step, 1), bytes.count)
            }
        }
    }

    private static func fields(_ head: MessageHead) -> [UInt8] {
        var content: [UInt8] = []
        for index in 0..<head.count {
            let field = head.field(index)
            content.append(0x0A)
            content += head.bytes(field.name)
            content.append(0x3A)
            content += head.bytes(field.value)
        }
        return content
    }
}

/// Reads one request head after the other into the same memory, as a connection does.
@_spi(Conformance) public struct RequestHeadReader {
    private let head = MessageHead()
    private var parser = RequestParser()

    /// Makes a reader.
    public init() {}

    /// Reads a head; returns how many fields it has, nil if it is not valid or not complete.
    public mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        parser.reset()
        guard case .complete = parser.parse(bytes, into: head) else { return nil }
        return head.count
    }
}
