// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The elements of a comma-separated field value, trimmed; empty ones are skipped, as
/// [RFC 9110 §5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2) asks of a recipient.
///
/// Quoted strings are not known here: none of the lists that decide about framing may have one.
package struct ListElements {
    private var rest: Slice<UnsafeBufferPointer<UInt8>>

    package init(_ value: UnsafeBufferPointer<UInt8>) {
        rest = value[...]
    }

    /// The next element, nil after the last one.
    package mutating func next() -> UnsafeBufferPointer<UInt8>? {
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x2C) ?? rest.endIndex
            var element = rest[rest.startIndex..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            while let first = element.first, first == 0x20 || first == 0x09 { element.removeFirst() }
            while let last = element.last, last == 0x20 || last == 0x09 { element.removeLast() }
            if !element.isEmpty { return UnsafeBufferPointer(rebasing: element) }
        }
        return nil
    }

    /// Whether an element is this word, which is in lower case, without regard to case.
    package static func equals(_ element: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard element.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<element.count where ASCII.lowercased(element[index]) != word.utf8Start[index] { return false }
        return true
    }
}
