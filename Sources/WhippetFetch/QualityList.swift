// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// The value of `Accept` or one of its sisters: what a client takes, and how much it likes each.
///
/// Source: [RFC 9110 §12.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.4).
package struct QualityList: Sendable, Hashable {
    /// A range of values, such as `text/*;q=0.5`.
    package struct Element: Sendable, Hashable {
        /// What stands before the parameters, in lower case.
        package var name: String
        /// The same as the client wrote it.
        package var text: String
        /// The parameters before `q`, with names in lower case.
        package var parameters: [MIMEType.Parameter] = []
        /// 0, not wanted, to 1000.
        package var quality = 1000
    }

    /// The element that decides about an offered value.
    private struct Candidate {
        var offer: Int
        var quality: Int
        var closeness: Int
        var position: Int
    }

    /// In the order of the field.
    package private(set) var elements: [Element] = []

    /// Elements past these are not looked at.
    package static let maximumCount = 128

    /// Reads a field value; elements that are not valid are left out.
    package init(_ field: String) {
        for element in FieldElements(field) {
            if elements.count == Self.maximumCount { break }
            if let element = Element(element) { elements.append(element) }
        }
    }

    /// Which of the offered values the client takes, the one it likes best first.
    ///
    /// Of several ranges that a value fits, the closest one counts. Values of one quality are ordered by how close their
    /// range is, then by the field, then as they were offered.
    /// - Parameter closeness: How closely a value fits an element; nil where it does not.
    /// - Returns: Positions in `offered`.
    package func ranked<Value>(_ offered: [Value], closeness: (Value, Element) -> Int?) -> [Int] {
        var candidates: [Candidate] = []
        for (offer, value) in offered.enumerated() {
            var best: Candidate?
            for (position, element) in elements.enumerated() {
                guard let closeness = closeness(value, element) else { continue }
                if let best, (best.closeness, best.quality) >= (closeness, element.quality) { continue }
                best = Candidate(offer: offer, quality: element.quality, closeness: closeness, position: position)
            }
            if let best, best.quality > 0 { candidates.append(best) }
        }
        return candidates.sorted {
            ($1.quality, $1.closeness, $0.position, $0.offer) < ($0.quality, $0.closeness, $1.position, $1.offer)
        }.map(\.offer)
    }

    /// The names that the client takes, the one it likes best first, as it wrote them.
    package var preferences: [String] {
        elements.enumerated().filter { $0.element.quality > 0 }
            .sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }.map(\.element.text)
    }

    /// Adds an element behind the others.
    package mutating func append(_ element: Element) {
        elements.append(element)
    }
}

extension QualityList.Element {
    /// Reads an element; nil for one that is not valid.
    fileprivate init?(_ element: Substring) {
        var parts = FieldElements(element, separatedBy: UInt8(ascii: ";"))
        guard let first = parts.next(), first.utf8.allSatisfy({ ASCII.isToken($0) || $0 == 0x2F }) else { return nil }
        text = String(first)
        name = ASCII.lowercased(text)
        while let part = parts.next() {
            guard let equals = part.utf8.firstIndex(of: 0x3D) else { continue }
            let name = ASCII.lowercased(String(part[..<equals]))
            let value = Self.unquoted(part[part.utf8.index(after: equals)...])
            if name == "q" {
                guard let quality = Self.quality(value) else { return nil }
                self.quality = quality
                // What follows belongs to no type, RFC 9110 §12.5.1.
                return
            }
            parameters.append(MIMEType.Parameter(name: name, value: value))
        }
    }

    /// Reads a weight in thousandths; digits past the third are dropped, and `.5` is taken for `0.5`.
    private static func quality(_ text: String) -> Int? {
        var thousandths = 0
        var weight = 1000
        var hasPoint = false
        var hasDigit = false
        for byte in text.utf8 {
            if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else if ASCII.isDigit(byte) {
                hasDigit = true
                if hasPoint { weight /= 10 }
                // One digit stands before the point; more make a number above 1 anyway.
                thousandths = min(thousandths + Int(byte - 0x30) * weight, 10_000)
            } else {
                return nil
            }
        }
        return hasDigit ? min(thousandths, 1000) : nil
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.utf8.count >= 2, text.utf8.first == 0x22, text.utf8.last == 0x22 else { return String(text) }
        var value: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8.dropFirst().dropLast() {
            if byte == 0x5C, !isEscaped {
                isEscaped = true
            } else {
                isEscaped = false
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }
}
