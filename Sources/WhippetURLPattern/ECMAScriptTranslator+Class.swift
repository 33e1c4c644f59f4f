// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [Character classes](https://tc39.es/ecma262/#prod-CharacterClass) as the flag `v` has them.
extension ECMAScriptTranslator {
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
        if consume("]") { return ASCIISet() }
        let first = next
        var set = try classRange()
        let isOperand = first == 0x5B || !isRange
        if isOperand, startsOperator {
            let isIntersection = consume("&&")
            while consume(isIntersection ? "&&" : "--") || isIntersection {
                guard next != 0x26 else { throw .invalidClass }
                let operand = try classOperand()
                set = set.intersection(isIntersection ? operand : operand.complement)
                if isIntersection, !consume("&&") { break }
            }
            guard consume("]") else { throw next == nil ? .incomplete : .invalidClass }
            return set
        }
        while !consume("]") {
            guard !startsOperator else { throw .invalidClass }
            set = set.union(try classRange())
        }
        return set
    }
}
