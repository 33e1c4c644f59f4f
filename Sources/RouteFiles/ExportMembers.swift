// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the exports that can become members of a type: those that the file itself mentions nowhere else.
enum ExportMembers {
    static func names(
        of exports: [Export], _ declarations: [Declaration], in bytes: [UInt8], lines: LineIndex
    ) -> Set<String> {
        var names = Set(exports.map(\.name))
        for declaration in declarations {
            let isMovable =
                declaration.bindings.allSatisfy { names.contains($0.name) } && !declaration.hasConditionalAttributes
                && lines.line(of: declaration.start) > 1
                && (declaration.kind == .function || declaration.kind == .variable)
            if !isMovable { names.subtract(declaration.bindings.map(\.name)) }
        }
        guard !names.isEmpty else { return [] }
        for (name, count) in mentions(of: names, in: bytes) where count > 1 { names.remove(name) }
        return names
    }

    // MARK: - Algorithm

    /// How often each name stands in the file, comments apart, and strings included for their interpolations.
    private static func mentions(of names: Set<String>, in bytes: [UInt8]) -> [String: Int] {
        let spelled = names.map { (name: $0, bytes: Array($0.utf8)) }
        var counts: [String: Int] = [:]
        var lexer = Lexer(bytes)
        var last: Token?
        while true {
            let token = lexer.next()
            switch token.kind {
            case .end: return counts
            case .word where !isImplicitMember(token, behind: last, in: bytes):
                let quote = bytes[token.range.lowerBound] == UInt8(ascii: "`") ? 1 : 0
                let word = bytes[token.range].dropFirst(quote).dropLast(quote)
                for name in spelled where word.elementsEqual(name.bytes) { counts[name.name, default: 0] += 1 }
            case .string:
                for word in bytes[token.range].split(whereSeparator: { !Lexer.isWord($0) }) {
                    for name in spelled where word.elementsEqual(name.bytes) { counts[name.name, default: 0] += 1 }
                }
            default: break
            }
            last = token
        }
    }

    /// Whether the token is the name in `.GET` with nothing before the dot, which is never a function of the file.
    private static func isImplicitMember(_ token: Token, behind dot: Token?, in bytes: [UInt8]) -> Bool {
        guard let dot, dot.is("."), !dot.followsNewline, dot.range.lowerBound > 0 else { return false }
        return dot.followsSpace || [UInt8(ascii: "("), UInt8(ascii: "[")].contains(bytes[dot.range.lowerBound - 1])
    }
}
