// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetRouting

@Suite struct PathNormalizationTests {
    @Test(
        "A canonical path stays as it is",
        arguments: [
            "/", "/a", "/a/b/c", "/items/12345", "/a.b/c.d", "/a..b", "/...", "/.a", "/..a", "/.well-known/acme",
            "/a/.b/..c/...", "/a~b_c-d", "/!$&'()*+,;=:@", "/a%20b", "/caf%C3%A9", "/a%2Fb", "/a%5Cb", "/100%25",
            "/a%252Fb", "/%5B%5D", "/%FF", "/a%0Ab", "/a=1;b=2/c", "/aaaaaaa", "/aaaaaaaa", "/aaaaaaaa/b", "/@user/x",
        ]
    )
    func unchanged(path: String) {
        #expect(normalize(path) == "unchanged")
    }

    @Test(
        "Other spellings become canonical without a redirect",
        arguments: [
            ("", "/"),
            ("/%61dmin", "/admin"), ("/%41", "/A"), ("/%7Euser", "/~user"), ("/%40me", "/@me"), ("/a%3Db", "/a=b"),
            ("/a%2fb", "/a%2Fb"), ("/a%5cb", "/a%5Cb"), ("/caf%c3%a9", "/caf%C3%A9"), ("/café", "/caf%C3%A9"),
            ("/a|b", "/a%7Cb"), ("/[x]", "/%5Bx%5D"), ("/{a}", "/%7Ba%7D"), ("/a\"<>^`", "/a%22%3C%3E%5E%60"),
            ("/%2525", "/%2525"), ("/%252e%252e/a%61", "/%252e%252e/aa"),
            ("/.", "/"), ("/..", "/"), ("/../..", "/"), ("/./a", "/a"), ("/../a", "/a"), ("/a/./b", "/a/b"),
            ("/a/../b", "/b"), ("/a/b/../c", "/a/c"), ("/a/../../../b", "/b"), ("/a/..", "/"),
            ("/%2e/a", "/a"), ("/a/%2e%2e/b", "/b"), ("/a/.%2E/b", "/b"), ("/a/%2e./b", "/b"),
            ("/aaaaaaa/../bbbbbbbb", "/bbbbbbbb"), ("/aaaaaaaa/./bbbbbbb", "/aaaaaaaa/bbbbbbb"),
        ].filter { $0.0 != $0.1 }
    )
    func respelled(path: String, canonical: String) {
        #expect(normalize(path) == canonical)
    }

    @Test(
        "Slashes too many and backslashes lead to the canonical path by a redirect",
        arguments: [
            // R-trailing-slash, R-double-slash, R-backslash
            ("/m/get/", "/m/get"), ("/m//get", "/m/get"), ("/m\\get", "/m/get"),
            ("//", "/"), ("///", "/"), ("/a//", "/a"), ("//a", "/a"), ("/a///b//", "/a/b"), ("\\", "/"), ("\\a", "/a"),
            ("/a\\", "/a"), ("/a\\\\b", "/a/b"), ("/a/b/.", "/a/b"), ("/a/b/..", "/a"), ("/a\\..\\b", "/b"),
            ("/a//../b", "/a/b"), ("/a/%2e", "/a"), ("/%61//b", "/a/b"), ("/aaaaaaa//bbbbbbbb", "/aaaaaaa/bbbbbbbb"),
            ("/aaaaaaaaaaaa/", "/aaaaaaaaaaaa"),
            // None of these may become another host's address.
            ("//evil.example", "/evil.example"), ("/\\evil.example", "/evil.example"),
            ("\\\\evil.example", "/evil.example"), ("/.//evil.example", "/evil.example"),
            ("/a/..//evil.example", "/evil.example"), ("/%2e%2e//evil.example", "/evil.example"),
        ]
    )
    func redirected(path: String, canonical: String) {
        #expect(normalize(path) == canonical + " by redirect")
    }

    @Test("What was wrong with the slashes is told")
    func changesAreTold() {
        #expect(changes(of: "/a/") == .trailingSlash)
        #expect(changes(of: "/a//b") == .repeatedSlashes)
        #expect(changes(of: "/a//") == [.repeatedSlashes, .trailingSlash])
        #expect(changes(of: "/a\\b") == .backslashes)
        #expect(changes(of: "/%61") == [])
    }

