// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension Lexer {
    // MARK: - Strings

    /// Skips a string from its first quotation mark; the signs before it are skipped already.
    mutating func skipString(pounds: Int) {
        let start = position
        let isMultiline =
            peek() == quote && peek(1) == quote && peek(2) == quote
            && !(pounds > 0 && closesOnThisLine(from: position + 1, pounds: pounds))
        position += isMultiline ? 3 : 1
        while !isAtEnd {
            let byte = bytes[position]
            if byte == quote, closes(isMultiline: isMultiline, pounds: pounds) {
                position += (isMultiline ? 3 : 1) + pounds
                return
            }
            if byte == backslash, hasPounds(pounds, at: position + 1) {
                position += 1 + pounds
                if peek() == UInt8(ascii: "(") {
                    skipInterpolation()
                } else if !isAtEnd, isMultiline || !isNewline(peek()) {
                    position += 1
                }
                continue
            }
            if !isMultiline, isNewline(byte) {
                fail("string", at: start)
                return
            }
            position += 1
        }
        fail("string", at: start)
    }

    /// Skips from the opening parenthesis of an interpolation to the one that closes it.
    private mutating func skipInterpolation() {
        let start = position
        guard interpolationDepth < Lexer.maximumInterpolationDepth else {
            fail("interpolation, nested deeper than \(Lexer.maximumInterpolationDepth) times,", at: start)
            position = bytes.count
            return
        }
        interpolationDepth += 1
        defer { interpolationDepth -= 1 }
        var depth = 0
        while true {
            let token = next()
            if token.kind == .end {
                fail("interpolation", at: start)
                return
            }
            if token.is("(") { depth += 1 }
            if token.is(")") {
                depth -= 1
                if depth == 0 { return }
            }
        }
    }

    private func closes(isMultiline: Bool, pounds: Int) -> Bool {
        guard isMultiline else { return hasPounds(pounds, at: position + 1) }
        return peek(1) == quote && peek(2) == quote && hasPounds(pounds, at: position + 3)
    }

    /// Whether a raw string such as `#"""#`, which looks like the start of one with many lines, has its end here.
    private func closesOnThisLine(from start: Int, pounds: Int) -> Bool {
        var index = start
        while index < bytes.count, !isNewline(bytes[index]) {
            if bytes[index] == quote, hasPounds(pounds, at: index + 1) { return true }
            index += 1
        }
        return false
    }

    private func hasPounds(_ count: Int, at index: Int) -> Bool {
        guard index <= bytes.count, count <= bytes.count - index else { return false }
        return bytes[index..<index + count].allSatisfy { $0 == UInt8(ascii: "#") }
    }

    // MARK: - Regular expressions

    /// Skips a regular expression from its first slash, if it is one.
    ///
    /// The rules are those of [SE-0354](https://github.com/swiftlang/swift-evolution/blob/main/proposals/0354-regex-literals.md):
    /// between single slashes it ends on its line and neither begins nor ends with a blank.
    mutating func skipRegularExpression(pounds: Int) -> Bool {
        let start = position
        var index = position + 1
        let isMultiline = pounds > 0 && index < bytes.count && isNewline(bytes[index])
        if pounds == 0, index >= bytes.count || isBlank(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
            return false
        }
        var parentheses = 0
        var isInClass = false
        while index < bytes.count {
            let byte = bytes[index]
            if isNewline(byte), !isMultiline { break }
            switch byte {
            case backslash:
                index += 2
                continue
            case UInt8(ascii: "/") where hasPounds(pounds, at: index + 1):
                guard pounds > 0 || !isBlank(bytes[index - 1]) else { return false }
                position = index + 1 + pounds
                return true
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "(") where !isInClass: parentheses += 1
            case UInt8(ascii: ")") where !isInClass:
                parentheses -= 1
                if parentheses < 0, pounds == 0 { return false }
            default: break
            }
            index += 1
        }
        if pounds > 0 {
            position = min(index, bytes.count)
            fail("regular expression", at: start)
            return true
        }
        return false
    }

    private func isNewline(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || isNewline(byte)
    }
    private var quote: UInt8 { UInt8(ascii: "\"") }
    private var backslash: UInt8 { UInt8(ascii: "\\") }
}
