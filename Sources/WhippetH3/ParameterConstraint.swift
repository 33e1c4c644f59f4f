// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Which characters a parameter is of, and how many: `\d+`, `\w{2,8}`, `[a-z0-9]+`, or one of some words, `en|de`.
///
/// One class of characters can be matched in one pass, whatever is asked for.
struct ParameterConstraint: Sendable {
    private enum Rule: Sendable {
        case words([String])
        case characters([ClosedRange<UInt8>], isNegated: Bool, count: ClosedRange<Int>)
    }

    private let rule: Rule

    /// Reads the text in the brackets; nil for what goes beyond.
    init?(_ text: Substring) {
        if !text.isEmpty, text.utf8.allSatisfy({ Self.isWordByte($0) || $0 == 0x7C || $0 == 0x2D }) {
            rule = .words(text.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
            return
        }
        var rest = text.utf8[...]
        guard let (ranges, isNegated) = Self.takeClass(&rest), let count = Self.takeCount(&rest), rest.isEmpty else {
            return nil
        }
        rule = .characters(ranges, isNegated: isNegated, count: count)
    }

    /// Whether a parameter is as it must be.
    func accepts(_ text: String) -> Bool {
        switch rule {
        case .words(let words): words.contains(text)
        case .characters(let ranges, let isNegated, let count):
            count.contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in ranges.contains { $0.contains(byte) } != isNegated }
        }
    }

    // MARK: - Algorithm

    private static func isWordByte(_ byte: UInt8) -> Bool {
        wordRanges.contains { $0.contains(byte) }
    }

    private static let digitRange: ClosedRange<UInt8> = 0x30...0x39
    private static let wordRanges: [ClosedRange<UInt8>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

    private static func takeClass(_ rest: inout Substring.UTF8View) -> ([ClosedRange<UInt8>], isNegated: Bool)? {
        switch rest.popFirst() {
        case 0x5C:
            switch rest.popFirst() {
            case UInt8(ascii: "d"): return ([digitRange], false)
            case UInt8(ascii: "w"): return (wordRanges, false)
            default: return nil
            }
        case UInt8(ascii: "["):
            var ranges: [ClosedRange<UInt8>] = []
            var isNegated = false
            if rest.first == UInt8(ascii: "^") {
                isNegated = true
                rest.removeFirst()
            }
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "]") { return ranges.isEmpty ? nil : (ranges, isNegated) }
                if byte == 0x5C {
                    switch rest.popFirst() {
                    case UInt8(ascii: "d"): ranges.append(digitRange)
                    case UInt8(ascii: "w"): ranges += wordRanges
                    case let escaped? where !isWordByte(escaped): ranges.append(escaped...escaped)
                    default: return nil
                    }
                } else if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
                    guard byte <= end else { return nil }
                    ranges.append(byte...end)
                    rest.removeFirst(2)
                } else {
                    ranges.append(byte...byte)
                }
            }
            return nil
        default:
            return nil
        }
    }

    private static func takeCount(_ rest: inout Substring.UTF8View) -> ClosedRange<Int>? {
        switch rest.popFirst() {
        case nil: return 1...1
        case UInt8(ascii: "+"): return 1...Int.max
        case UInt8(ascii: "*"): return 0...Int.max
        case UInt8(ascii: "{"):
            guard rest.last == UInt8(ascii: "}") else { return nil }
            let parts = Substring(rest.dropLast()).split(separator: ",", omittingEmptySubsequences: false)
            rest = rest.suffix(0)
            guard let least = parts.first.flatMap({ Int($0) }), least >= 0, parts.count <= 2 else { return nil }
            guard let last = parts.last, parts.count == 2 else { return least...least }
            if last.isEmpty { return least...Int.max }
            guard let most = Int(last), most >= least else { return nil }
            return least...most
        default: return nil
        }
    }
}
