// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
@_spi(Whippet) internal import WhippetInfra

struct PercentEncodingTests {
    /// What each set encodes of the printable ASCII characters.
    @Test(
        "Each set encodes the characters that the standard lists",
        arguments: [
            ("c0Control", PercentEncodeSet.c0Control, ""),
            ("fragment", .fragment, " \"<>`"),
            ("query", .query, " \"#<>"),
            ("specialQuery", .specialQuery, " \"#<>'"),
            ("path", .path, " \"#<>?^`{}"),
            ("userinfo", .userinfo, " \"#<>?^`{}/:;=@[\\]|"),
            ("component", .component, " \"#<>?^`{}/:;=@[\\]|$%&+,"),
            ("formURLEncoded", .formURLEncoded, " \"#<>?^`{}/:;=@[\\]|$%&+,!'()~"),
        ])
    func sets(name: String, set: PercentEncodeSet, encoded: String) {
        for byte in UInt8.min...UInt8.max {
            let isPrintable = 0x20...0x7E ~= byte
            #expect(set.contains(byte) == (!isPrintable || encoded.utf8.contains(byte)), "\(name) \(byte)")
        }
    }

    @Test(
        "Decoding leaves a percent sign without two hex digits as it is",
        arguments: [
            ("%25%s%1G", "%%s%1G"), ("a%2Fb%2fc", "a/b/c"), ("%", "%"), ("%4", "%4"), ("%41", "A"), ("%%41", "%A"),
            ("", ""),
        ])
    func decoding(input: String, output: String) {
        #expect(PercentEncoding.decode(input) == Array(output.utf8))
    }

    @Test("Encoding writes the UTF-8 bytes of the set in upper case")
    func encoding() {
        #expect(PercentEncoding.encode("Say what‽", .userinfo) == "Say%20what%E2%80%BD")
        #expect(PercentEncoding.encode("plain", .userinfo) == "plain")
    }
}
