// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetURL

struct URLTests {
    @Test("The example of the documentation holds")
    func example() throws {
        var url = try URL("/items?q=1", base: "https://example.com")
        url.pathname = "/things"
        url.searchParams.set("q", "2")
        #expect(url.href == "https://example.com/things?q=2")
    }

    @Test("Every component is read from one URL")
    func components() throws {
        let url = try URL("https://user:secret@example.com:8080/items/1?q=a%20b#top")
        #expect(url.href == "https://user:secret@example.com:8080/items/1?q=a%20b#top")
        #expect(url.origin == "https://example.com:8080")
        #expect(url.protocol == "https:")
        #expect(url.username == "user")
        #expect(url.password == "secret")
        #expect(url.host == "example.com:8080")
        #expect(url.hostname == "example.com")
        #expect(url.port == "8080")
        #expect(url.pathname == "/items/1")
        #expect(url.search == "?q=a%20b")
        #expect(url.hash == "#top")
        #expect(url.searchParams.get("q") == "a b")
        #expect(url.toJSON() == url.href)
    }

    @Test(
        "Input is written in its normal form",
        arguments: [
            ("  HTTP://EXAMPLE.com:80/a b?c d#e f\n", "http://example.com/a%20b?c%20d#e%20f"),
            ("https:\\\\example.com\\a\\..\\b", "https://example.com/b"),
            ("https://example.com", "https://example.com/"),
            ("ht\ntps://exa\tmple.com/\rx", "https://example.com/x"),
            ("https:////example.com///a", "https://example.com///a"),
            ("https://a@b:c@example.com/", "https://a%40b:c@example.com/"),
            ("https://user:@example.com/", "https://user@example.com/"),
            ("https://:password@example.com/", "https://:password@example.com/"),
            ("https://example.com/a/./b/../%2E/%2e%2E/c", "https://example.com/c"),
            ("https://example.com/../../a/..", "https://example.com/"),
            ("https://example.com/a/%2x/...", "https://example.com/a/%2x/..."),
            ("https://example.com:0443/", "https://example.com/"),
            ("https://example.com:00000000000000000080/", "https://example.com:80/"),
            ("https://example.com?a'b", "https://example.com/?a%27b"),
            ("other:/a?b'c", "other:/a?b'c"),
            ("other://EXAMPLE/a/../..", "other://EXAMPLE/"),
            ("other:/a/..//b", "other:/.//b"),
            ("other:a b  ?q", "other:a b %20?q"),
            ("other:", "other:"),
            ("other://", "other://"),
            ("file:///C|/a/../..", "file:///C:/"),
            ("file://localhost/etc", "file:///etc"),
            ("file:c:\\x", "file:///c:/x"),
            ("http://0x7F.1/", "http://127.0.0.1/"),
            ("http://4294967295/", "http://255.255.255.255/"),
            ("http://1.2.3.4.:8080", "http://1.2.3.4:8080/"),
            ("http://127.0.0.1/", "http://127.0.0.1/"),
            ("http://[2001:DB8:0:0:1:0:0:0]/", "http://[2001:db8:0:0:1::]/"),
            ("http://[::127.0.0.1]/", "http://[::7f00:1]/"),
            ("http://[::]:80", "http://[::]/"),
            ("http://ex%41mple.com/", "http://example.com/"),
            ("http://xn--a.com/", "http://xn--a.com/"),
        ])
    func normalForm(input: String, href: String) throws {
        let url = try URL(input)
        #expect(url.href == href)
        #expect(try URL(url.href).href == href)
    }

    @Test(
        "A reference is resolved against a base",
        arguments: [
            ("", "https://u:p@h:1/a/b?q#f", "https://u:p@h:1/a/b?q"),
            ("c", "https://u:p@h:1/a/b?q#f", "https://u:p@h:1/a/c"),
            ("../c", "https://h/a/b/d", "https://h/a/c"),
            ("/c", "https://u:p@h:1/a/b?q#f", "https://u:p@h:1/c"),
            ("//other/c", "https://u:p@h:1/a", "https://other/c"),
            ("?r", "https://h/a?q#f", "https://h/a?r"),
            ("#g", "https://h/a?q#f", "https://h/a?q#g"),
            ("https:c", "https://h/a/b", "https://h/a/c"),
            ("http:c", "https://h/a/b", "http://c/"),
            ("#g", "mailto:a?q#f", "mailto:a?q#g"),
            ("c", "other:/.//a/b", "other:/.//a/c"),
            ("c", "other://h", "other://h/c"),
            ("..", "file:///C:", "file:///C:/"),
            ("D|", "file:///C:/a", "file:///D:"),
            ("/a", "file:///C:/b", "file:///C:/a"),
            ("//h/a", "file:///C:/b", "file://h/a"),
        ])
    func relative(input: String, base: String, href: String) throws {
        #expect(try URL(input, base: base).href == href)
        #expect(URL.canParse(input, base: base))
        #expect(URL.parse(input, base: try URL(base))?.href == href)
    }

