// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

@Suite("Request: cookies")
struct RequestCookiesTests {
    struct Header: CustomTestStringConvertible {
        var header: String
        var cookies: [String]
        var testDescription: String { header.debugDescription }
        init(_ header: String, _ cookies: [String]) { (self.header, self.cookies) = (header, cookies) }
    }

    @Test(
        "a Cookie header is read as Next reads it",
        arguments: [
            Header("a=1", ["a=1"]), Header("a=1; b=2", ["a=1", "b=2"]), Header("a=1;b=2;  c=3", ["a=1", "b=2", "c=3"]),
            Header("", []), Header("; ;;", []), Header("a", ["a=true"]), Header("a=", ["a="]), Header("=b", ["=b"]),
            Header("a=b=c", ["a=b=c"]), Header("a=1; b=2; a=3", ["a=3", "b=2"]), Header("a=1 ; b=2", ["a=1 ", "b=2"]),
            Header("a=%C3%A9%20%3B", ["a=é ;"]), Header("a=%zz; b=1", ["b=1"]), Header("a=%; b=1", ["b=1"]),
            Header("a=%FF; b=1", ["b=1"]), Header("a=%4", []), Header("a=\"b\"", ["a=\"b\""]), Header("a=+", ["a=+"]),
            Header("%41=1", ["%41=1"]), Header("a=1; a=%zz", ["a=1"]),
        ])
    func parsing(_ header: Header) {
        let received = receivedRequest(fields: [("cookie", header.header)])
        #expect(received.cookies.map { "\($0.name)=\($0.value)" } == header.cookies)
        let made = Request("/", headers: ["cookie": header.header])
        #expect(made.cookies.map { "\($0.name)=\($0.value)" } == header.cookies)
    }

    @Test("cookies are asked for by name")
    func access() {
        let cookies = receivedRequest(fields: [("cookie", "token=abc; theme=dark")]).cookies
        #expect(cookies["token"] == "abc")
        #expect(cookies.get("theme")?.value == "dark")
        #expect(cookies["none"] == nil)
        #expect(cookies.get("none") == nil)
        #expect(cookies.has("token"))
        #expect(!cookies.has("Token"))
        #expect(cookies.getAll().map(\.name) == ["token", "theme"])
        #expect(cookies.getAll("theme").map(\.value) == ["dark"])
    }

    @Test("several Cookie headers are one list")
    func severalHeaders() {
        let cookies = receivedRequest(fields: [("cookie", "a=1"), ("cookie", "b=2; a=3")]).cookies
        #expect(cookies.map { "\($0.name)=\($0.value)" } == ["a=3", "b=2"])
    }

    @Test("a request without the header has no cookies")
    func none() {
        #expect(receivedRequest().cookies.getAll().isEmpty)
    }

    @Test("a name that comes again takes its first place, also among many", arguments: [2, 16, 17, 18, 40])
    func repeatedNames(_ count: Int) {
        let names = (0..<count).map { "c\($0)" }
        let header = (names.map { "\($0)=1" } + names.reversed().map { "\($0)=2" }).joined(separator: "; ")
        let cookies = receivedRequest(fields: [("cookie", header)]).cookies
        #expect(cookies.map(\.name) == names)
        #expect(cookies.allSatisfy { $0.value == "2" })
    }

    @Test("ten thousand cookies of one header are read in linear time")
    func many() {
        let header = (0..<10_000).map { "c\($0)=\($0)" }.joined(separator: "; ")
        #expect(receivedRequest(fields: [("cookie", header)]).cookies["c9999"] == "9999")
    }

    @Test("a change of the cookies writes the Cookie header anew")
    func changes() throws {
        var request = receivedRequest(fields: [("cookie", "a=1; b=2")])
        let before = request
        try request.cookies.set("a", "x y")
        try request.cookies.set("c", "3")
        #expect(request.headers["cookie"] == "a=x%20y; b=2; c=3")
        #expect(request.cookies["a"] == "x y")
        let wasThere = request.cookies.delete("b", "none")
        let isThere = request.cookies.delete("b")
        #expect(wasThere && !isThere)
        #expect(request.headers["cookie"] == "a=x%20y; c=3")
        request.cookies.clear()
        #expect(request.headers["cookie"] == nil)
        #expect(before.cookies["a"] == "1")
    }

    @Test("a cookie whose name could be read as two is refused", arguments: ["", "a=b", "a;b", "a b", "a\r\nb", "é"])
    func invalidName(_ name: String) {
        var request = Request("/")
        let error = #expect(throws: TypeError.self) { try request.cookies.set(name, "1") }
        #expect(error?.message == "RequestCookies.set: \"\(name)\" is not a valid cookie name")
    }
}
