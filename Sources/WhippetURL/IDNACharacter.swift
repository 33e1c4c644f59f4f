// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What Unicode says of single characters, as far as IDNA asks.
enum IDNACharacter {
    /// What the [mapping table](https://www.unicode.org/reports/tr46/#IDNA_Mapping_Table) does with a character.
    enum Status {
        /// It stays; the standard's deviations are among these.
        case valid
        case disallowed
        case ignored
        /// It becomes another character.
        case mapped(UInt32)
        /// It becomes the text in a range of `IDNAData.mappingText`.
        case mappedToText(Range<Int>)
    }

    /// Classes of the [bidirectional algorithm](https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types), as
    /// far as RFC 5893 tells them apart.
    enum BidiClass: UInt32 {
        case other
        case left
        case right
        case arabicNumber
        case europeanNumber
        /// ES, CS, ET, ON and BN.
        case neutral
        case nonspacingMark
    }

    enum JoiningType: UInt32 {
        case other
        case dual
        case left
        case right
        case transparent
    }

    struct Properties {
        fileprivate let packed: UInt32

        var combiningClass: UInt32 { packed & 0xFF }
        var bidiClass: BidiClass { BidiClass(rawValue: packed >> 8 & 7) ?? .other }
        var joiningType: JoiningType { JoiningType(rawValue: packed >> 11 & 7) ?? .other }
        var isMark: Bool { packed >> 14 & 1 != 0 }
        /// The combining class of viramas is 9.
        var isVirama: Bool { combiningClass == 9 }
    }

    static func status(_ character: UInt32) -> Status {
        let table = IDNATable(IDNAData.mapping, recordLength: 8)
        guard let record = table.lastRecord(notAbove: character << 3 | 7) else { return .disallowed }
        let key = table.number(record, 0, 4)
        let value = table.number(record, 4, 4)
        switch key & 7 {
        case 0: return .valid
        case 2: return .ignored
        case 3: return .mappedToText(Int(value >> 6)..<Int(value >> 6 + value & 63))
        case 4: return .mapped(character &+ value &- 0x20_0000)
        // The run's first character is mapped to the second, the third to the fourth and so on.
        case 5: return (character - key >> 3) % 2 == 0 ? .mapped(character + 1) : .valid
        default: return .disallowed
        }
    }

    static func properties(_ character: UInt32) -> Properties {
        let table = IDNATable(IDNAData.properties, recordLength: 7)
        guard let record = table.lastRecord(notAbove: character) else { return Properties(packed: 0) }
        return Properties(packed: table.number(record, 4, 3))
    }
}
