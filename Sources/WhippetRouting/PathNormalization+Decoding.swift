// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension PathNormalization {
    /// Decodes one segment, once: nil if an escape is bad or the bytes are not UTF-8.
    package static func decodeSegment(_ segment: UnsafeBufferPointer<UInt8>) -> String? {
        guard segment.contains(PathBytes.percent) else { return validString(segment) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: segment.count) { decoded -> String? in
            var index = 0
            var count = 0
            while index < segment.count {
                var byte = segment[index]
                if byte == PathBytes.percent {
                    guard let escaped = PathBytes.escapedByte(segment, at: index) else { return nil }
                    byte = escaped
                    index += 2
                }
                decoded.initializeElement(at: count, to: byte)
                index += 1
                count += 1
            }
            return validString(UnsafeBufferPointer(rebasing: decoded[..<count]))
        }
    }

    /// The bytes as a string, nil if they are not UTF-8.
    private static func validString(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(where: { $0 >= 0x80 }) else { return text }
        // Decoding has replaced what is not UTF-8, so that the string's bytes differ then. The standard library's
        // validating initialiser is generic and costs four times as much.
        let isUnchanged = text.utf8.withContiguousStorageIfAvailable { utf8 in
            guard utf8.count == bytes.count, let left = utf8.baseAddress, let right = bytes.baseAddress else {
                return false
            }
            return PathHash.equals(left, right, count: bytes.count)
        }
        return isUnchanged == true ? text : nil
    }

    /// Decodes what a catch-all captured, segment by segment: nil as soon as one can't be decoded.
    package static func decodeSegments(_ segments: UnsafeBufferPointer<UInt8>) -> [String]? {
        var decoded: [String] = []
        for segment in segments.split(separator: PathBytes.slash, omittingEmptySubsequences: false) {
            guard let text = decodeSegment(UnsafeBufferPointer(rebasing: segment)) else { return nil }
            decoded.append(text)
        }
        return decoded
    }
}
