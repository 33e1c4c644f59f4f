// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What a resource is, judged by its first bytes: the [MIME Sniffing Standard](https://mimesniff.spec.whatwg.org/).
///
/// Only the first `headerByteCount` bytes are looked at. MP3 without an ID3 tag is left out: the standard's steps for it
/// contradict each other.
package enum MIMESniffing {
    /// How many bytes of a resource make its [resource header](https://mimesniff.spec.whatwg.org/#resource-header).
    package static var headerByteCount: Int { 1445 }

    /// Implements the [MIME type sniffing algorithm](https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm).
    ///
    /// - Parameters:
    ///   - supplied: The value of the last `Content-Type` field, nil if there is none.
    ///   - isNoSniff: Whether `X-Content-Type-Options: nosniff` forbids to contradict it.
    ///   - content: The resource, or its first bytes.
    package static func computedMIMEType(
        supplied: String?, isNoSniff: Bool, content: Span<UInt8>
    ) -> MIMEType {
        let header = content.extracting(first: headerByteCount)
        let unknown = { (type: MIMEType) in
            type.essence == "unknown/unknown" || type.essence == "application/unknown" || type.essence == "*/*"
        }
        // 2.
        guard let supplied, let type = MIMEType(supplied), !unknown(type) else {
            return unknownMIMEType(header, sniffsScriptable: !isNoSniff)
        }
        // 1, 3.
        if type.isXML || type.isHTML || isNoSniff { return type }
        // 4. A fault of old servers marks binary files so.
        switch supplied {
        case "text/plain", "text/plain; charset=ISO-8859-1", "text/plain; charset=iso-8859-1",
            "text/plain; charset=UTF-8":
            return textOrBinary(header)
        default: break
        }
        // 5–8.
        if type.isImage, let matched = imageType(header) { return matched }
        if type.isAudioOrVideo, let matched = audioOrVideoType(header) { return matched }
        return type
    }

    /// Implements the
    /// [rules for identifying an unknown MIME type](
    /// https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type).
    package static func unknownMIMEType(_ content: Span<UInt8>, sniffsScriptable: Bool) -> MIMEType {
        let header = content.extracting(first: headerByteCount)
        // 1.
        if sniffsScriptable, let matched = scriptableType(header) { return matched }
        // 2–8.
        return Signature.match(header, Signature.texts) ?? imageType(header) ?? audioOrVideoType(header)
            ?? archiveType(header) ?? binaryOrPlain(header)
    }

    /// Implements the [image type pattern matching algorithm](
    /// https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm).
    package static func imageType(_ header: Span<UInt8>) -> MIMEType? {
        Signature.match(header, Signature.images)
    }

    /// Implements the [audio or video type pattern matching algorithm](
    /// https://mimesniff.spec.whatwg.org/#audio-or-video-type-pattern-matching-algorithm).
    package static func audioOrVideoType(_ header: Span<UInt8>) -> MIMEType? {
        // 1.
        if let matched = Signature.match(header, Signature.media) { return matched }
        // 2–3.
        if isMP4(header) { return MIMEType(type: "video", subtype: "mp4") }
        if isWebM(header) { return MIMEType(type: "video", subtype: "webm") }
        // 4: left out. 5.
        return nil
    }

    /// Implements the [font type pattern matching algorithm](
    /// https://mimesniff.spec.whatwg.org/#font-type-pattern-matching-algorithm).
    package static func fontType(_ header: Span<UInt8>) -> MIMEType? {
        Signature.match(header, Signature.fonts)
    }

    /// Implements the [archive type pattern matching algorithm](
    /// https://mimesniff.spec.whatwg.org/#archive-type-pattern-matching-algorithm).
    package static func archiveType(_ header: Span<UInt8>) -> MIMEType? {
        Signature.match(header, Signature.archives)
    }

    // MARK: - Algorithm

    /// Implements the [rules for distinguishing if a resource is text or binary](
    /// https://mimesniff.spec.whatwg.org/#rules-for-text-or-binary).
    private static func textOrBinary(_ header: Span<UInt8>) -> MIMEType {
        // 2–3.
        if UTF8Decoding.sniffBOM(header) != nil { return MIMEType(type: "text", subtype: "plain") }
        // 4–5.
        return binaryOrPlain(header)
    }

    private static func binaryOrPlain(_ header: Span<UInt8>) -> MIMEType {
        for index in header.indices where isBinary(header[index]) {
            return MIMEType(type: "application", subtype: "octet-stream")
        }
        return MIMEType(type: "text", subtype: "plain")
    }

    /// A [binary data byte](https://mimesniff.spec.whatwg.org/#binary-data-byte).
    private static func isBinary(_ byte: UInt8) -> Bool {
        byte <= 0x08 || byte == 0x0B || 0x0E...0x1A ~= byte || 0x1C...0x1F ~= byte
    }

    /// The table of step 1 of the rules for identifying an unknown MIME type.
    private static func scriptableType(_ header: Span<UInt8>) -> MIMEType? {
        var start = 0
        while start < header.count, isWhiteSpace(header[start]) { start += 1 }
        for tag in htmlTags where matches(header, tag, at: start, ignoringCase: true) {
            let end = start + tag.utf8CodeUnitCount
            if end < header.count, header[end] == 0x20 || header[end] == 0x3E {
                return MIMEType(type: "text", subtype: "html")
            }
        }
        if matches(header, "<?xml", at: start) { return MIMEType(type: "text", subtype: "xml") }
        if matches(header, "%PDF-", at: 0) { return MIMEType(type: "application", subtype: "pdf") }
        return nil
    }

    private static let htmlTags: [StaticString] = [
        "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE",
        "<TITLE", "<B", "<BODY", "<BR", "<P", "<!--",
    ]

    /// Implements the [signature for MP4](https://mimesniff.spec.whatwg.org/#signature-for-mp4).
    private static func isMP4(_ header: Span<UInt8>) -> Bool {
        // 3–5.
        guard header.count >= 12 else { return false }
        let boxSize = Int(header.bigEndianWord(at: 0))
        guard header.count >= boxSize, boxSize % 4 == 0 else { return false }
        // 6–7.
        guard matches(header, "ftyp", at: 4) else { return false }
        if matches(header, "mp4", at: 8) { return true }
        // 8–9.
        return stride(from: 16, to: boxSize, by: 4).contains { matches(header, "mp4", at: $0) }
    }

    /// Implements the [signature for WebM](https://mimesniff.spec.whatwg.org/#signature-for-webm).
    private static func isWebM(_ header: Span<UInt8>) -> Bool {
        // 3–4.
        guard header.count >= 4, header.bigEndianWord(at: 0) == 0x1A45_DFA3 else { return false }
        // 5–6.
        var index = 4
        while index < header.count - 1, index < 38 {
            if header[index] == 0x42, header[index + 1] == 0x82 {
                index += 2
                guard index < header.count else { return false }
                // The length of a number stands in its leading zero bits.
                index += min(header[index].leadingZeroBitCount + 1, 8)
                while index < header.count - 4, header[index] == 0 { index += 1 }
                if matches(header, "webm", at: index) { return true }
            }
            index += 1
        }
        // 7.
        return false
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private static func matches(
        _ header: Span<UInt8>, _ pattern: StaticString, at start: Int, ignoringCase: Bool = false
    ) -> Bool {
        guard header.count - start >= pattern.utf8CodeUnitCount else { return false }
        let table = StaticTable(pattern)
        for offset in 0..<pattern.utf8CodeUnitCount {
            let byte = header[start + offset]
            guard (ignoringCase ? ASCII.uppercased(byte) : byte) == table[UInt8(offset)] else { return false }
        }
        return true
    }
}
