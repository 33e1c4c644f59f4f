// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetRouting

@Suite struct SegmentDecodingTests {
    @Test(
        "A segment is decoded once",
        arguments: [
            ("", ""), ("a", "a"), ("hello-world", "hello-world"), ("a%20b", "a b"), ("a+b", "a+b"), ("a%2Fb", "a/b"),
            ("a%5Cb", "a\\b"), ("100%25", "100%"), ("%2561", "%61"), ("%252F", "%2F"), ("caf%C3%A9", "café"),
            ("café", "café"), ("%F0%9F%90%95", "🐕"), ("%EF%BF%BD", "\u{FFFD}"), ("%EF%BB%BFa", "\u{FEFF}a"),
            ("a%0Ab", "a\nb"), ("AbC", "AbC"), ("%e4%bd%a0", "你"),
        ]
    )
    func decoded(segment: String, text: String) {
        // Unicode scalars, since strings are equal to their other normal forms.
        #expect(decode(segment).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test(
        "A segment with a bad escape or without UTF-8 is not decoded",
        arguments: [
            "%", "%2", "a%zz", "%E0%A4%A", "%FF", "%C3", "%C3%28", "%ED%A0%80", "%C0%AF", "%F8%80%80%80", "é%FF",
        ]
    )
    func refused(segment: String) {
        #expect(decode(segment) == nil)
    }

    @Test("Raw bytes that are not UTF-8 are not decoded")
    func rawBytes() {
        #expect([0x61, 0xFF].withUnsafeBufferPointer { PathNormalization.decodeSegment($0) } == nil)
    }

    @Test(
        "What a catch-all captured is decoded segment by segment",
        arguments: [
            ("a", ["a"]), ("a/b/c", ["a", "b", "c"]), ("a%2Fb/c", ["a/b", "c"]), ("a/%FF", nil), ("%C3/%A9", nil),
        ] as [(String, [String]?)]
    )
    func catchAll(capture: String, segments: [String]?) {
        var capture = capture
        #expect(capture.withUTF8 { PathNormalization.decodeSegments($0) } == segments)
    }

    private func decode(_ segment: String) -> String? {
        var segment = segment
        return segment.withUTF8 { PathNormalization.decodeSegment($0) }
    }
}
