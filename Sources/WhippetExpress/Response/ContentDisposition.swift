// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The value of `Content-Disposition`.
///
/// Source: [RFC 6266](https://www.rfc-editor.org/rfc/rfc6266).
enum ContentDisposition {
    /// What a value of the extended form leaves as it is: attr-char of
    /// [RFC 8187 §3.2.1](https://www.rfc-editor.org/rfc/rfc8187#section-3.2.1).
    private static func isAttributeCharacter(_ byte: UInt8) -> Bool {
        if ASCII.isDigit(byte) || 0x61...0x7A ~= ASCII.lowercased(byte) { return true }
        return switch byte {
        case 0x21, 0x23, 0x24, 0x26, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// `attachment` with a file's name; a name that is not Latin-1 stands there twice, once with question marks.
    static func attachment(_ path: String?) -> String {
        guard let name = path.map(baseName) else { return "attachment" }
        let fallback = String(
            String.UnicodeScalarView(name.unicodeScalars.map { isLatin1($0) ? $0 : "?" }))
        var value = "attachment; filename=\"\(escaped(fallback))\""
        if fallback != name || holdsEscape(name) { value += "; filename*=UTF-8''\(encoded(name))" }
        return value
    }

    /// What stands behind the last slash or backslash.
    static func baseName(_ path: String) -> String {
        var path = path[...]
        while let last = path.last, last == "/" || last == "\\" { path.removeLast() }
        return String(path.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? "")
    }

    private static func isLatin1(_ scalar: Unicode.Scalar) -> Bool {
        0x20...0x7E ~= scalar.value || 0xA0...0xFF ~= scalar.value
    }

    private static func escaped(_ name: String) -> String {
        var escaped = ""
        for character in name {
            if character == "\"" || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }

    private static func holdsEscape(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return bytes.indices.dropLast(2).contains { index in
            bytes[index] == 0x25 && ASCII.hexValue(bytes[index + 1]) != nil && ASCII.hexValue(bytes[index + 2]) != nil
        }
    }

    private static func encoded(_ name: String) -> String {
        var encoded = ""
        for byte in name.utf8 {
            if isAttributeCharacter(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
