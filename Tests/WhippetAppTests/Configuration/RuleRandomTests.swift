// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTestSupport

/// Whatever a client sends, a rule leads where its author said.
struct RuleRandomTests {
    private static let pieces = [
        "a", "evil.example", "..", ".", "/", "\\", "%2F", "%5C", "%2e", "%00", "%0d%0a", "%C3%A9", "%FF", "?", "#", "@",
        ":", "&", "=", "+", "%", "//", "é", ";", "%25", "%3F", "%23", "https:",
    ]

    private static func text(_ generator: inout SplitMix, _ maximum: Int) -> String {
        (0..<Int.random(in: 0...maximum, using: &generator)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
    }

    @Test("No path, query, header or cookie chooses another host or another path", arguments: 1...8)
    func redirects(seed: UInt64) async throws {
        var configuration = AppConfiguration()
        configuration.environment = .production
        configuration.redirects = [
            RedirectRule("/one/:a", to: "/fixed/:a/end", permanent: false),
            RedirectRule("/all/:a*", to: "/fixed/:a*", permanent: false),
            RedirectRule("/query/:a*", to: "/fixed?a=:a", permanent: false),
            RedirectRule("/host/:a", to: "https://:t.example.org/:a", permanent: false, has: [.header("x-t", ":t")]),
            RedirectRule("/cookie", to: "/fixed/:c", permanent: false, has: [.cookie("c")]),
            RedirectRule("/param", to: "/fixed/:q", permanent: false, has: [.query("q", "x*:q")]),
        ]
        configuration.headers = [HeaderRule("/all/:a*", ["x-a": "<:a>"])]
        configuration.rewrites.afterFiles = [RewriteRule("/rewrite/:a", to: "/inside/:a")]
        let app = App(configuration, log: { _ in })
        app.get("/inside/[a]") { _, context in "inside" }
        app.get("/secret") { "secret" }
        var generator = SplitMix(seed: seed)
        for _ in 0..<1000 {
            let source =
                ["/one/", "/all/", "/query/", "/host/", "/cookie", "/param", "/rewrite/"]
                .randomElement(using: &generator) ?? "/"
            let target = source + Self.text(&generator, 4) + ["", "?q=x" + Self.text(&generator, 3)][Int(seed % 2)]
            var headers = Headers()
            headers["x-t"] = Self.text(&generator, 2)
            headers["cookie"] = "c=" + Self.text(&generator, 2)
            let request = Request("http://localhost" + target, headers: headers)
            if request.url.host != "localhost" { continue }
            let response = await app.fetch(request)
            let text = try await response.text()
            #expect(response.status.rawValue < 500, "\(target)")
            #expect(text != "secret" || request.url.pathname == "/secret", "\(target)")
            if let value = response.headers["x-a"] { #expect(value.utf8.allSatisfy { 0x20...0x7E ~= $0 }) }
            guard let location = response.headers[.location] else { continue }
            #expect(location.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "\(target) \(location)")
            let url = try URL(location, base: "http://localhost/")
            if url.host == "localhost" {
                // The right spelling of what was asked for, or what a rule says.
                let isOwn = response.status == .permanentRedirect || url.pathname.hasPrefix("/fixed")
                #expect(isOwn, "\(target) \(location)")
            } else {
                #expect(url.host.hasSuffix(".example.org") && location.hasPrefix("https://"), "\(target) \(location)")
            }
        }
    }
}
