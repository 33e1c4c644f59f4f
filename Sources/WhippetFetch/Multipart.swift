// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A form written as `multipart/form-data`.
///
/// Implements the
/// [multipart/form-data encoding algorithm](https://html.spec.whatwg.org/#multipart-form-data) for UTF-8.
struct Multipart {
    let boundary: String
    let bytes: [UInt8]

    init(_ form: FormData) {
        var generator = SystemRandomNumberGenerator()
        self.init(form, boundary: Self.makeBoundary(&generator))
    }

    init(_ form: FormData, boundary: String) {
        self.boundary = boundary
        var bytes: [UInt8] = []
        for entry in form {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8
            // 1. Line breaks of names and values become CRLF; 2–3. In names they and `"` are escaped.
            for byte in Self.normalizedLineBreaks(entry.name.utf8) {
                switch byte {
                case 0x0A: bytes += "%0A".utf8
                case 0x0D: bytes += "%0D".utf8
                case 0x22: bytes += "%22".utf8
                default: bytes.append(byte)
                }
            }
            bytes += "\"\r\n\r\n".utf8
            bytes += Self.normalizedLineBreaks((entry.value.text ?? "").utf8)
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
        self.bytes = bytes
    }

    private static func makeBoundary(_ generator: inout some RandomNumberGenerator) -> String {
        let digits = String(generator.next() as UInt64, radix: 36) + String(generator.next() as UInt64, radix: 36)
        return "----WhippetFormBoundary\(digits)"
    }

    /// Each CR without LF and each LF without CR as CRLF.
    private static func normalizedLineBreaks(_ text: String.UTF8View) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var previous: UInt8 = 0
        for byte in text {
            switch byte {
            case 0x0D: bytes += [0x0D, 0x0A]
            case 0x0A where previous == 0x0D: break
            case 0x0A: bytes += [0x0D, 0x0A]
            default: bytes.append(byte)
            }
            previous = byte
        }
        return bytes
    }
}
