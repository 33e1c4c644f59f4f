// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a template: text up to the next tag, the tag, and so on.
///
/// A tag that is alone on its line, and prints nothing itself, takes its line away with it.
struct MustacheParser {
    typealias Node = MustacheTemplate.Node
    typealias Name = MustacheTemplate.Name

    /// Sections can be nested this deep.
    static let maximumDepth = 100

    private struct OpenSection {
        var name: String
        var isInverted: Bool
        var line: Int
        /// The nodes around the section, up to it.
        var before: [Node]
    }

    private let bytes: [UInt8]
    private var position = 0
    private var open: [UInt8] = Array("{{".utf8)
    private var close: [UInt8] = Array("}}".utf8)
    private var nodes: [Node] = []
    private var sections: [OpenSection] = []
    /// Whether what comes next begins a line.
    private var isAtLineStart = true
    /// Lines are counted from the place where they were counted last.
    private var counted = (position: 0, line: 1)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parse() throws(MustacheError) -> [Node] {
        while let start = find(open, from: position) {
            try parseTag(at: start)
        }
        addText(position..<bytes.count)
        if let section = sections.last {
            throw MustacheError("the section \"\(section.name)\" is not closed", line: section.line)
        }
        return nodes
    }

    // MARK: - Tags

    private mutating func parseTag(at start: Int) throws(MustacheError) {
        var content = start + open.count
        let sigil = content < bytes.count ? bytes[content] : 0
        let ending: [UInt8]
        switch sigil {
        case UInt8(ascii: "{"): ending = [UInt8(ascii: "}")] + close
        case UInt8(ascii: "="): ending = [UInt8(ascii: "=")] + close
        default: ending = close
        }
        let hasSigil = "#^/>&!{=".utf8.contains(sigil)
        if hasSigil { content += 1 }
        guard let end = find(ending, from: content) else { throw failure("a tag is not closed", at: start) }
        let after = end + ending.count
        let mayStandAlone = hasSigil && sigil != UInt8(ascii: "{") && sigil != UInt8(ascii: "&")
        let line = mayStandAlone ? wholeLine(start..<after) : nil
        addText(position..<(line?.lowerBound ?? start))
        position = line?.upperBound ?? after
        if line == nil { beginLine() }

        switch sigil {
        case UInt8(ascii: "!"):
            return
        case UInt8(ascii: "="):
            try setDelimiters(content..<end, at: start)
        case UInt8(ascii: "#"), UInt8(ascii: "^"):
            guard sections.count < Self.maximumDepth else {
                throw failure("sections are nested deeper than \(Self.maximumDepth)", at: start)
            }
            let name = try trimmed(content..<end, at: start)
            sections.append(
                OpenSection(
                    name: name, isInverted: sigil == UInt8(ascii: "^"), line: lineNumber(of: start), before: nodes))
            nodes = []
        case UInt8(ascii: "/"):
            try closeSection(trimmed(content..<end, at: start), at: start)
        case UInt8(ascii: ">"):
            let indentation = line.map { Array(bytes[$0.lowerBound..<start]) } ?? []
            nodes.append(
                .partial(
                    try trimmed(content..<end, at: start), indentation: indentation, line: lineNumber(of: start)))
        default:
            let isEscaped = sigil != UInt8(ascii: "{") && sigil != UInt8(ascii: "&")
            nodes.append(.variable(try name(trimmed(content..<end, at: start), at: start), isEscaped: isEscaped))
        }
    }

    private mutating func closeSection(_ name: String, at start: Int) throws(MustacheError) {
        guard let section = sections.popLast() else {
            throw failure("the section \"\(name)\" is closed and was not opened", at: start)
        }
        guard section.name == name else {
            throw failure(
                "the section \"\(name)\" is closed where \"\(section.name)\" of line \(section.line) is open", at: start
            )
        }
        let parts = try self.name(name, at: start)
        let inside = nodes
        nodes = section.before
        nodes.append(section.isInverted ? .inverted(parts, inside) : .section(parts, inside))
    }

    private mutating func setDelimiters(_ range: Range<Int>, at start: Int) throws(MustacheError) {
        let parts = bytes[range].split(whereSeparator: Self.isBlank)
        guard parts.count == 2, let first = parts.first, let second = parts.last, !first.contains(0x3D),
            !second.contains(0x3D)
        else { throw failure("delimiters are two words without \"=\"", at: start) }
        open = Array(first)
        close = Array(second)
    }

    private mutating func trimmed(_ range: Range<Int>, at start: Int) throws(MustacheError) -> String {
        let words = bytes[range].split(whereSeparator: Self.isBlank)
        guard words.count == 1, let word = words.first else {
            throw failure(words.isEmpty ? "a tag has no name" : "a name holds blanks", at: start)
        }
        return String(decoding: word, as: UTF8.self)
    }

    private mutating func name(_ text: String, at start: Int) throws(MustacheError) -> Name {
        if text == "." { return Name(parts: []) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else { throw failure("the name \"\(text)\" has an empty part", at: start) }
        return Name(parts: parts)
    }

    // MARK: - Text

    private mutating func addText(_ range: Range<Int>) {
        for line in bytes[range].split(separator: 0x0A, omittingEmptySubsequences: false) {
            // The last piece has no end of line behind it.
            let end = line.endIndex < range.upperBound ? line.endIndex + 1 : line.endIndex
            guard line.startIndex < end else { continue }
            beginLine()
            nodes.append(.text(Array(bytes[line.startIndex..<end])))
            isAtLineStart = bytes[end - 1] == 0x0A
        }
    }

    private mutating func beginLine() {
        guard isAtLineStart else { return }
        nodes.append(.lineStart)
        isAtLineStart = false
    }

    /// The line of a tag that stands alone on it, its end included; nil for one that does not.
    private func wholeLine(_ tag: Range<Int>) -> Range<Int>? {
        var start = tag.lowerBound
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        guard start == 0 || bytes[start - 1] == 0x0A else { return nil }
        var end = tag.upperBound
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        if end == bytes.count { return start..<end }
        if bytes[end] == 0x0A { return start..<(end + 1) }
        guard bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A else { return nil }
        return start..<(end + 2)
    }

    private func find(_ wanted: [UInt8], from start: Int) -> Int? {
        guard let first = wanted.first, start <= bytes.count else { return nil }
        var place = start
        while let next = bytes[place...].firstIndex(of: first) {
            if bytes[next...].starts(with: wanted) { return next }
            place = next + 1
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0D ~= byte
    }

    private mutating func failure(_ message: String, at place: Int) -> MustacheError {
        MustacheError(message, line: lineNumber(of: place))
    }

    private mutating func lineNumber(of place: Int) -> Int {
        guard place >= counted.position else { return counted.line }
        for byte in bytes[counted.position..<place] where byte == 0x0A { counted.line += 1 }
        counted.position = place
        return counted.line
    }
}
