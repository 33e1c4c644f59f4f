// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The value of a condition: text in which `*` and `:name` stand for any text, matched against a whole value.
///
/// There is no way back in a match: each piece of text is looked for behind the last one found, so that the time is at
/// most the product of both lengths, and patterns are short.
package struct ValuePattern: Sendable {
    /// A place where any text may stand.
    private struct Gap {
        var name: String?
        /// How much text there must be.
        var minimum: Int
    }

    static let maximumLength = 256

    /// The pieces of text around the gaps: always one more.
    private var texts: [[UInt8]] = [[]]
    private var gaps: [Gap] = []

    /// The names of what it captures.
    var names: [String] { gaps.compactMap(\.name) }

    /// Reads a pattern.
    ///
    /// - Throws: `RuleProblem` for what is none.
    package init(_ notation: String) throws {
        guard !notation.isEmpty, notation.utf8.count <= Self.maximumLength else {
            throw RuleProblem("a value has 1 to \(Self.maximumLength) bytes")
        }
        var rest = notation[...]
        while let character = rest.first {
            if rest.hasPrefix("(?<") {
                gaps.append(try Self.group(&rest))
            } else if rest.hasPrefix(".*") {
                rest.removeFirst(2)
                gaps.append(Gap(name: nil, minimum: 0))
            } else if character == "*" {
                rest.removeFirst()
                gaps.append(Gap(name: nil, minimum: 0))
            } else if character == ":", let name = RuleName.prefix(of: rest.dropFirst()) {
                rest.removeFirst(name.count + 1)
                gaps.append(Gap(name: name, minimum: 0))
            } else if character == "\\", let escaped = rest.dropFirst().first {
                rest.removeFirst(2)
                append(escaped)
                continue
            } else if "()[]{}|+?^$".contains(character) {
                throw RuleProblem(
                    "\"\(notation)\": regular expressions are not supported; use * and :name, or \\ before \(character)"
                )
            } else {
                rest.removeFirst()
                append(character)
                continue
            }
            texts.append([])
        }
    }

    private mutating func append(_ character: Character) {
        texts[texts.count - 1] += Array(String(character).utf8)
    }

    /// Next's `(?<name>.*)` and `(?<name>.+)`.
    private static func group(_ rest: inout Substring) throws -> Gap {
        guard let end = rest.firstIndex(of: ")"), let name = RuleName.prefix(of: rest.dropFirst(3)) else {
            throw RuleProblem("\"\(rest)\" is no group such as (?<name>.*)")
        }
        let body = rest[..<end].dropFirst(3 + name.count)
        guard body == ">.*" || body == ">.+" else {
            throw RuleProblem("\"\(rest[...end])\": only (?<name>.*) and (?<name>.+) are supported")
        }
        rest = rest[rest.index(after: end)...]
        return Gap(name: name, minimum: body == ">.+" ? 1 : 0)
    }

    /// What the names capture; nil if the value is another one.
    package func match(_ value: String) -> [RuleCapture]? {
        let value = Array(value.utf8)
        guard let head = texts.first, let tail = texts.last, value.starts(with: head) else { return nil }
        guard !gaps.isEmpty else { return value.count == head.count ? [] : nil }
        let end = value.count - tail.count
        guard end >= head.count, value[end...].elementsEqual(tail) else { return nil }
        var captures: [RuleCapture] = []
        var position = head.count
        for (index, gap) in gaps.enumerated() {
            let isLast = index == gaps.count - 1
            let start = position + gap.minimum
            guard start <= end, let found = isLast ? end : Self.find(texts[index + 1], in: value[start..<end]) else {
                return nil
            }
            if let name = gap.name {
                let text = String(decoding: value[position..<found], as: UTF8.self)
                captures.append(RuleCapture(name: name, value: .text(text)))
            }
            position = found + (isLast ? 0 : texts[index + 1].count)
        }
        return captures
    }

    /// Where the first occurrence of a text begins.
    private static func find(_ text: [UInt8], in value: ArraySlice<UInt8>) -> Int? {
        guard value.count >= text.count else { return nil }
        return (value.startIndex...(value.endIndex - text.count)).first { value[$0...].starts(with: text) }
    }
}

/// What a rule found under a name.
package struct RuleCapture: Sendable {
    package enum Value: Sendable {
        case text(String)
        /// The segments of a catch-all.
        case segments([String])
    }

    package var name: String
    package var value: Value
}

/// Why a rule can't be used.
struct RuleProblem: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

/// Names of what rules find: letters, digits and `_`, no digit first.
enum RuleName {
    /// The name at the start of a text; nil if there is none.
    static func prefix(of text: Substring) -> String? {
        guard let first = text.first, isLetter(first) else { return nil }
        return String(text.prefix { isLetter($0) || ($0.isASCII && $0.isNumber) })
    }

    private static func isLetter(_ character: Character) -> Bool {
        character == "_" || (character.isASCII && character.isLetter)
    }
}
