// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [Unicode IDNA Compatibility Processing](https://www.unicode.org/reports/tr46/), as the URL Standard uses it.
///
/// That is with CheckBidi and CheckJoiners, without CheckHyphens, UseSTD3ASCIIRules, Transitional_Processing,
/// VerifyDnsLength and IgnoreInvalidPunycode. This file maps, splits and checks; normalization, Punycode, and the rules
/// for joiners and directions have files of their own. `IDNAData` states the version of Unicode.
package enum IDNA {
    /// Implements [ToASCII](https://www.unicode.org/reports/tr46/#ToASCII); nil for failure.
    package static func toASCII(_ domain: String) -> [UInt8]? {
        // 1.
        guard let labels = process(domain) else { return nil }
        // 2–3. Labels that are not ASCII are written in Punycode.
        var output: [UInt8] = []
        for (index, label) in labels.enumerated() {
            if index > 0 { output.append(0x2E) }
            if label.source.allSatisfy({ $0 < 0x80 }) {
                output.append(contentsOf: label.source.map { UInt8(truncatingIfNeeded: $0) })
            } else {
                guard let encoded = Punycode.encode(label.source) else { return nil }
                output.append(contentsOf: "xn--".utf8)
                output.append(contentsOf: encoded)
            }
        }
        return output
    }

    private struct Label {
        /// The label after mapping and normalization.
        var source: ArraySlice<UInt32>
        /// The label in Unicode: decoded, if it is in Punycode.
        var decoded: ArraySlice<UInt32>
    }

    // MARK: - Algorithm

    /// Implements [Processing](https://www.unicode.org/reports/tr46/#Processing), steps 1 to 4; nil for an error.
    private static func process(_ domain: String) -> [Label]? {
        // 1. Map. 2. Normalize.
        let normalized = UnicodeNormalization.nfc(map(domain))
        // 3. Break.
        let parts = normalized.split(separator: 0x2E, omittingEmptySubsequences: false)
        // 4. Convert and validate.
        var labels: [Label] = []
        labels.reserveCapacity(parts.count)
        for part in parts {
            var label = Label(source: part, decoded: part)
            if part.starts(with: [0x78, 0x6E, 0x2D, 0x2D]) {
                // 4.1–4.3. Not ASCII behind "xn--", not Punycode, or nothing in it that needs it.
                guard let decoded = Punycode.decode(part.dropFirst(4)), decoded.contains(where: { $0 >= 0x80 }) else {
                    return nil
                }
                label.decoded = decoded[...]
            }
            guard isValid(label.decoded) else { return nil }
            labels.append(label)
        }
        // The criteria 8 and 9 are of the whole domain.
        let decoded = labels.map(\.decoded)
        guard !BidiRule.isBidiDomain(decoded) || decoded.allSatisfy(BidiRule.isSatisfied) else { return nil }
        return labels
    }

    /// Step 1 of Processing: replaces each character by its mapping; disallowed ones stay and fail later.
    private static func map(_ domain: String) -> [UInt32] {
        let text = IDNATable(IDNAData.mappingText, recordLength: 4)
        var output: [UInt32] = []
        output.reserveCapacity(domain.utf8.count)
        for scalar in domain.unicodeScalars {
            switch IDNACharacter.status(scalar.value) {
            case .valid, .disallowed: output.append(scalar.value)
            case .ignored: break
            case .mapped(let character): output.append(character)
            case .mappedToText(let range): output.append(contentsOf: range.map { text.number($0, 0, 4) })
            }
        }
        return output
    }

    /// The [validity criteria](https://www.unicode.org/reports/tr46/#Validity_Criteria) of a single label.
    private static func isValid(_ label: ArraySlice<UInt32>) -> Bool {
        guard let first = label.first else { return true }
        // 1. Normalized. Labels that were not in Punycode are.
        guard UnicodeNormalization.nfc(Array(label)).elementsEqual(label) else { return false }
        // 2–3 are CheckHyphens; without it: 4. No "xn--" in front.
        guard !label.starts(with: [0x78, 0x6E, 0x2D, 0x2D]) else { return false }
        // 5. No full stop.
        guard !label.contains(0x2E) else { return false }
        // 6. No combining mark in front.
        guard !IDNACharacter.properties(first).isMark else { return false }
        // 7. Only valid characters.
        for character in label {
            guard case .valid = IDNACharacter.status(character) else { return false }
        }
        // 8. Joiners.
        return JoinerRule.isSatisfied(label)
    }
}
