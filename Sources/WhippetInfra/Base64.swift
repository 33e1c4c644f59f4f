// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Base 64, of [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-4) and as the web forgives it.
package enum Base64 {
    /// Which characters stand for 62 and 63.
    package enum Alphabet: Sendable {
        /// `+` and `/`.
        case standard
        /// `-` and `_`, of [RFC 4648 §5](https://www.rfc-editor.org/rfc/rfc4648#section-5), for URLs and cookies.
        case urlSafe

        fileprivate var characters: StaticTable {
            switch self {
            case .standard: StaticTable("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
            case .urlSafe: StaticTable("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            }
        }

        /// For each byte one more than the value it stands for, 0 if it is not of the alphabet.
        fileprivate var values: StaticTable {
            switch self {
            case .standard: Base64.standardValues
            case .urlSafe: Base64.urlSafeValues
            }
        }
    }

    /// Encodes bytes; the URL-safe alphabet goes without padding unless told otherwise.
    package static func encode(
        _ bytes: Span<UInt8>, alphabet: Alphabet = .standard, padded: Bool? = nil
    ) -> String {
        let padded = padded ?? (alphabet == .standard)
        let (groups, rest) = bytes.count.quotientAndRemainder(dividingBy: 3)
        let tail = rest == 0 ? 0 : padded ? 4 : rest + 1
        let characters = alphabet.characters
        // SAFETY: `count` grows by one with each write and ends at 4 * groups + tail, the capacity.
        return String(unsafeUninitializedCapacity: 4 * groups + tail) { output in
            var count = 0
            func write(_ value: UInt8) {
                output[count] = value
                count += 1
            }
            var index = 0
            for _ in 0..<groups {
                let (first, second, third) = (bytes[index], bytes[index + 1], bytes[index + 2])
                index += 3
                write(characters[first >> 2])
                write(characters[(first & 0x3) << 4 | second >> 4])
                write(characters[(second & 0xF) << 2 | third >> 6])
                write(characters[third & 0x3F])
            }
            if rest > 0 {
                let (first, second) = (bytes[index], rest == 2 ? bytes[index + 1] : 0)
                write(characters[first >> 2])
                write(characters[(first & 0x3) << 4 | second >> 4])
                if rest == 2 { write(characters[(second & 0xF) << 2]) }
                while count < 4 * groups + tail { write(0x3D) }
            }
            return count
        }
    }

    /// Decodes what `encode` writes, with or without the padding; nil for anything else.
    ///
    /// A text has one byte sequence and a byte sequence one text, padding aside: white space and unused bits that are
    /// not zero fail.
    package static func decode(_ text: Span<UInt8>, alphabet: Alphabet = .standard) -> [UInt8]? {
        guard let count = countWithoutPadding(text) else { return nil }
        return decode(text.extracting(0..<count), alphabet.values, canonical: true)
    }

    /// Decodes with the standard alphabet, with or without the padding, whatever the unused bits are.
    ///
    /// Implements what [RFC 9651 §4.2.7](https://www.rfc-editor.org/rfc/rfc9651#section-4.2.7) asks of byte sequences.
    package static func lenientDecode(_ text: Span<UInt8>) -> [UInt8]? {
        guard let count = countWithoutPadding(text) else { return nil }
        return decode(text.extracting(0..<count), standardValues, canonical: false)
    }

    /// Implements [forgiving-base64 decode](https://infra.spec.whatwg.org/#forgiving-base64-decode); nil for failure.
    package static func forgivingDecode(_ text: Span<UInt8>) -> [UInt8]? {
        // 1. Remove all ASCII white space.
        guard text.indices.contains(where: { isWhiteSpace(text[$0]) }) else { return decodeWithoutWhiteSpace(text) }
        var compact: [UInt8] = []
        compact.reserveCapacity(text.count)
        for index in text.indices where !isWhiteSpace(text[index]) { compact.append(text[index]) }
        return decodeWithoutWhiteSpace(compact.span)
    }

    // MARK: - Algorithm

    /// Steps 2 to 10 of forgiving-base64 decode.
    private static func decodeWithoutWhiteSpace(_ text: Span<UInt8>) -> [UInt8]? {
        // 2.
        var count = text.count
        if count % 4 == 0, count > 0, text[count - 1] == 0x3D {
            count -= text[count - 2] == 0x3D ? 2 : 1
        }
        // 3–10.
        return decode(text.extracting(0..<count), standardValues, canonical: false)
    }

    /// How many characters stand before the padding, nil if there is too little or too much of it.
    private static func countWithoutPadding(_ text: Span<UInt8>) -> Int? {
        var count = text.count
        while count > 0, text[count - 1] == 0x3D { count -= 1 }
        let padding = text.count - count
        if padding == 0 { return count }
        return padding <= 2 && text.count % 4 == 0 ? count : nil
    }

    private static func decode(_ text: Span<UInt8>, _ values: StaticTable, canonical: Bool) -> [UInt8]? {
        let rest = text.count % 4
        guard rest != 1 else { return nil }
        var output = [UInt8](repeating: 0, count: text.count / 4 * 3 + (rest == 0 ? 0 : rest - 1))
        var (index, count) = (0, 0)
        while index + 4 <= text.count {
            let (first, second) = (values[text[index]], values[text[index + 1]])
            let (third, fourth) = (values[text[index + 2]], values[text[index + 3]])
            guard first != 0, second != 0, third != 0, fourth != 0 else { return nil }
            output[count] = (first &- 1) << 2 | (second &- 1) >> 4
            output[count + 1] = (second &- 1) << 4 | (third &- 1) >> 2
            output[count + 2] = (third &- 1) << 6 | (fourth &- 1)
            index += 4
            count += 3
        }
        if rest > 0 {
            let (first, second) = (values[text[index]], values[text[index + 1]])
            guard first != 0, second != 0 else { return nil }
            output[count] = (first &- 1) << 2 | (second &- 1) >> 4
            var unused = (second &- 1) << 4
            if rest == 3 {
                let third = values[text[index + 2]]
                guard third != 0 else { return nil }
                output[count + 1] = unused | (third &- 1) >> 2
                unused = (third &- 1) << 6
            }
            if canonical, unused != 0 { return nil }
        }
        return output
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private static let standardValues = StaticTable(
        """
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\0\0\0\0\0\0\0\0\0\0?\0\0\0@\
        56789:;<=>\0\0\0\0\0\0\
        \0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{E}\u{F}\
        \u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{1A}\0\0\0\0\0\
        \0\u{1B}\u{1C}\u{1D}\u{1E}\u{1F}\u{20}\u{21}\u{22}#$%&'()\
        *+,-./01234\0\0\0\0\0
        """
    )

    private static let urlSafeValues = StaticTable(
        """
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0\0\0\0\0\0\0\0\0\0\0\0\0?\0\0\
        56789:;<=>\0\0\0\0\0\0\
        \0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{E}\u{F}\
        \u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{1A}\0\0\0\0@\
        \0\u{1B}\u{1C}\u{1D}\u{1E}\u{1F}\u{20}\u{21}\u{22}#$%&'()\
        *+,-./01234\0\0\0\0\0
        """
    )
}
