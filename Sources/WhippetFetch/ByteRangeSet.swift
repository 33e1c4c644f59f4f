// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The value of a `Range` field: which bytes of a representation a client wants.
///
/// Reading, resolving against a length and joining are three steps, so that each has its own user: a file's answer needs
/// all of them, `request.range()` of other frameworks the first two.
///
/// Source: [RFC 9110 §14.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2).
package struct ByteRangeSet: Sendable, Hashable {
    /// One wish.
    package enum Specification: Sendable, Hashable {
        /// From a position on, up to and including another one, or to the end for nil.
        case from(Int, to: Int?)
        /// The last bytes.
        case last(Int)
    }

    package let specifications: [Specification]

    /// A field with more wishes is ignored: no client needs them, and each costs a part's head.
    package static let maximumCount = 32
    /// Ranges whose distance is smaller are sent as one: a part's head would be as long as what is saved.
    package static let partOverhead = 80

    /// Reads a field value; nil for another unit than bytes, and for a value that is not valid, both to be ignored.
    ///
    /// Source: [RFC 9110 §14.2](https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
    package init?(_ field: String) {
        let bytes = field.utf8
        guard let equals = bytes.firstIndex(of: 0x3D),
            bytes[..<equals].elementsEqual("bytes".utf8, by: Self.isSameLetter)
        else { return nil }
        var specifications: [Specification] = []
        for element in bytes[bytes.index(after: equals)...].split(separator: 0x2C, omittingEmptySubsequences: true) {
            let element = Self.trimmed(element)
            // An empty element of a list counts for nothing, RFC 9110 §5.6.1.2.
            if element.isEmpty { continue }
            guard specifications.count < Self.maximumCount, let specification = Specification(element) else {
                return nil
            }
            specifications.append(specification)
        }
        guard !specifications.isEmpty else { return nil }
        self.specifications = specifications
    }

    /// The bytes that are meant, in the order of the field; empty when none of them exist.
    ///
    /// - Parameter length: How many bytes there are.
    package func resolved(length: Int) -> [Range<Int>] {
        specifications.compactMap { specification in
            switch specification {
            case .from(let first, let last):
                guard first < length else { return nil }
                let end = last.map { min($0, length - 1) + 1 } ?? length
                return first..<end
            case .last(let count):
                guard count > 0, length > 0 else { return nil }
                return max(0, length - count)..<length
            }
        }
    }

    /// Whether nothing but the whole is asked for: the last bytes of a representation that has none.
    ///
    /// Such a range is satisfiable, and no `Content-Range` can name it.
    package func isWhole(length: Int) -> Bool {
        guard length == 0 else { return false }
        return specifications.contains {
            if case .last(let count) = $0 { count > 0 } else { false }
        }
    }

    /// Joins ranges that overlap or lie less than `gap` bytes apart; each stands where its first one stood.
    ///
    /// Source: [RFC 9110 §15.3.7.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.2).
    package static func joined(_ ranges: [Range<Int>], gap: Int) -> [Range<Int>] {
        guard ranges.count > 1 else { return ranges }
        var joined: [(range: Range<Int>, position: Int)] = []
        for (position, range) in ranges.enumerated().sorted(by: { $0.element.lowerBound < $1.element.lowerBound }) {
            guard let last = joined.last, range.lowerBound - last.range.upperBound <= gap else {
                joined.append((range, position))
                continue
            }
            let upperBound = max(last.range.upperBound, range.upperBound)
            joined[joined.count - 1] = (last.range.lowerBound..<upperBound, min(last.position, position))
        }
        return joined.sorted { $0.position < $1.position }.map(\.range)
    }

    private static func isSameLetter(_ byte: UInt8, _ lower: UInt8) -> Bool { byte | 0x20 == lower }

    private static func trimmed(_ element: Substring.UTF8View) -> Substring.UTF8View {
        var element = element
        while let first = element.first, first == 0x20 || first == 0x09 { element.removeFirst() }
        while let last = element.last, last == 0x20 || last == 0x09 { element.removeLast() }
        return element
    }
}

extension ByteRangeSet.Specification {
    /// Reads `first-`, `first-last` or `-count`; nil for anything else.
    fileprivate init?(_ text: Substring.UTF8View) {
        guard let dash = text.firstIndex(of: 0x2D) else { return nil }
        let left = text[..<dash]
        let right = text[text.index(after: dash)...]
        if left.isEmpty {
            guard let count = Self.number(right) else { return nil }
            self = .last(count)
            return
        }
        guard let first = Self.number(left) else { return nil }
        if right.isEmpty {
            self = .from(first, to: nil)
            return
        }
        guard let last = Self.number(right), last >= first else { return nil }
        self = .from(first, to: last)
    }

    /// The value of digits; one that no file can have is the largest there is.
    private static func number(_ digits: Substring.UTF8View) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            guard byte &- 0x30 < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - 0x30))
            value = overflow || carry ? Int.max : sum
        }
        return value
    }
}
