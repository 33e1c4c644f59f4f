// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetHTTP1
import WhippetInfra

/// Bytes written as a string: each scalar up to U+00FF is one byte.
func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// The bytes of a buffer as such a string.
func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var result = ""
    for byte in bytes { result.unicodeScalars.append(Unicode.Scalar(byte)) }
    return result
}

/// What a parser made of a head, however the input was cut.
struct ParsedHead: Equatable {
    var startLine: [String]
    var fields: [String]
    var authority: String
    var path: String
    var body: BodyFraming
    var keepsAlive: Bool
    var expectsContinue = false
    var rest: String
}

enum HeadOutcome: Equatable {
    case incomplete
    case complete(ParsedHead)
    case failed(MessageError)

    var error: MessageError? {
        if case .failed(let error) = self { error } else { nil }
    }

    var head: ParsedHead? {
        if case .complete(let head) = self { head } else { nil }
    }
}

/// Feeds a request in pieces that end at `cuts`, each in memory of its own size, so that a sanitizer sees any read
/// behind its end.
func parseRequest(
    _ input: [UInt8], cuts: some Sequence<Int>, limits: MessageLimits = MessageLimits()
) -> HeadOutcome {
    var parser = RequestParser(limits: limits)
    let head = MessageHead()
    return feed(input, cuts: cuts) { piece, consumed in
        switch parser.parse(piece, into: head) {
        case .incomplete(let count):
            consumed += count
            return nil
        case .failed(let error):
            return .failed(error)
        case .complete(let count, let framing):
            consumed += count
            let storage = head.storage.pointee
            return .complete(
                ParsedHead(
                    startLine: [storage.method.rawValue, run(storage.target, head), "1.\(storage.minorVersion)"],
                    fields: fields(head), authority: run(storage.authority, head), path: run(framing.path, head),
                    body: framing.body, keepsAlive: framing.keepsAlive, expectsContinue: framing.expectsContinue,
                    rest: restText(input, consumed)))
        }
    }
}

/// Feeds a response in pieces that end at `cuts`.
func parseResponse(
    _ input: [UInt8], cuts: some Sequence<Int>, requestMethod: HTTPMethod = .GET
) -> HeadOutcome {
    var parser = ResponseParser(requestMethod: requestMethod)
    let head = MessageHead()
    return feed(input, cuts: cuts) { piece, consumed in
        switch parser.parse(piece, into: head) {
        case .incomplete(let count):
            consumed += count
            return nil
        case .failed(let error):
            return .failed(error)
        case .complete(let count, let framing):
            consumed += count
            let storage = head.storage.pointee
            return .complete(
                ParsedHead(
                    startLine: ["1.\(storage.minorVersion)", "\(storage.statusCode)", run(storage.reason, head)],
                    fields: fields(head), authority: "", path: "", body: framing.body, keepsAlive: framing.keepsAlive,
                    rest: restText(input, consumed)))
        }
    }
}

/// Hands over each piece behind what is left of the ones before, in memory of exactly that size.
private func feed(
    _ input: [UInt8], cuts: some Sequence<Int>,
    _ parse: (UnsafeBufferPointer<UInt8>, inout Int) -> HeadOutcome?
) -> HeadOutcome {
    var consumed = 0
    for cut in cuts {
        let piece = UnsafeMutablePointer<UInt8>.allocate(capacity: max(cut - consumed, 1))
        defer { piece.deallocate() }
        input.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            piece.update(from: base + consumed, count: cut - consumed)
        }
        let view = UnsafeBufferPointer(start: UnsafePointer(piece), count: cut - consumed)
        if let outcome = parse(view, &consumed) { return outcome }
    }
    return .incomplete
}

private func run(_ run: MessageHead.Run, _ head: MessageHead) -> String {
    text(head.bytes(run))
}

private func fields(_ head: MessageHead) -> [String] {
    (0..<head.count).map { index in
        let field = head.field(index)
        return "\(run(field.name, head)): \(run(field.value, head))"
    }
}

private func restText(_ input: [UInt8], _ consumed: Int) -> String {
    Array(input[consumed...]).withUnsafeBufferPointer { text($0) }
}

/// What the chunked coding came to: the content and the input behind it, or an error and the content before it.
struct ChunkedOutcome: Equatable {
    var content = ""
    var end: End

    enum End: Equatable {
        case incomplete
        case finished(rest: String)
        case failed(MessageError)
    }
}

/// Feeds a chunked body in pieces that end at `cuts`.
func decodeChunked(_ input: [UInt8], cuts: some Sequence<Int>, overheadLimit: Int = 16 * 1024) -> ChunkedOutcome {
    var decoder = ChunkedDecoder(overheadLimit: overheadLimit)
    var content = ""
    var consumed = 0
    for cut in cuts {
        while consumed < cut {
            let piece = Array(input[consumed..<cut])
            let step = piece.withUnsafeBufferPointer { decoder.decode($0) }
            switch step {
            case .incomplete(let count):
                consumed += count
                if consumed < cut { return ChunkedOutcome(content: "stopped before the end", end: .incomplete) }
            case .data(let skipped, let count):
                content += piece[skipped..<(skipped + count)].withUnsafeBufferPointer { text($0) }
                consumed += skipped + count
            case .finished(let count):
                consumed += count
                return ChunkedOutcome(content: content, end: .finished(rest: restText(input, consumed)))
            case .failed(let error):
                return ChunkedOutcome(content: content, end: .failed(error))
            }
        }
    }
    return ChunkedOutcome(content: content, end: .incomplete)
}