    @Test(
        "A path that breaks a rule is refused",
        arguments: [
            ("a", .notAbsolute), ("*", .notAbsolute), ("%2Fa", .notAbsolute), ("example.com:443", .notAbsolute),
            ("/%", .invalidEscape), ("/%4", .invalidEscape), ("/a%zz", .invalidEscape), ("/%%41", .invalidEscape),
            ("/p/one/%E0%A4%A", .invalidEscape), ("/%4/b", .invalidEscape), ("/a%+1", .invalidEscape),
            ("/%00", .escapedNUL), ("/a/b%00.txt", .escapedNUL), ("/a//%00", .escapedNUL),
            ("/a b", .forbiddenByte), ("/\u{0}", .forbiddenByte), ("/a\n", .forbiddenByte),
            ("/a\u{7F}", .forbiddenByte),
            ("/a?b", .forbiddenByte), ("/a#b", .forbiddenByte),
        ] as [(String, PathNormalization.Failure)]
    )
    func invalid(path: String, failure: PathNormalization.Failure) {
        #expect(normalize(path) == "invalid: \(failure)")
    }

    @Test("Bytes that are not UTF-8 are escaped")
    func rawBytes() {
        let bytes: [UInt8] = Array("/a".utf8) + [0xFF, 0x80]
        let result = bytes.withUnsafeBufferPointer { describe(PathNormalization($0)) }
        #expect(result == "/a%FF%80")
    }

    @Test("A canonical path is normalised to itself, and decodes to what the path decoded to", arguments: 0..<40)
    func random(seed: Int) {
        var random = RandomSource(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        let parts = [
            "/", "/", "/", "\\", ".", "..", "a", "B7", "%2e", "%2F", "%5c", "%25", "%41", "é", "%C3%A9", "~", "=", "|",
            "abcdefgh", "-x.",
        ]
        for _ in 0..<300 {
            let path = "/" + (0..<random.below(8)).map { _ in parts[random.below(parts.count)] }.joined()
            let result = normalize(path)
            let canonical = result == "unchanged" ? path : result.replacing(" by redirect", with: "")
            #expect(normalize(canonical) == "unchanged", "\(path) → \(canonical)")
            #expect(decoded(canonical) == referenceSegments(path), "\(path) → \(canonical)")
        }
    }

    @Test("A plain path is a canonical path: the fast check agrees with the slow one", arguments: 0..<20)
    func fastPath(seed: Int) {
        var random = RandomSource(state: UInt64(seed) &* 0xD1B5_4A32_D192_ED03 | 1)
        for _ in 0..<400 {
            // A long plain path with up to two other bytes somewhere.
            var bytes = [0x2F] + (0..<random.below(30)).map { _ in Array("abz-09AZ/".utf8)[random.below(9)] }
            for _ in 0..<random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            let result = bytes.withUnsafeBufferPointer { describe(PathNormalization($0)) }
            let text = bytes.map {
                $0 < 0x80 ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16, uppercase: true)
            }
            let isCanonical = bytes.first == 0x2F && referenceIsCanonical(bytes)
            #expect((result == "unchanged") == isCanonical, "\(text.joined())")
        }
    }

    @Test("Many dot segments cost no more than their bytes", .timeLimit(.minutes(1)))
    func dotSegments() {
        let path = String(repeating: "/a", count: 20_000) + String(repeating: "/..", count: 30_000) + "/b"
        #expect(normalize(path) == "/b")
    }

    // MARK: - Reference

    private func referenceIsCanonical(_ bytes: [UInt8]) -> Bool {
        if bytes == [0x2F] { return true }
        let literals = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@".utf8)
        let segments = bytes.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
        return segments.allSatisfy { segment in
            var rest = segment
            while let byte = rest.popFirst() {
                if literals.contains(byte) { continue }
                guard byte == 0x25, rest.count >= 2 else { return false }
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }),
                    let value = UInt8(digits, radix: 16), value != 0, !literals.contains(value)
                else { return false }
                rest = rest.dropFirst(2)
            }
            return !segment.isEmpty && Array(segment) != Array(".".utf8) && Array(segment) != Array("..".utf8)
        }
    }

    /// The decoded segments by the URL Standard's path state, without the empty ones.
    private func referenceSegments(_ path: String) -> [String] {
        var segments: [String] = []
        let parts = path.dropFirst().split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        for part in parts {
            switch part.lowercased().replacing("%2e", with: ".") {
            case "..": _ = segments.popLast()
            case ".": break
            default: segments.append(String(part))
            }
        }
        return segments.filter { !$0.isEmpty }.map(referenceDecode)
    }

    private func decoded(_ path: String) -> [String] {
        path.split(separator: "/").map { referenceDecode(String($0)) }
    }

    private func referenceDecode(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func normalize(_ path: String) -> String {
    var path = path
    return path.withUTF8 { describe(PathNormalization($0)) }
}

private func changes(of path: String) -> NormalizedPath.Changes? {
    var path = path
    guard case .normalized(let result) = path.withUTF8({ PathNormalization($0) }) else { return nil }
    return result.changes
}

private func describe(_ normalization: PathNormalization) -> String {
    switch normalization {
    case .unchanged: "unchanged"
    case .normalized(let path): path.string + (path.needsRedirect ? " by redirect" : "")
    case .invalid(let failure): "invalid: \(failure)"
    }
}
