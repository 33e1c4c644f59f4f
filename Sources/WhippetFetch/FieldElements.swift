// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of a field value between separators, without the white space around them; those in quoted strings separate
/// nothing, and empty parts are skipped.
///
/// Source: [RFC 9110 §5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1) and
/// [§5.6.6](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.6).
package struct FieldElements: Sequence, IteratorProtocol {
    private var rest: Substring.UTF8View
    private let separator: UInt8

    /// The elements of a list, or the parts of one element with `;` as the separator.
    package init(_ value: Substring, separatedBy separator: UInt8 = UInt8(ascii: ",")) {
        rest = value.utf8
        self.separator = separator
    }

    /// The elements of a list.
    package init(_ value: String) {
        self.init(value[...])
    }

    /// The next part, nil after the last one.
    package mutating func next() -> Substring? {
        while !rest.isEmpty {
            let end = endOfElement()
            var element = rest[..<end]
            rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
            while let first = element.first, first == 0x20 || first == 0x09 { element.removeFirst() }
            while let last = element.last, last == 0x20 || last == 0x09 { element.removeLast() }
            if !element.isEmpty { return Substring(element) }
        }
        return nil
    }

    private func endOfElement() -> Substring.UTF8View.Index {
        var isQuoted = false
        var isEscaped = false
        for index in rest.indices {
            let byte = rest[index]
            if isEscaped {
                isEscaped = false
            } else if byte == 0x22 {
                isQuoted.toggle()
            } else if isQuoted {
                isEscaped = byte == 0x5C
            } else if byte == separator {
                return index
            }
        }
        return rest.endIndex
    }
}
