// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The context rules for joiners, [RFC 5892 appendix A](https://www.rfc-editor.org/rfc/rfc5892#appendix-A).
enum JoinerRule {
    /// Whether every joiner in a label stands where it may.
    static func isSatisfied(_ label: ArraySlice<UInt32>) -> Bool {
        for index in label.indices {
            switch label[index] {
            // A.1. ZERO WIDTH NON-JOINER
            case 0x200C: if !isAfterVirama(label, index) && !breaksConnection(label, index) { return false }
            // A.2. ZERO WIDTH JOINER
            case 0x200D: if !isAfterVirama(label, index) { return false }
            default: break
            }
        }
        return true
    }

    private static func isAfterVirama(_ label: ArraySlice<UInt32>, _ index: Int) -> Bool {
        index > label.startIndex && IDNACharacter.properties(label[index - 1]).isVirama
    }

    /// Whether the characters around would join: `(L|D) T* ZWNJ T* (R|D)`.
    private static func breaksConnection(_ label: ArraySlice<UInt32>, _ index: Int) -> Bool {
        let before = label[..<index].reversed().lazy.map { IDNACharacter.properties($0).joiningType }
        let after = label[(index + 1)...].lazy.map { IDNACharacter.properties($0).joiningType }
        guard let left = before.first(where: { $0 != .transparent }), left == .left || left == .dual,
            let right = after.first(where: { $0 != .transparent }), right == .right || right == .dual
        else { return false }
        return true
    }
}
