// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetURL

struct RequestTargetTests {
    private static let authorities = [
        "example.com", "EXAMPLE.com", "example.com:8080", "example.com:80", "example.com:443", "example.com:080",
        "example.com:0", "example.com:65536", "example.com:", "localhost:3000", "127.0.0.1:3000", "127.1", "1.2.3.4.",
        "0x7f.1", "a.0x", "[::1]", "[::0:1]:80", "a_b", "xn--a", "é.example", "a%41", "", ":80", "a.1", "256.1.1.1",
        "a-.b-",
    ]

    private static let targets = [
        "/", "//", "/a/b", "/a/b?c=d", "/?", "/?a?b", "/a//b", "//evil.example/", "/a/../b", "/a/..", "/.",
        "/.well-known/x",
        "/a/%2e%2E/b", "/%2e", "/a%2eb", "/a/%41", "/a\\b", "/a b", "/a?b c", "/a#b", "/a?b#c", "/é", "/a?é", "/a?b'c",
        "/a\"b", "/{a}", "/a^b", "/a|b", "/a;b=c,d", "/a@b:c", "/[a]", "/a?[b]&{c}", "/a?`", "/a`", "/a\tb",
        "/a?b\u{7F}",
    ]

    private static func url(_ isSecure: Bool, _ authority: String, _ target: String) -> URL? {
        Array(authority.utf8).withUnsafeBufferPointer { authority in
            Array(target.utf8).withUnsafeBufferPointer { target in
                URL(isSecure: isSecure, authority: authority, target: target)
            }
        }
    }

    @Test("The fast path of a request target agrees with the parser", arguments: authorities)
    func agreement(authority: String) {
        for target in Self.targets {
            for isSecure in [false, true] {
                let url = Self.url(isSecure, authority, target)
                let expected = URL.parse("\(isSecure ? "https" : "http")://\(authority)\(target)")
                #expect(url?.href == expected?.href)
                #expect(url.map(components) == expected.map(components))
            }
        }
    }

    @Test("A kept origin gives the same URLs for its authority and none for others", arguments: authorities)
    func keptOrigin(authority: String) {
        for isSecure in [false, true] {
            let origin = bytes(authority) { RequestOrigin(isSecure: isSecure, authority: $0) }
            for target in Self.targets {
                let url = url(origin, authority, target)
                // Nil leaves it to the initialiser.
                if let url { #expect(components(url) == Self.url(isSecure, authority, target).map(components)) }
                for other in Self.authorities where other != authority {
                    #expect(self.url(origin, other, target) == nil)
                }
            }
        }
    }

    @Test(
        "The usual authorities are kept", arguments: ["example.com", "Example.com:80", "localhost:3000", "127.0.0.1"])
    func usualOrigin(authority: String) {
        let origin = bytes(authority) { RequestOrigin(isSecure: false, authority: $0) }
        #expect(url(origin, authority, "/items/1?q=tea") != nil)
    }

    @Test("An unusually long authority is not kept")
    func longOrigin() {
        let authority = String(repeating: "a", count: 300)
        #expect(bytes(authority) { RequestOrigin(isSecure: false, authority: $0) } == nil)
    }

    private func bytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        Array(text.utf8).withUnsafeBufferPointer(body)
    }

    private func url(_ origin: RequestOrigin?, _ authority: String, _ target: String) -> URL? {
        bytes(authority) { authority in bytes(target) { origin?.url(authority: authority, target: $0) } }
    }

    @Test(
        "An authority or a target that would spill into another component gives no URL",
        arguments: [
            ("example.com", "*"), ("example.com", ""), ("example.com", "a"), ("example.com", "@evil.example/"),
            ("user@example.com", "/"), ("example.com/a", "/"), ("example.com?a", "/"), ("example.com#a", "/"),
            ("example.com\\a", "/"),
        ])
    func spill(authority: String, target: String) {
        #expect(Self.url(true, authority, target) == nil)
    }

    private func components(_ url: URL) -> [String] {
        [
            url.href, url.origin, url.protocol, url.username, url.password, url.host, url.hostname, url.port,
            url.pathname,
            url.search, url.hash, "\(url.searchParams)",
        ]
    }
}