    @Test(
        "What is no URL throws a TypeError that names the input and the rule",
        arguments: [
            ("/a", "it has no scheme, and no base URL completes it"),
            ("", "it has no scheme, and no base URL completes it"),
            ("https://", "the host is missing"),
            ("https://:80", "the host is missing"),
            ("https://user@/", "the host is missing"),
            ("https://a b/", "the domain has a forbidden character"),
            ("https://a%00b/", "the domain has a forbidden character"),
            ("other://a b/", "the host has a forbidden character"),
            ("https://a:65536/", "the port is above 65535"),
            ("https://a:99999999999999999999/", "the port is above 65535"),
            ("https://a:b/", "the port is not a number"),
            ("https://1.2.3.4.5/", "the IPv4 address has more than four parts"),
            ("https://a.1/", "a part of the IPv4 address is not a number"),
            ("https://256.1.1.1/", "a part of the IPv4 address is too large"),
            ("https://4294967296/", "a part of the IPv4 address is too large"),
            ("https://0xFFFFFFFFFFFFFFFFFFFF/", "a part of the IPv4 address is too large"),
            ("https://[::1/", "the IPv6 address has no closing bracket"),
            ("https://[:1]/", "the IPv6 address begins with a single colon"),
            ("https://[1:2:3:4:5:6:7:8:9]/", "the IPv6 address has more than eight pieces"),
            ("https://[1::2::3]/", "the IPv6 address is compressed twice"),
            ("https://[1:2]/", "the IPv6 address has fewer than eight pieces"),
            ("https://[12345::]/", "the IPv6 address has an invalid character"),
            ("https://[1:]/", "the IPv6 address has an invalid character"),
            ("https://[::1.2.3]/", "the IPv4 address in the IPv6 address has fewer than four parts"),
            ("https://[::1.2.3.256]/", "a part of the IPv4 address in the IPv6 address is above 255"),
            ("https://[::1.2.3.4.5]/", "the IPv4 address in the IPv6 address has an invalid character"),
            ("https://[1:2:3:4:5:6:7:1.2.3.4]/", "the IPv4 address in the IPv6 address follows more than six pieces"),
        ])
    func failure(input: String, rule: String) {
        #expect(throws: TypeError("URL: \"\(input)\" is not a valid URL: \(rule)")) { try URL(input) }
        #expect(!URL.canParse(input))
        #expect(URL.parse(input) == nil)
    }

    @Test("A long input is cut in the message")
    func longInput() {
        let input = String(repeating: "a", count: 1000)
        #expect(throws: TypeError("URL: \"\(input.prefix(100))…\" is not a valid URL: \(rule)")) { try URL(input) }
    }

    private let rule = "it has no scheme, and no base URL completes it"

    @Test("A base that is no URL throws")
    func invalidBase() {
        #expect(throws: TypeError("URL: \"/a\" is not a valid URL: \(rule)")) { try URL("https://h/", base: "/a") }
    }

    @Test(
        "The origin is that of the scheme, the host and the port, or opaque",
        arguments: [
            ("https://u:p@h:1/a", "https://h:1"), ("http://h:80", "http://h"), ("ws://h", "ws://h"),
            ("ftp://h/", "ftp://h"),
            ("file:///a", "null"), ("other://h", "null"), ("blob:https://h/x", "https://h"), ("blob:ftp://h/x", "null"),
            ("blob:x", "null"),
        ])
    func origin(input: String, origin: String) throws {
        #expect(try URL(input).origin == origin)
    }

