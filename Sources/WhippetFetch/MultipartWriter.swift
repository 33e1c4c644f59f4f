// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A form written as `multipart/form-data`.
///
/// Implements the
/// [multipart/form-data encoding algorithm](https://html.spec.whatwg.org/#multipart-form-data) for UTF-8. The bytes of
/// files are not copied.
struct MultipartWriter {
    let boundary: String
    let blob: Blob

    init(_ form: FormData) {
        self.init(form, boundary: Self.makeBoundary("----WhippetFormBoundary"))
    }

    init(_ form: FormData, boundary: String) {
        self.boundary = boundary
        var builder = BlobBuilder()
        for entry in form {
            // 1. Line breaks of names and values become CRLF; 2–3. In names they and `"` are escaped.
            var head = Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"".utf8)
            Self.appendEscaped(Self.normalizedLineBreaks(entry.name.utf8), to: &head)
            if let file = entry.value.file {
                head += "\"; filename=\"".utf8
                Self.appendEscaped(Array(file.name.utf8), to: &head)
                head += "\"\r\nContent-Type: \(file.type.isEmpty ? "application/octet-stream" : file.type)\r\n\r\n".utf8
                builder.append(head[...])
                builder.append(file.blob)
                builder.append("\r\n")
            } else {
                head += "\"\r\n\r\n".utf8
                head += Self.normalizedLineBreaks((entry.value.text ?? "").utf8)
                head += "\r\n".utf8
                builder.append(head[...])
            }
        }
        builder.append("--\(boundary)--\r\n")
        blob = Blob(pieces: builder.pieces)
    }

    /// Makes a delimiter that no content has by chance.
    static func makeBoundary(_ prefix: String) -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = String(generator.next() as UInt64, radix: 36) + String(generator.next() as UInt64, radix: 36)
        return prefix + digits
    }

    private static func appendEscaped(_ name: [UInt8], to bytes: inout [UInt8]) {
        for byte in name {
            switch byte {
            case 0x0A: bytes += "%0A".utf8
            case 0x0D: bytes += "%0D".utf8
            case 0x22: bytes += "%22".utf8
            default: bytes.append(byte)
            }
        }
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
