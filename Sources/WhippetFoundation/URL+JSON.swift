// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetJSON

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import struct Foundation.URL
#endif

// The URL as a string; a relative one is written with its base. (Whippet's own `URL` does the same.)
extension URL: TapeReadable, SlotWritable {
    package static func read(_ reader: TapeReader, at index: UInt32) throws -> URL {
        guard let url = URL(string: try reader.text(at: index)) else { throw reader.refusal("not a URL", at: index) }
        return url
    }

    package func write(_ writer: SlotWriter) throws {
        try writer.write(text: absoluteString)
    }
}
