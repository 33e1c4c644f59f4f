// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Names between `camelCase` and `snake_case`.
enum SnakeCase {
    /// The snake form of a coding key: `unitPrice` is `unit_price`, `imageURLList` is `image_url_list`.
    ///
    /// A run of capitals is a word of its own; the last of them starts the next word where a small letter follows.
    static func from(camelCase name: String) -> String {
        let bytes = Array(name.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 4)
        for (index, byte) in bytes.enumerated() {
            guard isUpper(byte) else {
                result.append(byte)
                continue
            }
            let followsWord = index > 0 && !isUpper(bytes[index - 1])
            let startsWord = index > 0 && index + 1 < bytes.count && isLower(bytes[index + 1])
            if followsWord || startsWord { result.append(UInt8(ascii: "_")) }
            result.append(byte | 0x20)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The camel form of a key in JSON: `unit_price` is `unitPrice`; underscores at the ends stay.
    static func camelCase(from name: String) -> String {
        let bytes = Array(name.utf8)
        let underscore = UInt8(ascii: "_")
        guard let first = bytes.firstIndex(where: { $0 != underscore }),
            let last = bytes.lastIndex(where: { $0 != underscore }),
            bytes[first...last].contains(underscore)
        else { return name }
        var result = Array(bytes[..<first])
        for (position, word) in bytes[first...last].split(separator: underscore).enumerated() {
            for (index, byte) in word.enumerated() {
                let isCapital = position > 0 && index == 0
                if isCapital {
                    result.append(isLower(byte) ? byte & 0xDF : byte)
                } else {
                    result.append(isUpper(byte) ? byte | 0x20 : byte)
                }
            }
        }
        result += bytes[(last + 1)...]
        return String(decoding: result, as: UTF8.self)
    }

    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    private static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
}
