// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [Character classes](https://tc39.es/ecma262/#prod-CharacterClass) as the flag `v` has them.
extension ECMAScriptTranslator {
    /// What stands in a class: a set, or a single code point, which may begin a range.
    private enum ClassOperand {
        case set(ASCIISet)
        case codePoint(UInt32)
    }

    /// A class, from its bracket on.
    mutating func characterClass() throws(Failure) -> ASCIISet {
        try descend()
        position += 1
        let isNegated = consume("^")
        let set = try classContents()
        depth -= 1
        return isNegated ? set.complement : set
    }

    /// A union, an intersection or a subtraction, up to the closing bracket: a class does not mix them.
    private mutating func classContents() throws(Failure) -> ASCIISet {
        var set = ASCIISet()
        var isFirst = true
        while !consume("]") {
            let operand = try classOperand()
            if isFirst {
                if startsWith("&&") { return try operation("&&", on: self.set(operand)) }
                if startsWith("--") { return try operation("--", on: self.set(operand)) }
            }
            isFirst = false
            guard !startsWith("--"), consume("-") else {
                set = set.union(self.set(operand))
                continue
            }
            // A range.
            guard case .codePoint(let low) = operand, case .codePoint(let high) = try classOperand() else {
                throw .invalidClass
            }
            guard low <= high else { throw .invalidRange }
            set = set.union(classSet(low...high))
        }
        return set
    }

    /// The rest of an intersection or subtraction, whose operands are single characters, escapes and classes.
    private mutating func operation(_ sign: StaticString, on first: ASCIISet) throws(Failure) -> ASCIISet {
        let isSubtraction = sign.withUTF8Buffer { $0.first == 0x2D }
        var set = first
        while consume(sign) {
            let operand = self.set(try classOperand())
            set = set.intersection(isSubtraction ? operand.complement : operand)
        }
        guard consume("]") else { throw next == nil ? .incomplete : .invalidClass }
        return set
    }

    private func set(_ operand: ClassOperand) -> ASCIISet {
        switch operand {
        case .set(let set): set
        case .codePoint(let value): classSet(value...value)
        }
    }

    private mutating func classOperand() throws(Failure) -> ClassOperand {
        guard let byte = next else { throw .incomplete }
        switch byte {
        case 0x5B:
            return .set(try characterClass())
        case 0x5C:
            position += 1
            if next == 0x71 { throw .unsupported("strings in character classes") }
            if let set = try classEscape() { return .set(ignoringCase(set)) }
            return .codePoint(try characterEscape(inClass: true))
        case 0x28, 0x29, 0x2D, 0x2F, 0x7B, 0x7C, 0x7D:
            // ClassSetSyntaxCharacter.
            throw .invalidClass
        default:
            // ClassSetReservedDoublePunctuator.
            if position + 1 < input.count, input[position + 1] == byte, isReservedTwice(byte) { throw .invalidClass }
            position += 1
            return .codePoint(UInt32(byte))
        }
    }

    private func isReservedTwice(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x26, 0x2A...0x2C, 0x2E, 0x3A...0x40, 0x5E, 0x60, 0x7E: true
        default: false
        }
    }

    private func startsWith(_ text: StaticString) -> Bool {
        let end = position + text.utf8CodeUnitCount
        return end <= input.count && text.withUTF8Buffer { $0.elementsEqual(input[position..<end]) }
    }
}
