// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct MIMESniffingTests {
    @Test(
        "A resource of unknown type is known by its first bytes",
        arguments: [
            (Array("  \n<!doctype html>".utf8), "text/html"), (Array("<p >".utf8), "text/html"),
            (Array("<!-- x".utf8), "text/html"), (Array("<pre>".utf8), "text/plain"), (Array("<p".utf8), "text/plain"),
            (Array("\t<?xml v".utf8), "text/xml"), (Array("%PDF-1.7".utf8), "application/pdf"),
            (Array(" %PDF-1.7".utf8), "text/plain"), (Array("%!PS-Adobe-3".utf8), "application/postscript"),
            ([0xFE, 0xFF, 0, 1], "text/plain"), ([0xEF, 0xBB, 0xBF, 0], "text/plain"),
            ([0, 0, 1, 0], "image/x-icon"), (Array("BM".utf8), "image/bmp"), (Array("GIF89a".utf8), "image/gif"),
            (Array("RIFF1234WEBPVP8".utf8), "image/webp"), ([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), (Array("ID3".utf8), "audio/mpeg"),
            (Array("OggS\0".utf8), "application/ogg"), (Array("RIFF1234WAVE".utf8), "audio/wave"),
            (Array("RIFF1234AVI ".utf8), "video/avi"), (Array("FORM1234AIFF".utf8), "audio/aiff"),
            ([0, 0, 0, 12] + Array("ftypmp42".utf8), "video/mp4"),
            ([0, 0, 0, 20] + Array("ftypisom1234mp41".utf8), "video/mp4"),
            ([0, 0, 0, 24] + Array("ftypisom1234mp41".utf8), "application/octet-stream"),
            ([0x1A, 0x45, 0xDF, 0xA3, 0x93, 0x42, 0x82, 0x84] + Array("webm".utf8), "video/webm"),
            ([0x1A, 0x45, 0xDF, 0xA3, 0x93, 0x42, 0x82, 0x88, 0, 0] + Array("webm".utf8), "video/webm"),
            ([0x1F, 0x8B, 0x08], "application/x-gzip"), ([0x50, 0x4B, 3, 4], "application/zip"),
            ([0x52, 0x61, 0x72, 0x21, 0x1A, 7, 0], "application/x-rar-compressed"), ([], "text/plain"),
            (Array("é\u{1B}[0m\r\n".utf8), "text/plain"), ([0x61, 0x00], "application/octet-stream"),
            ([0x1A, 0x45, 0xDF, 0xA3], "application/octet-stream"),
            ([0x1A, 0x45, 0xDF, 0xA3, 0x42, 0x82], "application/octet-stream"),
        ] as [([UInt8], String)])
    func unknownType(bytes: [UInt8], type: String) {
        #expect(MIMESniffing.unknownMIMEType(bytes.span, sniffsScriptable: true).serialized == type)
    }

    @Test("Nothing that runs is found where that is forbidden", arguments: ["<html>", "<?xml ?>", "%PDF-1.7"])
    func scriptable(text: String) {
        #expect(MIMESniffing.unknownMIMEType(Array(text.utf8).span, sniffsScriptable: false).essence == "text/plain")
    }

    @Test(
        "The type that was supplied limits what the content can say",
        arguments: [
            (nil, false, "<html>", "text/html"), (nil, true, "<html>", "text/plain"),
            ("*/*", false, "GIF89a", "image/gif"), ("no type", false, "GIF89a", "image/gif"),
            ("text/html;x=y", false, "GIF89a", "text/html;x=y"), ("image/svg+xml", false, "GIF89a", "image/svg+xml"),
            ("image/png", false, "GIF89a", "image/gif"), ("image/png", true, "GIF89a", "image/png"),
            ("image/png", false, "<html>", "image/png"), ("video/x", false, "OggS\0", "application/ogg"),
            ("text/css", false, "GIF89a", "text/css"), ("text/plain", false, "a\0", "application/octet-stream"),
            ("text/plain", true, "a\0", "text/plain"), ("text/plain;x=y", false, "a\0", "text/plain;x=y"),
            ("text/plain; charset=UTF-8", false, "<html>", "text/plain"),
        ] as [(String?, Bool, String, String)])
    func computedType(supplied: String?, isNoSniff: Bool, content: String, type: String) {
        let bytes = Array(content.utf8)
        let computed = MIMESniffing.computedMIMEType(supplied: supplied, isNoSniff: isNoSniff, content: bytes.span)
        #expect(computed.serialized == type)
    }

    @Test(
        "Fonts are known by their signatures",
        arguments: [
            ([UInt8](repeating: 7, count: 34) + [0x4C, 0x50], "application/vnd.ms-fontobject"),
            ([0, 1, 0, 0], "font/ttf"), (Array("OTTO".utf8), "font/otf"), (Array("wOF2".utf8), "font/woff2"),
            (Array("wOF".utf8), nil),
        ] as [([UInt8], String?)])
    func fonts(bytes: [UInt8], type: String?) {
        #expect(MIMESniffing.fontType(bytes.span)?.essence == type)
    }

    @Test("Bytes after the resource header do not count")
    func headerOnly() {
        let text = [UInt8](repeating: 0x61, count: MIMESniffing.headerByteCount) + [0]
        #expect(MIMESniffing.unknownMIMEType(text.span, sniffsScriptable: true).essence == "text/plain")
    }
}
