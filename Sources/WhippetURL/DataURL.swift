// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) package import WhippetInfra

/// What a `data:` URL holds: the standard's [data: URL struct](https://fetch.spec.whatwg.org/#data-url-struct).
package struct DataURL: Hashable, Sendable {
    /// The type of the content; `text/plain;charset=US-ASCII` where the URL names none that parses.
    package let mimeType: MIMEType
    /// The content.
    package let body: [UInt8]

    /// Implements the [data: URL processor](https://fetch.spec.whatwg.org/#data-url-processor); nil for failure.
    package init?(_ url: URL) {
        // 1. Asserted by the standard.
        guard url.scheme == "data" else { return nil }
        // 2–4.
        let input = Array(url.hrefWithoutFragment.utf8.dropFirst(5))
        // 5, 7–9. The type ends at the first comma.
        guard let comma = input.firstIndex(of: 0x2C) else { return nil }
        // 6.
        var mimeType = Self.trimmingWhiteSpace(input[..<comma])
        // 10.
        var body = PercentEncoding.decode(input.span.extracting((comma + 1)..<input.count))
        // 11. A semicolon, spaces and "base64" at the end.
        if let start = Self.startOfBase64(mimeType) {
            guard let decoded = Base64.forgivingDecode(body.span) else { return nil }
            body = decoded
            mimeType = mimeType[..<start]
        }
        // 12.
        if mimeType.first == 0x3B { mimeType = Array("text/plain".utf8) + mimeType }
        // 13–14.
        self.mimeType =
            MIMEType(mimeType.span)
            ?? MIMEType(
                type: "text", subtype: "plain", parameters: [MIMEType.Parameter(name: "charset", value: "US-ASCII")])
        // 15.
        self.body = body
    }

    /// Where the semicolon of step 11 stands, nil if the type does not say that the body is in base 64.
    private static func startOfBase64(_ mimeType: ArraySlice<UInt8>) -> Int? {
        let suffix = mimeType.suffix(6)
        guard suffix.elementsEqual("base64".utf8, by: { ASCII.lowercased($0) == $1 }) else { return nil }
        let rest = mimeType[..<suffix.startIndex]
        guard let last = rest.lastIndex(where: { $0 != 0x20 }), rest[last] == 0x3B else { return nil }
        return last
    }

    private static func trimmingWhiteSpace(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isWhiteSpace(_ byte: UInt8) -> Bool {
            byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
        }
        guard let first = text.firstIndex(where: { !isWhiteSpace($0) }),
            let last = text.lastIndex(where: { !isWhiteSpace($0) })
        else { return [] }
        return text[first...last]
    }
}
