// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// Text with places for what a rule found: a destination or the value of a header.
struct RuleTemplate: Sendable {
    /// Where in a URL a place is, which says what may stand there and how.
    enum Position: Sendable {
        case authority
        case path
        case query
        /// In the value of a header.
        case field
    }

    private enum Part: Sendable {
        case text(String)
        case capture(String, Position)
    }

    /// The path set, `/`, `\` and `%`: what is found stays within its segment.
    private static let pathSet = PercentEncodeSet(low: 0xD000_802D_FFFF_FFFF, high: 0xA800_0001_5000_0000)
    /// Everything beyond printable ASCII.
    private static let fieldSet = PercentEncodeSet(low: 0x0000_0000_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    static let nonASCII = PercentEncodeSet(low: 0, high: 0)

    private var parts: [Part] = []

    /// Whether it says the same for each request.
    var isLiteral: Bool { parts.allSatisfy { if case .text = $0 { true } else { false } } }

    /// Reads the value of a header: names that the rule does not know are text, since values are full of colons.
    init(field value: String, names: [String]) {
        add(value[...], .field) { names.contains($0) }
    }

    /// Reads a part of a destination.
    ///
    /// - Throws: `RuleProblem` for a name that the rule does not find.
    init(_ text: Substring, _ position: Position, names: [String]) throws {
        var unknown: String?
        add(text, position) { name in
            if !names.contains(name) { unknown = unknown ?? name }
            return true
        }
        if let unknown { throw RuleProblem("\":\(unknown)\" is found by neither the source nor a condition") }
    }

    private mutating func add(_ text: Substring, _ position: Position, _ isKnown: (String) -> Bool) {
        var rest = text
        var plain = ""
        while let character = rest.first {
            if character == ":", let name = RuleName.prefix(of: rest.dropFirst()), isKnown(name) {
                if !plain.isEmpty { parts.append(.text(PercentEncoding.encode(plain, Self.nonASCII))) }
                plain = ""
                parts.append(.capture(name, position))
                rest.removeFirst(name.count + 1)
                if position != .field, rest.first == "*" || rest.first == "+" { rest.removeFirst() }
            } else {
                plain.append(character)
                rest.removeFirst()
            }
        }
        if !plain.isEmpty { parts.append(.text(PercentEncoding.encode(plain, Self.nonASCII))) }
    }

    /// The text for what was found; nil where that can't stand, such as `..` as a segment of a path.
    func filled(_ captures: [RuleCapture]) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text):
                result += text
            case .capture(let name, let position):
                // The condition that comes last wins, as in Next.
                guard let capture = captures.last(where: { $0.name == name }),
                    let text = Self.text(capture.value, position)
                else { return nil }
                if text.isEmpty, position == .path, result.last == "/" { result.removeLast() }
                result += text
            }
        }
        return result
    }

    private static func text(_ value: RuleCapture.Value, _ position: Position) -> String? {
        switch (value, position) {
        case (.text(let text), .path):
            // These would change the path that the rule's author wrote.
            if text.isEmpty || text == "." || text == ".." { return nil }
            return PercentEncoding.encode(text, pathSet)
        case (.segments(let list), .path):
            if list.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) { return nil }
            return list.map { PercentEncoding.encode($0, pathSet) }.joined(separator: "/")
        case (.text(let text), .authority):
            let isHost = text.utf8.allSatisfy {
                ASCII.isDigit($0) || 0x61...0x7A ~= ASCII.lowercased($0) || $0 == 0x2D || $0 == 0x2E
            }
            return isHost && !text.isEmpty ? text : nil
        case (.segments, .authority):
            return nil
        case (_, .query):
            return PercentEncoding.encode(joined(value), .component)
        case (_, .field):
            return PercentEncoding.encode(joined(value), fieldSet)
        }
    }

    private static func joined(_ value: RuleCapture.Value) -> String {
        switch value {
        case .text(let text): text
        case .segments(let list): list.joined(separator: "/")
        }
    }
}
