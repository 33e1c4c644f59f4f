// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetTestSupport
internal import WhippetURL

/// Properties that hold for every input, tried with inputs put together at random, the same ones each time.
struct URLRandomTests {
    private static let pieces = [
        "http:", "https:", "ws:", "file:", "other:", "blob:", "/", "//", "\\", "/.", "/..", "%2e", "%2E.", ".", "C|",
        "C:", "@", ":",
        "u:p@", ":80", ":8080", "example.com", "EXAMPLE", "localhost", "127.0.0.1", "0x7f", "[::1]", "[", "]", "xn--",
        "é", "e\u{301}",
        "ß", "%", "%41", "%C3%A9", " ", "\t", "\n", "?", "#", "a=b&c", "'", "\"", "<", ">", "`", "{", "}", "|", "^",
        "~", "a", "\0",
        "\u{7F}", "\u{AD}", "\u{FFFF}", "\u{1F600}", "．", "％", "\u{200D}", "א", "1",
    ]

    private static func text(_ generator: inout SplitMix, _ length: Int) -> String {
        (0...Int.random(in: 0...length, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }

    private static let setters: [@Sendable (inout URL, String) -> Void] = [
        { $0.protocol = $1 }, { $0.username = $1 }, { $0.password = $1 }, { $0.host = $1 }, { $0.hostname = $1 },
        { $0.port = $1 }, { $0.pathname = $1 }, { $0.search = $1 }, { $0.hash = $1 },
        { $0.searchParams.append($1, $1) },
    ]

    @Test("A URL is the same when it is parsed again, before and after a setter", arguments: 0..<8 as Range<UInt64>)
    func idempotence(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        var parsed = 0
        for _ in 0..<500 {
            let input = Self.text(&generator, 8)
            let base = URL.parse(Self.text(&generator, 6))
            guard var url = URL.parse(input, base: base) else {
                #expect(!URL.canParse(input, base: base))
                continue
            }
            parsed += 1
            #expect(URL.canParse(input, base: base))
            #expect(
                URL.parse(url.href)?.href == url.href, "\(input.debugDescription) against \(base?.href ?? "nothing")")
            let before = url.href
            let value = Self.text(&generator, 4)
            Self.setters.randomElement(using: &generator)?(&url, value)
            #expect(components(url) == URL.parse(url.href).map(components), "\(before), \(value.debugDescription)")
        }
        #expect(parsed > 50)
    }

    private func components(_ url: URL) -> [String] {
        [
            url.href, url.origin, url.protocol, url.username, url.password, url.host, url.hostname, url.port,
            url.pathname,
            url.search, url.hash, "\(url.searchParams)",
        ]
    }
}
