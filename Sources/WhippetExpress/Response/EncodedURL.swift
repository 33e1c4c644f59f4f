// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// URLs for `Location`, as Express's package `encodeurl` writes them.
enum EncodedURL {
    /// The URL with all bytes percent-encoded that may not stand in one; escapes stay as they are, and a `%` that is
    /// none is encoded.
    static func encode(_ url: String) -> String {
        let bytes = Array(url.utf8)
        guard bytes.contains(where: { !isKept($0) || $0 == 0x25 }) else { return url }
        var encoded: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let isEscape =
                byte == 0x25 && index + 2 < bytes.count && ASCII.hexValue(bytes[index + 1]) != nil
                && ASCII.hexValue(bytes[index + 2]) != nil
            if isEscape || isKept(byte) && byte != 0x25 {
                encoded.append(byte)
            } else {
                encoded += [0x25, upperHexDigit(byte >> 4), upperHexDigit(byte & 0xF)]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func upperHexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    /// What JavaScript's `encodeURI` keeps, brackets and the percent sign.
    private static func isKept(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: false
        default: 0x21...0x7E ~= byte
        }
    }
}
