// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch

/// What a client takes; those of `unit-` and `ex-` are what negotiator and Express were seen to answer.
struct AcceptingTests {
    private func request(_ name: String, _ value: String?) -> Request {
        Request("/", headers: value.map { [Headers.Name(name): $0] } ?? [:])
    }

    @Test(
        "The type is chosen by quality, then by how close the range is, then by the field",
        arguments: [
            ("application/json, text/html", ["text/html", "application/json"], "application/json"),  // unit-080
            ("text/*;q=0.5, application/json", ["text/html", "application/json"], "application/json"),  // unit-081
            (
                "text/html;level=1, text/html;q=0.5", ["text/html", "text/html;level=1"], "text/html;level=1"
            ),  // unit-082
            ("text/plain;q=0", ["text/plain"], nil),  // unit-084
            (nil, ["a/b", "c/d"], "a/b"),  // unit-085
            (
                "application/*;q=0.2, image/jpeg;q=0.8, text/html, text/plain",
                ["image/jpeg", "application/xml", "text/plain"], "text/plain"
            ),  // unit-086
            ("application/json", ["html"], nil),  // ex-165
            ("application/json", ["html", "json"], "json"), ("*/*", ["json", "html"], "json"),
            ("text/html", ["json", "text", "html"], "html"), ("text/*", ["json", "text"], "text"),
            ("*/*;q=0.1, text/html", ["json", "html"], "html"), ("*/*, text/html;q=0", ["html"], nil),
            ("*/*, text/html;q=0", ["html", "json"], "json"),
            ("text/*;q=0.3, text/html;q=0.7", ["text", "html"], "html"),
            ("Text/HTML", ["html"], "html"),
            ("text/html;charset=UTF-8", ["text/html;charset=utf-8"], "text/html;charset=utf-8"),
            ("text/html;charset=latin1", ["text/html;charset=utf-8"], nil),
            ("text/html", ["text/html;charset=utf-8"], "text/html;charset=utf-8"),
            ("text/html;level=\"1\"", ["text/html;level=1"], "text/html;level=1"),
            ("text/html;p=\"a,b;q=0\", text/plain", ["text"], "text"),
            ("text/html;q=high, text/plain;q=0.1", ["html", "text"], "text"),
            ("text", ["text"], nil), ("*", ["text"], nil), ("*/html", ["html"], nil), ("", ["text"], nil),
            ("text/html", [], nil),
            ("text/html", ["nothing"], nil), ("text/html;q=0.999, text/plain;q=1.000", ["html", "text"], "text"),
            ("text/html;q=.5, text/plain;q=.4", ["text", "html"], "html"), ("text/html;Q=0", ["html"], nil),
            ("text/html ; q=0.2 , text/plain ;q=0.3", ["html", "text"], "text"),
        ] as [(String?, [String], String?)])
    func types(_ field: String?, _ offered: [String], _ chosen: String?) {
        #expect(request("accept", field).accepts(offered) == chosen)
    }

    @Test(
        "No coding is taken unless it is excluded, after those that are named",
        arguments: [
            ("*;q=0", ["gzip", "identity"], nil),  // unit-090
            (nil, ["gzip", "identity"], "identity"),  // unit-091
            (nil, ["gzip"], nil), ("", ["gzip", "identity"], "identity"), ("gzip", ["br", "gzip", "identity"], "gzip"),
            ("gzip, br", ["br", "gzip"], "gzip"), ("gzip;q=0.5", ["identity", "gzip"], "gzip"),
            ("gzip;q=0.5, br", ["gzip", "br"], "br"), ("gzip;q=0", ["gzip", "identity"], "identity"),
            ("identity;q=0", ["identity"], nil), ("identity;q=0, gzip;q=0", ["gzip", "identity"], nil),
            ("*", ["br", "identity"], "br"), ("*;q=0, gzip", ["br", "gzip"], "gzip"), ("x-gzip", ["gzip"], "gzip"),
            ("GZIP", ["gzip"], "gzip"), ("gzip;q=0.1, identity;q=0.5", ["gzip", "identity"], "identity"),
        ] as [(String?, [String], String?)])
    func encodings(_ field: String?, _ offered: [String], _ chosen: String?) {
        #expect(request("accept-encoding", field).acceptsEncodings(offered) == chosen)
    }

    @Test(
        "The very language fits best, then the one without a region, then one with any",
        arguments: [
            ("fr;q=0, *", ["fr", "de"], "de"),  // unit-097
            ("en;q=.5, en-us", ["en-us"], "en-us"), ("en;q=.5, en-us", ["de"], nil),  // ex-170
            (nil, ["en", "de"], "en"), ("en-GB", ["de", "en"], "en"), ("en", ["de", "en-GB"], "en-GB"),
            ("EN", ["en"], "en"), ("en", ["en-GB", "en"], "en"), ("zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"),
            ("en, de;q=0.9", ["de", "fr"], "de"), ("eng", ["en"], nil),
            ("en-GB, en-US;q=0.9", ["en-US", "en-GB"], "en-GB"),
        ] as [(String?, [String], String?)])
    func languages(_ field: String?, _ offered: [String], _ chosen: String?) {
        #expect(request("accept-language", field).acceptsLanguages(offered) == chosen)
    }

    @Test("Charsets are chosen by name")
    func charsets() {
        #expect(request("accept-charset", "foo, bar, utf-8").acceptsCharsets("UTF-8") == "UTF-8")  // ex-171
        #expect(request("accept-charset", "foo, bar").acceptsCharsets("utf-8") == nil)
        #expect(request("accept-charset", "foo;q=0.5, *;q=0.1").acceptsCharsets("utf-8", "foo") == "foo")
        #expect(request("accept-charset", nil).acceptsCharsets("utf-8", "foo") == "utf-8")
    }

    @Test("What a client takes is listed in its order of preference")
    func lists() {
        #expect(request("accept-language", "en;q=0.8, es, pt").acceptedLanguages == ["es", "pt", "en"])  // unit-094
        #expect(request("accept-language", "en;q=.5, en-us, de;q=0").acceptedLanguages == ["en-us", "en"])  // ex-170
        #expect(request("accept", nil).acceptedTypes == ["*/*"])
        #expect(request("accept", "text/*;q=0.1, text/HTML").acceptedTypes == ["text/HTML", "text/*"])
    }

    @Test("Of a field that never ends the first elements are looked at")
    func bounded() {
        let field = String(repeating: "a/b,", count: 50_000) + "text/html"
        #expect(request("accept", field).accepts("html") == nil)
    }
}
