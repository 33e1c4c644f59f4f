// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

@Suite("Set-Cookie")
struct SetCookieTests {
    struct Written: CustomTestStringConvertible {
        var cookie: SetCookie
        var text: String
        var testDescription: String { text }
        init(_ cookie: SetCookie, _ text: String) { (self.cookie, self.text) = (cookie, text) }
    }

    @Test(
        "a cookie is written with its attributes in a fixed order",
        arguments: [
            Written(SetCookie("a", "1"), "a=1; Path=/"),
            Written(SetCookie("a", "", path: nil), "a="),
            Written(
                SetCookie("a", "1", path: "/x", expires: 0, maxAge: .seconds(60)),
                "a=1; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60"),
            Written(
                SetCookie(
                    "a", "1", path: "/x", domain: "ex.com", expires: 1_792_567_680_999, maxAge: .milliseconds(1500),
                    secure: true, httpOnly: true, sameSite: SetCookie.SameSite.none, partitioned: true,
                    priority: .high),
                "a=1; Path=/x; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=1; Domain=ex.com; Secure; HttpOnly; "
                    + "SameSite=None; Partitioned; Priority=High"),
            Written(SetCookie("a", "1", maxAge: .seconds(-1), sameSite: .lax), "a=1; Path=/; Max-Age=-1; SameSite=Lax"),
            Written(
                SetCookie("__Secure-a", "1", path: "/x", domain: ".ex.com", secure: true),
                "__Secure-a=1; Path=/x; Domain=.ex.com; Secure"),
            Written(SetCookie("__Host-a", "1", secure: true), "__Host-a=1; Path=/; Secure"),
            // As `encodeURIComponent` writes it.
            Written(SetCookie("n", "a b;c,d=é\""), "n=a%20b%3Bc%2Cd%3D%C3%A9%22; Path=/"),
            Written(SetCookie("n", "Az09-_.!~*'()"), "n=Az09-_.!~*'(); Path=/"),
            Written(SetCookie("n", "\r\nSet-Cookie: x=1\0%"), "n=%0D%0ASet-Cookie%3A%20x%3D1%00%25; Path=/"),
        ])
    func written(_ written: Written) throws {
        #expect(try written.cookie.serialize() == written.text)
        #expect("\(written.cookie)" == written.text)
    }

