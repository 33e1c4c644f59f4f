// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Calls `body` with the string's UTF-8 bytes, without a copy for every string that Swift made itself.
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
        return try Array(utf8).withUnsafeBufferPointer(body)
    }

    /// Calls `body` with the string as Latin-1; a scalar above U+00FF becomes `?`, but none passes validation.
    func withLatin1Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        // Fast path: ASCII is the same bytes; "values leave as Latin-1" tests both ways.
        let ascii: Result? = try withBytes { bytes in
            bytes.allSatisfy { $0 < 0x80 } ? try body(bytes) : nil
        }
        if let ascii { return ascii }
        return try unicodeScalars.map { UInt8(exactly: $0.value) ?? 0x3F }.withUnsafeBufferPointer(body)
    }

    /// Decodes Latin-1: each byte is the scalar of its number.
    ///
    /// Implements [isomorphic decode](https://infra.spec.whatwg.org/#isomorphic-decode).
    init(latin1 bytes: UnsafeBufferPointer<UInt8>) {
        // Fast path: ASCII is UTF-8; "received values are Latin-1" tests both ways.
        if bytes.allSatisfy({ $0 < 0x80 }) {
            self = String(decoding: bytes, as: UTF8.self)
        } else {
            var scalars = String.UnicodeScalarView()
            for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
            self = String(scalars)
        }
    }
}

/// A value as an error's text shows it: in quotes, control characters escaped, cut after 64 characters.
func quoted(_ text: String) -> String {
    var shown = "\""
    var count = 0
    for scalar in text.unicodeScalars {
        if count == 64 {
            shown += "…"
            break
        }
        count += 1
        switch scalar {
        case "\n": shown += "\\n"
        case "\r": shown += "\\r"
        case "\t": shown += "\\t"
        case "\"": shown += "\\\""
        case "\\": shown += "\\\\"
        default:
            if scalar.value < 0x20 || scalar.value == 0x7F {
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
    }
    return shown + "\""
}
