// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Reads `multipart/form-data` from bytes that come in any pieces.
///
/// A body is the delimiter `--boundary`, a part's header lines, an empty line, the part's bytes, a line break and the
/// next delimiter; the last one ends in `--`. Only a delimiter at the start of a line counts. Where the grammar leaves a
/// choice that two readers could take differently (text before the first delimiter or after the last, a repeated header,
/// folded lines, line breaks without CR), the body is refused.
///
/// Source: [RFC 7578](https://www.rfc-editor.org/rfc/rfc7578), [RFC 2046 §5.1.1](
/// https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1), and the steps of
/// [multipart/form-data parser](https://andreubotella.github.io/multipart-form-data/#multipart-form-data-parser).
struct MultipartParser {
    /// What was read.
    enum Event {
        /// A part begins.
        case part(MultipartPartHead)
        /// Bytes of the part's body.
        case bytes(ArraySlice<UInt8>)
        /// The part is complete.
        case partEnd
        /// The body is complete.
        case end
    }

    private enum State {
        /// Before the first delimiter.
        case start
        /// Behind a delimiter.
        case delimiter
        /// At the line break before the headers of a part, which have been searched up to an index.
        case head(searched: Int)
        case body
        /// Behind the closing delimiter.
        case closed
    }

    /// `\r\n--boundary`.
    private let delimiter: [UInt8]
    private let limits: FormDataLimits
    private var state = State.start
    private var buffer: [UInt8] = []
    private var position = 0
    private var total = 0
    private var part = 0
    private var partSize = 0

    /// Makes a parser for a boundary.
    init(boundary: String?, limits: FormDataLimits) throws(MultipartError) {
        // RFC 2046 §5.1.1: 1 to 70 characters; the MIME parser has seen to it that none is a line break.
        guard let boundary, !boundary.isEmpty, boundary.unicodeScalars.count <= 70 else { throw .noBoundary }
        // The parameter is Latin-1.
        delimiter = Array("\r\n--".utf8) + boundary.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        self.limits = limits
    }

    /// Takes the next bytes of the body.
    mutating func append(_ chunk: [UInt8]) throws(MultipartError) {
        let (sum, overflow) = total.addingReportingOverflow(chunk.count)
        if let limit = limits.totalSize, overflow || sum > limit { throw .tooLarge(limit: limit) }
        total = sum
        if position == buffer.count {
            buffer = chunk
            position = 0
        } else {
            discardConsumed()
            buffer.append(contentsOf: chunk)
        }
    }

    /// Reads on; nil where more bytes are needed, which can't be when `isAtEnd` says that all have come.
    mutating func next(isAtEnd: Bool) throws(MultipartError) -> Event? {
        while true {
            switch state {
            case .start:
                guard try skipFirstDelimiter(isAtEnd) else { return nil }
            case .delimiter:
                guard try skipDelimiterEnd(isAtEnd) else { return nil }
            case .head(let searched):
                return try readHead(searched, isAtEnd).map { .part($0) }
            case .body:
                return try readBody(isAtEnd)
            case .closed:
                return try readEnd(isAtEnd) ? .end : nil
            }
        }
    }

    // MARK: - Algorithm

    private var available: Int { buffer.count - position }

    /// Expects the first delimiter, without the line break before it, which some clients send nevertheless.
    private mutating func skipFirstDelimiter(_ isAtEnd: Bool) throws(MultipartError) -> Bool {
        let start = available > 0 && buffer[position] == 0x0D ? 0 : 2
        let expected = delimiter[start...]
        guard buffer[position...].starts(with: expected.prefix(available)) else { throw .noDelimiter }
        guard available >= expected.count else { return try incomplete(isAtEnd) }
        position += expected.count
        state = .delimiter
        return true
    }

