// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The rule for labels that are read from right to left, [RFC 5893 §2](https://www.rfc-editor.org/rfc/rfc5893#section-2).
enum BidiRule {
    /// Whether a domain has a right-to-left label: one with a character of class R, AL or AN.
    static func isBidiDomain(_ labels: [ArraySlice<UInt32>]) -> Bool {
        labels.contains { label in
            label.contains { character in
                guard character >= 0x80 else { return false }
                let bidiClass = IDNACharacter.properties(character).bidiClass
                return bidiClass == .right || bidiClass == .arabicNumber
            }
        }
    }

    /// Whether a label of such a domain satisfies all six conditions.
    static func isSatisfied(_ label: ArraySlice<UInt32>) -> Bool {
        let classes = label.map { IDNACharacter.properties($0).bidiClass }
        guard let first = classes.first else { return true }
        let last = classes.last { $0 != .nonspacingMark }
        switch first {
        // 1. The first character decides.
        case .right:
            // 2.
            guard !classes.contains(where: { $0 == .left || $0 == .other }) else { return false }
            // 3.
            guard last == .right || last == .europeanNumber || last == .arabicNumber else { return false }
            // 4.
            return !classes.contains(.europeanNumber) || !classes.contains(.arabicNumber)
        case .left:
            // 5.
            guard !classes.contains(where: { $0 == .right || $0 == .arabicNumber || $0 == .other }) else {
                return false
            }
            // 6.
            return last == .left || last == .europeanNumber
        default: return false
        }
    }
}
