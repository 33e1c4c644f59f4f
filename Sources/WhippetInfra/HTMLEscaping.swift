// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Text in markup: in content and in quoted attributes.
package enum HTMLEscaping {
    /// Appends text with `&`, `<`, `>`, `"` and `'` as references.
    package static func append(_ text: String, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x26: output += "&amp;".utf8
            case 0x3C: output += "&lt;".utf8
            case 0x3E: output += "&gt;".utf8
            case 0x22: output += "&quot;".utf8
            case 0x27: output += "&#39;".utf8
            default: output.append(byte)
            }
        }
    }

    /// Text with `&`, `<`, `>`, `"` and `'` as references.
    package static func escape(_ text: String) -> String {
        var output: [UInt8] = []
        append(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
