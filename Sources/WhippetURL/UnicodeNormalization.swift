// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [Unicode normalization](https://www.unicode.org/reports/tr15/), form C, of what IDNA's mapping leaves.
enum UnicodeNormalization {
    /// Implements [NFC](https://www.unicode.org/reports/tr15/#Norm_Forms): decompose, reorder, compose.
    static func nfc(_ input: [UInt32]) -> [UInt32] {
        // Fast path: nothing below U+0300 combines or is reordered ("Latin letters are normal").
        if input.allSatisfy({ $0 < 0x300 }) { return input }
        return compose(reorder(decompose(input)))
    }

    // MARK: - Algorithm

    // The Unicode Standard §3.12: Hangul syllables are computed.
    private static let sBase: UInt32 = 0xAC00
    private static let lBase: UInt32 = 0x1100
    private static let vBase: UInt32 = 0x1161
    private static let tBase: UInt32 = 0x11A7
    private static let lCount: UInt32 = 19
    private static let vCount: UInt32 = 21
    private static let tCount: UInt32 = 28

    private static func decompose(_ input: [UInt32]) -> [UInt32] {
        let table = IDNATable(IDNAData.decompositions, recordLength: 7)
        let text = IDNATable(IDNAData.decompositionText, recordLength: 4)
        var output: [UInt32] = []
        output.reserveCapacity(input.count)
        for character in input {
            let syllable = character &- sBase
            if character < 0xC0 {
                output.append(character)
            } else if syllable < lCount * vCount * tCount {
                output.append(lBase + syllable / (vCount * tCount))
                output.append(vBase + syllable % (vCount * tCount) / tCount)
                if syllable % tCount != 0 { output.append(tBase + syllable % tCount) }
            } else if let record = table.lastRecord(notAbove: character << 3 | 7),
                table.number(record, 0, 4) >> 3 == character
            {
                let count = Int(table.number(record, 0, 4) & 7)
                let start = Int(table.number(record, 4, 3))
                for index in start..<start + count { output.append(text.number(index, 0, 4)) }
            } else {
                output.append(character)
            }
        }
        return output
    }

    /// Sorts each run of combining characters by class, those of one class in their order.
    private static func reorder(_ input: [UInt32]) -> [(character: UInt32, combiningClass: UInt32)] {
        var output = input.map { character in
            (character: character, combiningClass: IDNACharacter.properties(character).combiningClass)
        }
        var start = 0
        while start < output.count {
            guard output[start].combiningClass != 0 else {
                start += 1
                continue
            }
            var end = start + 1
            while end < output.count, output[end].combiningClass != 0 { end += 1 }
            output[start..<end].sort { $0.combiningClass < $1.combiningClass }
            start = end
        }
        return output
    }

    private static func compose(_ input: [(character: UInt32, combiningClass: UInt32)]) -> [UInt32] {
        var output: [UInt32] = []
        output.reserveCapacity(input.count)
        var starter: Int?
        var lastClass: UInt32 = 0
        for (character, combiningClass) in input {
            // A character is blocked by one of its class or of none that stands between it and the starter.
            if let index = starter, index == output.count - 1 || lastClass < combiningClass && lastClass != 0,
                let composed = composition(output[index], character)
            {
                output[index] = composed
                continue
            }
            if combiningClass == 0 { starter = output.count }
            lastClass = combiningClass
            output.append(character)
        }
        return output
    }

    private static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        let leading = first &- lBase
        let vowel = second &- vBase
        if leading < lCount, vowel < vCount { return sBase + (leading * vCount + vowel) * tCount }
        let syllable = first &- sBase
        let trailing = second &- tBase
        if syllable < lCount * vCount * tCount, syllable % tCount == 0, trailing &- 1 < tCount - 1 {
            return first + trailing
        }
        let table = IDNATable(IDNAData.compositions, recordLength: 12)
        // The pairs of one first character stand together, in the order of the second.
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            let pair = (table.number(middle, 0, 4), table.number(middle, 4, 4))
            if pair == (first, second) { return table.number(middle, 8, 4) }
            if pair < (first, second) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return nil
    }
}
