// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct HashingTests {
    @Test(
        "NIST's example messages have NIST's digests",
        arguments: [
            (
                "", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            ),
            (
                "abc", "a9993e364706816aba3e25717850c26c9cd0d89d",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            ),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vectors(message: String, sha1: String, sha256: String) {
        #expect(hex(SHA1.hash(message)) == sha1)
        #expect(hex(SHA256.hash(message)) == sha256)
    }

    @Test(
        "Messages around the ends of blocks have their digests",
        arguments: [
            (55, "8ae2d46729cfe68ff927af5eec9c7d1b66d65ac2", "463eb28e72f82e0a96c0a4cc53690c57"),
            (56, "636e2ec698dac903498e648bd2f3af641d3c88cb", "da2ae4d6b36748f2a318f23e7ab1dfdf"),
            (63, "6d942da0c4392b123528f2905c713a3ce28364bd", "29af2686fd53374a36b0846694cc3421"),
            (64, "c6138d514ffa2135bfce0ed0b8fac65669917ec7", "fdeab9acf3710362bd2658cdc9a29e8f"),
            (65, "69bd728ad6e13cd76ff19751fde427b00e395746", "4bfd2c8b6f1eec7a2afeb48b934ee4b2"),
            (119, "41c89d06001bab4ab78736b44efe7ce18ce6ae08", "da18797ed7c3a777f0847f429724a2d8"),
            (120, "d3dbd653bd8597b7475321b60a36891278e6a04a", "f52b23db1fbb6ded89ef42a23ce0c892"),
            (128, "e6434bc401f98603d7eda504790c98c67385d535", "471fb943aa23c511f6f72f8d1652d9c8"),
        ])
    func blockEnds(count: Int, sha1: String, sha256: String) {
        let message = (0..<count).map { UInt8($0) }
        #expect(hex(SHA1.hash(message.span)) == sha1)
        #expect(hex(SHA256.hash(message.span)).hasPrefix(sha256))
    }

    @Test("A long message in pieces has its digest")
    func pieces() {
        // The million letters of FIPS 180's third example would take a debug build seconds: a tenth of them.
        var (sha1, sha256) = (SHA1(), SHA256())
        let piece = [UInt8](repeating: 0x61, count: 125)
        for _ in 0..<800 {
            sha1.update(piece.span)
            sha256.update(piece.span)
        }
        #expect(hex(sha1.finalize()) == "c4d4b30851182fc4eb8675494d42fd7f17e29c93")
        #expect(hex(sha256.finalize()) == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
    }

    @Test("A message in two pieces, split anywhere, has the digest of the whole")
    func split() {
        let message = (0..<150).map { UInt8($0) }
        let (sha1, sha256) = (SHA1.hash(message.span), SHA256.hash(message.span))
        for place in 0...message.count {
            let (first, second) = (Array(message[..<place]), Array(message[place...]))
            var (pieces1, pieces256) = (SHA1(), SHA256())
            pieces1.update(first.span)
            pieces1.update(second.span)
            pieces256.update(first.span)
            pieces256.update(second.span)
            #expect(pieces1.finalize() == sha1)
            #expect(pieces256.finalize() == sha256)
        }
    }

    @Test(
        "The vectors of RFC 2202 and RFC 4231 have their codes",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "90d0dace1c1bdc957339307803160335bde6df2b",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func codes(key: [UInt8], message: String, sha1: String, sha256: String) {
        let bytes = Array(message.utf8)
        #expect(hex(HMAC<SHA1>.authenticate(bytes.span, key: key.span)) == sha1)
        #expect(hex(HMAC<SHA256>.authenticate(bytes.span, key: key.span)) == sha256)
    }

    @Test("A prepared key serves many messages, in pieces or whole")
    func preparedKey() {
        let key = Array("secret".utf8)
        let prepared = HMAC<SHA256>(key: key.span)
        for message in ["", "session=1", String(repeating: "x", count: 200)] {
            let bytes = Array(message.utf8)
            var code = prepared
            for byte in bytes { code.update([byte].span) }
            #expect(code.finalize() == HMAC<SHA256>.authenticate(bytes.span, key: key.span))
        }
    }

    @Test("A code is valid for its message alone")
    func validity() {
        let (key, message) = (Array("secret".utf8), Array("message".utf8))
        let code = HMAC<SHA256>.authenticate(message.span, key: key.span)
        #expect(isValid(code, message, key))
        for index in code.indices {
            var wrong = code
            wrong[index] ^= 1
            #expect(!isValid(wrong, message, key))
        }
        #expect(!isValid(Array(code.dropLast()), message, key))
        #expect(!isValid(code, message, message))
    }

    @Test(
        "Byte sequences are compared by length and content",
        arguments: [([], [], true), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false), ([1, 2], [1], false)]
            as [([UInt8], [UInt8], Bool)])
    func comparison(left: [UInt8], right: [UInt8], areEqual: Bool) {
        let result = ConstantTime.equals(left.span, right.span)
        #expect(result == areEqual)
    }

    @Test(
        "A checksum is that of gzip",
        arguments: [
            ("", 0), ("123456789", 0xCBF4_3926), ("a", 0xE8B7_BE43),
            ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
        ] as [(String, UInt32)])
    func checksum(text: String, value: UInt32) {
        #expect(CRC32.checksum(Array(text.utf8).span) == value)
    }

    @Test("A checksum in pieces is that of the whole")
    func checksumInPieces() {
        let bytes = [UInt8](0...127)
        #expect(CRC32.checksum(bytes.span) == 0x2465_0D57)
        for place in 0...bytes.count {
            var checksum = CRC32()
            checksum.update(Array(bytes[..<place]).span)
            checksum.update(Array(bytes[place...]).span)
            #expect(checksum.value == 0x2465_0D57)
        }
    }

    private func isValid(_ code: [UInt8], _ message: [UInt8], _ key: [UInt8]) -> Bool {
        HMAC<SHA256>.isValid(code.span, for: message.span, key: key.span)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
