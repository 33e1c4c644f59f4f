// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
@_spi(Conformance) import WhippetFetch
import WhippetInfra

@Suite("Headers: guards")
struct HeadersGuardTests {
    @Test("immutable headers can be read, and no method of the standard changes them")
    func immutable() throws {
        var headers: Headers = ["a": "1"]
        headers.guard = .immutable
        #expect(try headers.get("a") == "1")
        #expect(errorText { try headers.append("a", "2") } == "TypeError: Headers.append: the headers are immutable")
        #expect(errorText { try headers.set("a", "2") } == "TypeError: Headers.set: the headers are immutable")
        #expect(errorText { try headers.delete("a") } == "TypeError: Headers.delete: the headers are immutable")
        #expect(headers.wire == ["a: 1"])
    }

    @Test("an invalid name is reported before the guard is asked")
    func immutableOrder() {
        var headers = Headers(guard: .immutable)
        #expect(
            errorText { try headers.append("a b", "2") }
                == "TypeError: Headers.append: \"a b\" is not a valid header name")
    }

    @Test("a copy is not guarded")
    func copy() throws {
        var copy = Headers(Headers(guard: .immutable))
        try copy.append("a", "1")
        #expect(copy.wire == ["a: 1"])
    }

    @Test("the typed forms change immutable headers: a let is what protects here")
    func typedForms() {
        var headers = Headers(guard: .immutable)
        headers[.vary] = "origin"
        headers.append(.setCookie, "a=1")
        #expect(headers.wire == ["vary: origin", "set-cookie: a=1"])
    }

    @Test(
        "a browser's request headers ignore forbidden names",
        arguments: [
            "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
            "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT", "Expect", "Host", "Keep-Alive",
            "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via", "Proxy-X",
            "proxy-", "Sec-Fetch-Mode", "sec-",
        ])
    func forbiddenRequestNames(_ name: String) throws {
        var headers = Headers(guard: .request)
        try headers.append(name, "1")
        try headers.set(name, "1")
        headers[name] = "1"
        #expect(headers.wire.isEmpty)
        var permissive = Headers()
        try permissive.append(name, "1")
        #expect(permissive.wire == ["\(name): 1"])
    }

    @Test(
        "a method override is forbidden where it names a forbidden method",
        arguments: ["x-http-method", "X-HTTP-Method-Override", "x-method-override"])
    func methodOverride(_ name: String) throws {
        for value in ["TRACE", "connect", "GET, Track", "\"x\", trace ", "GET,trace"] {
            var headers = Headers(guard: .request)
            try headers.set(name, value)
            #expect(headers.wire.isEmpty, "\(value)")
        }
        for value in ["GET", "\"TRACE\"", "TRACES", ""] {
            var headers = Headers(guard: .request)
            try headers.set(name, value)
            #expect(headers.wire == ["\(name): \(value)"])
        }
    }

    @Test("a browser's response headers ignore Set-Cookie")
    func forbiddenResponseNames() throws {
        var headers = Headers(guard: .response)
        try headers.append("set-cookie", "a")
        try headers.append("Set-Cookie2", "a")
        try headers.append("cookie", "a")
        #expect(headers.wire == ["cookie: a"])
    }

    struct Safelist: CustomTestStringConvertible {
        var name: String
        var value: String
        var passes: Bool
        var testDescription: String { "\(name): \(value.prefix(40))" }
        init(_ name: String, _ value: String, _ passes: Bool) {
            (self.name, self.value, self.passes) = (name, value, passes)
        }
    }

    @Test(
        "no-CORS headers take the safelisted ones only",
        arguments: [
            Safelist("Accept", "text/html", true), Safelist("accept", "a\"b", false),
            Safelist("accept", "a\tb", true), Safelist("accept", "a\u{1}b", false),
            Safelist("accept", "a(b", false), Safelist("accept", "ÿ", true),
            Safelist("accept", String(repeating: "a", count: 128), true),
            Safelist("accept", String(repeating: "a", count: 129), false),
            Safelist("Accept-Language", "de-DE, en;q=0.5 *", true), Safelist("accept-language", "a_b", false),
            Safelist("content-language", "en", true), Safelist("content-language", "en/us", false),
            Safelist("content-type", "text/plain", true), Safelist("content-type", "TEXT/plain; charset=x", true),
            Safelist("content-type", "application/x-www-form-urlencoded", true),
            Safelist("content-type", "multipart/form-data; boundary=x", true),
            Safelist("content-type", "application/json", false), Safelist("content-type", "text", false),
            Safelist("content-type", "text/plain; a=\"b\"", false), Safelist("x-name", "a", false),
            Safelist("range", "bytes=0-1", false),
        ])
    func noCORS(_ safelist: Safelist) throws {
        var bySet = Headers(guard: .requestNoCORS)
        try bySet.set(safelist.name, safelist.value)
        var byAppend = Headers(guard: .requestNoCORS)
        try byAppend.append(safelist.name, safelist.value)
        #expect(bySet.wire == (safelist.passes ? ["\(safelist.name): \(safelist.value)"] : []))
        #expect(byAppend.wire == bySet.wire)
    }

    @Test("appending to no-CORS headers measures the combined value")
    func noCORSCombined() throws {
        var headers = Headers(guard: .requestNoCORS)
        try headers.append("accept", String(repeating: "a", count: 100))
        try headers.append("accept", String(repeating: "b", count: 30))
        #expect(try headers.get("accept")?.count == 100)
        try headers.append("accept", String(repeating: "b", count: 26))
        #expect(try headers.get("accept")?.count == 128)
    }

    @Test("changing no-CORS headers removes Range; other names can't be deleted")
    func privileged() throws {
        var headers: Headers = ["range": "bytes=0-1", "x": "y", "accept": "a"]
        headers.guard = .requestNoCORS
        try headers.delete("x")
        #expect(headers.wire == ["range: bytes=0-1", "x: y", "accept: a"])
        try headers.append("accept", "b")
        #expect(headers.wire == ["x: y", "accept: a", "accept: b"])
        try headers.delete("Accept")
        #expect(headers.wire == ["x: y"])
    }

    @Test("Range can be deleted from no-CORS headers")
    func deleteRange() throws {
        var headers: Headers = ["range": "bytes=0-1"]
        headers.guard = .requestNoCORS
        try headers.delete("Range")
        #expect(headers.wire.isEmpty)
    }
}