    @Test(
        "what a browser would refuse or read differently is an error that says why",
        arguments: [
            Written(SetCookie("", "1"), #""" has a name that is no token"#),
            Written(SetCookie("a;b", "1"), #""a;b" has a name that is no token"#),
            Written(SetCookie("a\r\nb", "1"), #""a\r\nb" has a name that is no token"#),
            Written(SetCookie("é", "1"), #""é" has a name that is no token"#),
            Written(
                SetCookie("a", String(repeating: "x", count: 4096)),
                #""a" has more than 4096 bytes of name and value"#),
            Written(
                SetCookie("a", "1", path: "x"), #""a" has the path "x", which must begin with / and be ASCII without ;"#
            ),
            Written(
                SetCookie("a", "1", path: "/;Secure"),
                #""a" has the path "/;Secure", which must begin with / and be ASCII without ;"#),
            Written(
                SetCookie("a", "1", path: "/\n"),
                #""a" has the path "/\n", which must begin with / and be ASCII without ;"#),
            Written(
                SetCookie("a", "1", path: "/" + String(repeating: "x", count: 1024)),
                #""a" has a path of more than 1024 bytes"#),
            Written(SetCookie("a", "1", domain: ""), #""a" has the domain "", which is no host name"#),
            Written(
                SetCookie("a", "1", domain: "ex.com; Secure"),
                #""a" has the domain "ex.com; Secure", which is no host name"#),
            Written(SetCookie("a", "1", domain: "..ex.com"), #""a" has the domain "..ex.com", which is no host name"#),
            Written(SetCookie("a", "1", domain: "ex.com."), #""a" has the domain "ex.com.", which is no host name"#),
            Written(SetCookie("a", "1", domain: "."), #""a" has the domain ".", which is no host name"#),
            Written(SetCookie("__Secure-a", "1"), #""__Secure-a" has a prefix that asks for secure"#),
            Written(SetCookie("__host-a", "1"), #""__host-a" has a prefix that asks for secure"#),
            Written(
                SetCookie("__Host-a", "1", path: "/x", secure: true),
                #""__Host-a" has the prefix __Host-, which asks for the path / and no domain"#),
            Written(
                SetCookie("__Host-a", "1", domain: "ex.com", secure: true),
                #""__Host-a" has the prefix __Host-, which asks for the path / and no domain"#),
            Written(
                SetCookie("a", "1", sameSite: SetCookie.SameSite.none),
                #""a" has SameSite=None, which asks for secure"#),
            Written(SetCookie("a", "1", partitioned: true), #""a" is partitioned, which asks for secure"#),
        ])
    func refused(_ refused: Written) {
        #expect(errorText { try refused.cookie.serialize() } == "TypeError: SetCookie: the cookie \(refused.text)")
    }

    @Test("name and value may have 4,096 bytes together")
    func longest() throws {
        _ = try SetCookie("a", String(repeating: "x", count: 4095)).serialize()
        #expect(SetCookie(parsing: "a=" + String(repeating: "x", count: 4095)) != nil)
        #expect(SetCookie(parsing: "a=" + String(repeating: "x", count: 4096)) == nil)
    }

    struct Read: CustomTestStringConvertible {
        var header: String
        var cookie: SetCookie?
        var testDescription: String { header.debugDescription }
        init(_ header: String, _ cookie: SetCookie?) { (self.header, self.cookie) = (header, cookie) }
    }

    @Test(
        "a header is read as a browser does",
        arguments: [
            Read("a=1", SetCookie("a", "1", path: nil)),
            Read(" a = 1 ; ", SetCookie("a", "1", path: nil)),
            Read("a=b=c", SetCookie("a", "b=c", path: nil)),
            Read("a=\"b\"", SetCookie("a", "\"b\"", path: nil)),
            Read("a=%20%C3%A9", SetCookie("a", " é", path: nil)),
            Read("a=%zz", SetCookie("a", "%zz", path: nil)),
            Read("value", SetCookie("", "value", path: nil)),
            Read("=value", SetCookie("", "value", path: nil)),
            Read("a=", SetCookie("a", "", path: nil)),
            Read("", nil), Read("=", nil), Read(";Secure", nil), Read("a=\u{1}", nil), Read("a=1; x=\u{7F}", nil),
            Read("a=1\t;Path=/\t", SetCookie("a", "1", path: "/")),
            Read(
                "a=1; path=/x; EXPIRES=Wed, 21 Oct 2026 07:28:00 GMT; max-age=60; domain=.Ex.COM; secure; httponly; "
                    + "samesite=STRICT; partitioned; priority=low",
                SetCookie(
                    "a", "1", path: "/x", domain: "ex.com", expires: 1_792_567_680_000, maxAge: .seconds(60),
                    secure: true, httpOnly: true, sameSite: .strict, partitioned: true, priority: .low)),
            // The last attribute of a name counts; what is wrong says nothing.
            Read("a=1; Path=/x; Path=/y", SetCookie("a", "1", path: "/y")),
            Read("a=1; Path=/x; Path=y", SetCookie("a", "1", path: nil)),
            Read("a=1; Max-Age=x; Max-Age=1.5; Max-Age=; Max-Age=-", SetCookie("a", "1", path: nil)),
            Read("a=1; Max-Age=-5", SetCookie("a", "1", path: nil, maxAge: .seconds(-5))),
            Read("a=1; Max-Age=99999999999999999999", SetCookie("a", "1", path: nil, maxAge: .seconds(1 << 53))),
            Read(
                "a=1; Expires=tomorrow; SameSite=x; Priority=x; Domain=; Unknown=1; =", SetCookie("a", "1", path: nil)),
            Read("a=1; Domain=..ex.com", SetCookie("a", "1", path: nil)),
            Read("a=1; Secure=no; HttpOnly=", SetCookie("a", "1", path: nil, secure: true, httpOnly: true)),
            Read("a=1; Path=/" + String(repeating: "x", count: 1024), SetCookie("a", "1", path: nil)),
        ])
    func read(_ read: Read) {
        #expect(SetCookie(parsing: read.header) == read.cookie)
    }

    @Test(
        "a date comes in many forms",
        arguments: [
            ("Wed, 21 Oct 2026 07:28:00 GMT", 1_792_567_680), ("Sun, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777), ("6 nov 1994 8:9:7", 784_109_347),
            ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799), ("01 Jan 70 00:00:00", 0),
            ("31 Dec 69 00:00:00 GMT", 3_155_673_600), ("1 Jan 1601 0:0:0", -11_644_473_600),
            ("1x JanuaryX 1970x 0:0:0x", 0),
            ("29 Feb 2100 00:00:00", nil), ("31 Apr 2000 00:00:00", nil), ("0 Jan 2000 00:00:00", nil),
            ("1 Jan 1600 00:00:00", nil), ("1 Jan 2000 24:00:00", nil), ("1 Jan 2000 00:60:00", nil),
            ("1 Jan 2000 00:00:60", nil), ("1 Jan 2000 00:00", nil), ("1 2000 00:00:00", nil), ("Jan 2000 0:0:0", nil),
            ("1 Jan 00:00:00", nil), ("1 Jan 20000 00:00:00", nil), ("", nil),
        ] as [(String, Int?)])
    func date(_ text: String, _ seconds: Int?) {
        #expect(SetCookie(parsing: "a=1; Expires=\(text)")?.expires == seconds.map { $0 * 1000 })
    }

    @Test("what was written is read back the same")
    func roundTrip() throws {
        let cookie = SetCookie(
            "a", "é; b", path: "/x", domain: "ex.com", expires: 1_792_567_680_000, maxAge: .seconds(60), secure: true,
            httpOnly: true, sameSite: SetCookie.SameSite.none, partitioned: true, priority: .medium)
        #expect(SetCookie(parsing: try cookie.serialize()) == cookie)
    }
}

@Suite("ResponseCookies")
struct ResponseCookiesTests {
    @Test("cookies are set in their order; one of the same name, path and domain keeps its place")
    func set() {
        var response = Response("ok")
        response.cookies.set("a", "1")
        response.cookies.set("b", "2", httpOnly: true)
        response.cookies.set("a", "3", secure: true)
        response.cookies.set("a", "4", path: "/x")
        response.cookies.set("a", "5", domain: "ex.com")
        response.cookies.set("a", "6", domain: ".EX.com")
        #expect(
            response.headers.getSetCookie() == [
                "a=3; Path=/; Secure", "b=2; Path=/; HttpOnly", "a=4; Path=/x", "a=6; Path=/; Domain=.EX.com",
            ])
        #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
    }

    @Test("cookies are asked for by name")
    func get() throws {
        var response = Response("ok", headers: ["set-cookie": "a=%20; Path=/", "x": "y", "set-cookie": "b=2"])
        #expect(response.cookies["a"] == " ")
        #expect(response.cookies.get("b") == SetCookie("b", "2", path: nil))
        #expect(response.cookies.get("c") == nil)
        #expect(response.cookies.has("a"))
        #expect(!response.cookies.has("A"))
        #expect(response.cookies.getAll().map(\.name) == ["a", "b"])
        #expect(response.cookies.map(\.name) == ["a", "b"])
        response.cookies.set("b", "3", path: "/x")
        #expect(response.cookies.getAll("b").map(\.value) == ["2", "3"])
        try response.headers.append("set-cookie", "=")
        #expect(response.cookies.getAll().count == 3)
    }

    @Test("other headers stay as they are, the cookies that are not touched too")
    func others() throws {
        var response = Response("ok", headers: ["set-cookie": "odd = 1; Unknown", "x": "y"])
        response.cookies.set("a", "1")
        #expect(
            response.headers.wire == [
                "set-cookie: odd = 1; Unknown", "x: y", "content-type: text/plain;charset=UTF-8",
                "set-cookie: a=1; Path=/",
            ])
    }

    @Test("delete tells the client to forget the cookie")
    func delete() {
        var response = Response("ok")
        response.cookies.set("a", "1")
        response.cookies.delete("a")
        response.cookies.delete("b", path: "/x", domain: "ex.com")
        response.cookies.delete("__Host-c")
        #expect(
            response.headers.getSetCookie() == [
                "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "b=; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Domain=ex.com",
                "__Host-c=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure",
            ])
    }

    @Test("a cookie that may not be is not set, and makes the answer a 500")
    func invalid() {
        var response = Response("ok")
        response.cookies.set("a b", "1")
        #expect(response.headers.getSetCookie().isEmpty)
        #expect(
            "\(response.failure ?? TypeError(""))"
                == #"TypeError: SetCookie: the cookie "a b" has a name that is no token"#)
    }

    @Test("a copy's cookies are its own")
    func copies() {
        let stored = Response("ok")
        var copy = stored
        copy.cookies.set("a", "1")
        #expect(!stored.cookies.has("a"))
    }

    @Test("the cookies of a stored response can be assigned to another")
    func assign() {
        var first = Response("ok")
        first.cookies.set("a", "1")
        var second = Response(status: 204)
        second.cookies = first.cookies
        #expect(second.cookies["a"] == "1")
    }
}

@Suite("CookieSigner")
struct CookieSignerTests {
    private let signer: CookieSigner
    private let secret = "an old oak stands by the mill pond"

    init() throws {
        signer = try CookieSigner(secret)
    }

    @Test("a signature is HMAC-SHA-256 over name and value")
    func vectors() {
        #expect(signer.sign("user", "ada") == "ada.blObtnfc8NKMx7qBthf3kX5wm01ABQFEktZ8ezDOA9M")
        #expect(signer.sign("user", "a.é=;") == "a.é=;.34FDlBSSWEOtjN6QLZyRCoLufrI3J_E6BhcSq-69hsA")
    }

    @Test(
        "what was signed is verified, any text",
        arguments: ["", "ada", "a.b.c", "é=;", "\u{600}", String(repeating: "x", count: 3000)])
    func verified(_ value: String) {
        #expect(signer.verify("user", signer.sign("user", value)) == value)
    }

    @Test("what was changed is not")
    func changed() throws {
        let signed = signer.sign("user", "ada")
        #expect(signer.verify("admin", signed) == nil)
        #expect(signer.verify("user", signed.replacing("ada", with: "bob")) == nil)
        #expect(signer.verify("user", String(signed.dropLast())) == nil)
        #expect(signer.verify("user", signed + "A") == nil)
        #expect(signer.verify("user", "ada.") == nil)
        #expect(signer.verify("user", "ada") == nil)
        #expect(signer.verify("user", "") == nil)
        #expect(signer.verify("user", "ada.é") == nil)
        let other = try CookieSigner("another secret of thirty-two bytes")
        #expect(other.verify("user", signed) == nil)
    }

    @Test("an old secret is still valid, a new one signs")
    func rotation() throws {
        let both = try CookieSigner("another secret of thirty-two bytes", secret)
        #expect(both.verify("user", signer.sign("user", "ada")) == "ada")
        #expect(signer.verify("user", both.sign("user", "ada")) == nil)
    }

    @Test("a secret that is short or missing is refused")
    func short() {
        #expect(
            errorText { try CookieSigner("fifteen letters") }
                == "TypeError: CookieSigner: a secret must have 16 bytes at least")
        #expect(errorText { try CookieSigner([]) } != nil)
        #expect(errorText { try CookieSigner("a secret of sixteen bytes", "") } != nil)
    }

    @Test("a signed cookie travels to a client and back")
    func roundTrip() throws {
        var response = Response("ok")
        response.cookies.set("user", signer.sign("user", "ada; é"))
        let pair = try #require(response.headers.getSetCookie().first?.split(separator: ";").first)
        let request = receivedRequest(fields: [("cookie", String(pair))])
        #expect(signer.verify("user", try #require(request.cookies["user"])) == "ada; é")
    }
}
