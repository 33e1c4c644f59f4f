// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes as text that can stand in a Swift literal.
enum Base64Text {
    /// Implements [RFC 4648 §4](https://www.rfc-editor.org/rfc/rfc4648#section-4).
    ///
    /// The build tool links no module of the runtime, which would be built for it as well.
    static func encode(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for position in 0..<3 { bits = bits << 8 | UInt32(position < group.count ? group[start + position] : 0) }
            for position in 0..<4 {
                let isPadding = position > group.count
                text.append(isPadding ? UInt8(ascii: "=") : letters[Int(bits >> UInt32(18 - 6 * position) & 0x3F)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