    /// A base of another scheme has no part in the result, but keeps the fast path away.
    @Test(
        "The fast path agrees with the state machine",
        arguments: [
            "example.com", "EXAMPLE.com", "example.com:80", "example.com:443", "example.com:8080", "example.com:080",
            "example.com:", "example.com:65536", "example.com:x", "user@example.com", "u:p@h", "127.0.0.1", "127.1",
            "1.2.3.04",
            "a.0x1", "a.1", "a_b-c.d", "xn--a", "[::1]", "a b", "a%41", "é", "", ":80", "a^b", "a|b",
        ])
    func fastPath(authority: String) {
        let targets = [
            "", "/", "/a/b", "/a//b", "/?", "/#", "/a?b#c", "/a?b?c", "/a#b?c#d", "?a", "#a", "\\a", "/a\\b", "/..",
            "/a/./b",
            "/.a", "/%2e", "/%41", "/a b", "/a?b c", "/a#b c", "/a'b", "/a?b'c", "/a#b'c", "/a`", "/a?`", "/a#`", "/{}",
            "/a?{}",
            "/a^b", "/a|b", "/a\"", "/é", "/a?é", "/a#é", "/a\t", "/a ", "/<", "/a?<", "/a#>", "/a:b@c", "/a\u{7F}",
            "/a?\0",
        ]
        for scheme in ["http://", "https://", "HTTP://", "http:/", "https:", "http:///"] {
            for target in targets {
                let input = scheme + authority + target
                let fast = URL.parse(input)
                let slow = URL.parse(input, base: "other:/")
                #expect(fast.map(components) == slow.map(components), "\(input)")
                #expect(URL.canParse(input) == (slow != nil), "\(input)")
            }
        }
    }

    private func components(_ url: URL) -> [String] {
        [
            url.href, url.origin, url.protocol, url.username, url.password, url.host, url.hostname, url.port,
            url.pathname,
            url.search, url.hash, "\(url.searchParams)",
        ]
    }

    @Test("Plain paths are what resolving them gives", arguments: ["", "a", "a/b", "a//b/", "a.b/c..d", "a;b=c,d@e:f"])
    func plainPaths(path: String) throws {
        #expect(try URL("other://h/\(path)").href == URL("other://h/./\(path)").href)
    }

    @Test(
        "Encoded domains are those that they decode to",
        arguments: ["example.com", "Example.COM", "1.2.3.4", "0x7f.1", "a-_.b"])
    func encodedDomains(domain: String) throws {
        let encoded = domain.utf8.map { "%" + String($0, radix: 16) }.joined()
        #expect(try URL("ftp://\(encoded)/").href == URL("ftp://\(domain)/").href)
    }

    @Test(
        "What ends in a number is an IPv4 address or fails",
        arguments: [
            ("a", "a"), ("1.a", "1.a"), ("a1", "a1"), ("0xg", "0xg"), ("1.2.3.4x", "1.2.3.4x"), ("f", "f"), ("x", "x"),
            ("0x", "0.0.0.0"),
            ("0X1F", "0.0.0.31"), ("017", "0.0.0.15"), ("1.", "0.0.0.1"), ("1..", "1.."), ("a.0x", nil), ("a.09", nil),
            ("08", nil),
        ] as [(String, String?)])
    func numbers(host: String, expected: String?) {
        #expect(URL.parse("http://\(host)/")?.hostname == expected)
    }

    @Test("Equal serialisations make equal URLs")
    func equality() throws {
        #expect(try URL("HTTPS://h:443") == URL("https://h/"))
        #expect(try URL("https://h/") != URL("https://h/#"))
        #expect(try Set([URL("https://h"), URL("https://h/")]).count == 1)
    }

    @Test("A URL is made from a string and a string from a URL without loss")
    func lossless() throws {
        func roundTrip<Value: LosslessStringConvertible>(_ value: Value) -> String? {
            Value(value.description)?.description
        }
        #expect(try roundTrip(URL("https://h/a")) == "https://h/a")
        #expect(try "\(WebURL("https://h/a"))" == "https://h/a")
    }

    @Test("A copy is independent")
    func copies() throws {
        let first = try URL("https://h/a?b=1")
        var second = first
        second.pathname = "/c"
        second.searchParams.append("d", "2")
        #expect(first.href == "https://h/a?b=1")
        #expect(second.href == "https://h/c?b=1&d=2")
    }

    @Test("A path of megabytes is parsed in linear time, dot segments and all")
    func large() throws {
        let input = "https://h/" + String(repeating: "a/../é/", count: 400_000)
        #expect(try URL(input).pathname.utf8.count == 2_800_001)
    }
}