    /// Expects what may follow a delimiter: `--`, or blanks and a line break.
    private mutating func skipDelimiterEnd(_ isAtEnd: Bool) throws(MultipartError) -> Bool {
        let blanks = buffer[position...].prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard blanks <= 1024 else { throw .malformedDelimiter(part: part) }
        let rest = buffer[(position + blanks)...].prefix(2)
        if blanks == 0, rest.elementsEqual([0x2D, 0x2D]) {
            position += 2
            state = .closed
            return true
        }
        if rest.elementsEqual([0x0D, 0x0A]) {
            guard part < limits.parts else { throw .tooManyParts(limit: limits.parts) }
            part += 1
            partSize = 0
            position += blanks
            state = .head(searched: position)
            return true
        }
        let mayFollow: ClosedRange<UInt8> = blanks == 0 ? 0x0D...0x2D : 0x0D...0x0D
        guard rest.count < 2, rest.allSatisfy({ $0 == mayFollow.lowerBound || $0 == mayFollow.upperBound }) else {
            throw .malformedDelimiter(part: part)
        }
        return try incomplete(isAtEnd)
    }

    /// Reads the header lines up to the empty line.
    private mutating func readHead(_ searched: Int, _ isAtEnd: Bool) throws(MultipartError) -> MultipartPartHead? {
        let end = emptyLine(from: searched)
        // The line break of the delimiter stands in front, so that a head without lines is found like any other.
        // What was found so far may end in a part of the empty line.
        let size = (end ?? buffer.count - 3) - position - 2
        if size > limits.partHeaders { throw .headersTooLarge(part: part, limit: limits.partHeaders) }
        guard let end else {
            if isAtEnd { throw .incomplete(part: part) }
            state = .head(searched: max(position, buffer.count - 3))
            return nil
        }
        let lines = buffer[min(position + 2, end)..<end]
        position = end + 4
        state = .body
        return try MultipartPartHead(lines, part: part)
    }

    /// Where the next CR LF CR LF is.
    private func emptyLine(from start: Int) -> Int? {
        var index = start
        while index + 4 <= buffer.count {
            if buffer[index] == 0x0D, buffer[index + 1] == 0x0A, buffer[index + 2] == 0x0D, buffer[index + 3] == 0x0A {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Reads the part's bytes up to the next delimiter, or as far as they can't be a part of one.
    private mutating func readBody(_ isAtEnd: Bool) throws(MultipartError) -> Event? {
        let (end, isDelimiter) = endOfBody()
        if end > position {
            partSize += end - position
            if let limit = limits.partSize, partSize > limit { throw .partTooLarge(part: part, limit: limit) }
            defer { position = end }
            return .bytes(buffer[position..<end])
        }
        guard isDelimiter else {
            if isAtEnd { throw .incomplete(part: part) }
            return nil
        }
        position += delimiter.count
        state = .delimiter
        return .partEnd
    }

    /// Where the bytes at hand end that belong to the body for sure, and whether the whole delimiter follows there.
    private func endOfBody() -> (end: Int, isDelimiter: Bool) {
        // SAFETY: each address lies within the buffer: `index` stays below its count, and `count` bytes follow it.
        buffer.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return (position, false) }
            return delimiter.withUnsafeBufferPointer { delimiter in
                guard let pattern = delimiter.baseAddress else { return (position, false) }
                var index = position
                while index < bytes.count {
                    guard let found = memchr(base + index, 0x0D, bytes.count - index) else { break }
                    index = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
                    let count = min(delimiter.count, bytes.count - index)
                    if memcmp(base + index, pattern, count) == 0 { return (index, count == delimiter.count) }
                    index += 1
                }
                return (bytes.count, false)
            }
        }
    }

    /// Expects nothing but a line break behind the closing delimiter.
    private mutating func readEnd(_ isAtEnd: Bool) throws(MultipartError) -> Bool {
        let expected: [UInt8] = [0x0D, 0x0A]
        guard available <= 2, buffer[position...].elementsEqual(expected.prefix(available)) else {
            throw .trailingBytes
        }
        guard isAtEnd || available < 2 else { return false }
        if isAtEnd, available == 1 { throw .trailingBytes }
        return isAtEnd
    }

    private func incomplete(_ isAtEnd: Bool) throws(MultipartError) -> Bool {
        if isAtEnd { throw .incomplete(part: part) }
        return false
    }

    private mutating func discardConsumed() {
        guard position > 0 else { return }
        if case .head(let searched) = state { state = .head(searched: searched - position) }
        buffer.removeFirst(position)
        position = 0
    }
}
