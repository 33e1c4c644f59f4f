// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The header lines of a part of `multipart/form-data`.
///
/// Implements [parse multipart/form-data headers](
/// https://andreubotella.github.io/multipart-form-data/#parse-multipart-form-data-headers), with the parameters that
/// RFC 7578 §4.2 allows in any order, quoted or as tokens: some clients send `name=a`.
struct MultipartPartHead: Sendable {
    private(set) var name = ""
    private(set) var filename: String?
    /// The value of `Content-Type`, nil if there is none.
    private(set) var contentType: String?
    private let lines: ArraySlice<UInt8>

    /// Reads lines, which CR LF separates.
    init(_ lines: ArraySlice<UInt8>, part: Int) throws(MultipartError) {
        self.lines = lines
        var hasDisposition = false
        for line in Self.split(lines) {
            guard let field = Self.field(line) else {
                throw .malformedHeader(part: part, line: Self.latin1(line))
            }
            if Self.equals(field.name, "content-disposition") {
                if hasDisposition { throw .repeatedHeader(part: part, name: "Content-Disposition") }
                hasDisposition = true
                try readDisposition(field.value, part)
            } else if Self.equals(field.name, "content-type") {
                if contentType != nil { throw .repeatedHeader(part: part, name: "Content-Type") }
                contentType = Self.latin1(field.value)
            }
        }
        guard hasDisposition else { throw .noDisposition(part: part) }
    }

    /// All headers.
    var headers: Headers {
        var headers = Headers()
        for line in Self.split(lines) {
            if let field = Self.field(line) { headers.addLast(Self.latin1(field.name), Self.latin1(field.value)) }
        }
        return headers
    }

    // MARK: - Lines

    private static func split(_ lines: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var list: [ArraySlice<UInt8>] = []
        var start = lines.startIndex
        var index = start
        while index < lines.endIndex {
            if lines[index] == 0x0D, index + 1 < lines.endIndex, lines[index + 1] == 0x0A {
                list.append(lines[start..<index])
                start = index + 2
                index = start
            } else {
                index += 1
            }
        }
        if !lines.isEmpty { list.append(lines[start...]) }
        return list
    }

    /// The name and value of a line, nil for a line that is none, such as a folded one.
    private static func field(_ line: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
        guard let colon = line.firstIndex(of: 0x3A) else { return nil }
        let name = line[..<colon]
        let value = trimmed(line[(colon + 1)...])
        guard !name.isEmpty, name.allSatisfy({ ASCII.isToken($0) }),
            value.allSatisfy({ $0 != 0 && $0 != 0x0D && $0 != 0x0A })
        else { return nil }
        return (name, value)
    }

    // MARK: - Content-Disposition

    private mutating func readDisposition(_ value: ArraySlice<UInt8>, _ part: Int) throws(MultipartError) {
        var hasName = false
        var rest = value
        let malformed = MultipartError.malformedDisposition(part: part, value: Self.latin1(value))
        guard Self.equals(Self.takeToken(&rest), "form-data") else { throw malformed }
        while true {
            rest = Self.trimmed(rest)
            guard let semicolon = rest.popFirst() else { break }
            guard semicolon == 0x3B else { throw malformed }
            rest = Self.trimmed(rest)
            let parameter = Self.takeToken(&rest)
            guard !parameter.isEmpty, rest.popFirst() == 0x3D, let text = Self.takeValue(&rest) else { throw malformed }
            if Self.equals(parameter, "name") {
                if hasName { throw malformed }
                hasName = true
                name = text
            } else if Self.equals(parameter, "filename") {
                if filename != nil { throw malformed }
                filename = text
            }
            // Others say nothing: RFC 7578 §4.2 forbids `filename*`.
        }
        guard hasName else { throw .noName(part: part) }
    }

    private static func takeToken(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let token = rest.prefix { ASCII.isToken($0) }
        rest = rest[token.endIndex...]
        return token
    }

    /// Takes a quoted string, or a token.
    ///
    /// Implements [parse a multipart/form-data name](
    /// https://andreubotella.github.io/multipart-form-data/#parse-a-multipart-form-data-name): it ends at the first
    /// quotation mark, whatever stands before that, and three escapes are undone.
    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.first == 0x22 else {
            let token = takeToken(&rest)
            return token.isEmpty ? nil : String(decoding: token, as: UTF8.self)
        }
        rest.removeFirst()
        guard let end = rest.firstIndex(of: 0x22) else { return nil }
        let name = rest[..<end]
        rest = rest[(end + 1)...]
        guard name.contains(0x25) else { return String(decoding: name, as: UTF8.self) }
        var bytes: [UInt8] = []
        var index = name.startIndex
        while index < name.endIndex {
            if name[index] == 0x25, index + 2 < name.endIndex, let byte = escaped(name[index + 1], name[index + 2]) {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(name[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The byte that `%0A`, `%0D` or `%22` stands for; other escapes are text.
    private static func escaped(_ high: UInt8, _ low: UInt8) -> UInt8? {
        switch (high, low) {
        case (0x30, 0x41): 0x0A
        case (0x30, 0x44): 0x0D
        case (0x32, 0x32): 0x22
        default: nil
        }
    }

    // MARK: - Bytes

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        let end = start.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? start.startIndex - 1
        return start[..<(end + 1)]
    }

    private static func equals(_ bytes: ArraySlice<UInt8>, _ name: StaticString) -> Bool {
        guard bytes.count == name.utf8CodeUnitCount else { return false }
        // SAFETY: a StaticString's storage is immutable, and as long as its count.
        return zip(bytes, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)).allSatisfy {
            ASCII.lowercased($0) == $1
        }
    }

    private static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(latin1: $0) }
    }
}
