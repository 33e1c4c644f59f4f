// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension MIMESniffing {
    /// A row of the standard's tables: the bytes that a type's files begin with.
    struct Signature {
        /// The bytes in their order, nil where the mask lets any pass.
        let pattern: [UInt8?]
        let type: String
        let subtype: String

        init(_ type: String, _ subtype: String, _ pattern: [UInt8?]) {
            self.pattern = pattern
            self.type = type
            self.subtype = subtype
        }

        /// A pattern of ASCII, in which a full stop lets any byte pass.
        init(_ type: String, _ subtype: String, _ text: StaticString) {
            let table = StaticTable(text)
            self.init(
                type, subtype,
                (0..<text.utf8CodeUnitCount).map { table[UInt8($0)] == 0x2E ? nil : table[UInt8($0)] })
        }

        /// Implements the [pattern matching algorithm](
        /// https://mimesniff.spec.whatwg.org/#pattern-matching-algorithm) for the rows of a table.
        static func match(_ header: Span<UInt8>, _ signatures: [Signature]) -> MIMEType? {
            for signature in signatures where signature.matches(header) {
                return MIMEType(type: signature.type, subtype: signature.subtype)
            }
            return nil
        }

        private func matches(_ header: Span<UInt8>) -> Bool {
            guard header.count >= pattern.count else { return false }
            for (index, byte) in pattern.enumerated() {
                if let byte, header[index] != byte { return false }
            }
            return true
        }

        static let texts = [
            Signature("application", "postscript", "%!PS-Adobe-"),
            Signature("text", "plain", [0xFE, 0xFF, nil, nil]),
            Signature("text", "plain", [0xFF, 0xFE, nil, nil]),
            Signature("text", "plain", [0xEF, 0xBB, 0xBF, nil]),
        ]

        static let images = [
            Signature("image", "x-icon", [0x00, 0x00, 0x01, 0x00]),
            Signature("image", "x-icon", [0x00, 0x00, 0x02, 0x00]),
            Signature("image", "bmp", "BM"),
            Signature("image", "gif", "GIF87a"),
            Signature("image", "gif", "GIF89a"),
            Signature("image", "webp", "RIFF....WEBPVP"),
            Signature("image", "png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            Signature("image", "jpeg", [0xFF, 0xD8, 0xFF]),
        ]

        static let media = [
            Signature("audio", "aiff", "FORM....AIFF"),
            Signature("audio", "mpeg", "ID3"),
            Signature("application", "ogg", "OggS\0"),
            Signature("audio", "midi", "MThd\0\0\0\u{6}"),
            Signature("video", "avi", "RIFF....AVI "),
            Signature("audio", "wave", "RIFF....WAVE"),
        ]

        static let fonts = [
            Signature("application", "vnd.ms-fontobject", [UInt8?](repeating: nil, count: 34) + [0x4C, 0x50]),
            Signature("font", "ttf", [0x00, 0x01, 0x00, 0x00]),
            Signature("font", "otf", "OTTO"),
            Signature("font", "collection", "ttcf"),
            Signature("font", "woff", "wOFF"),
            Signature("font", "woff2", "wOF2"),
        ]

        static let archives = [
            Signature("application", "x-gzip", [0x1F, 0x8B, 0x08]),
            Signature("application", "zip", "PK\u{3}\u{4}"),
            Signature("application", "x-rar-compressed", "Rar!\u{1A}\u{7}\0"),
        ]
    }
}
