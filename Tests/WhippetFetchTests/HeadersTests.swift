// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

@Suite("Headers: the standard's methods")
struct HeadersTests {
    struct Value: CustomTestStringConvertible {
        var given: String
        var kept: String
        var testDescription: String { given.debugDescription }
        init(_ given: String, _ kept: String) { (self.given, self.kept) = (given, kept) }
    }

    @Test(
        "a value loses tabs, line feeds, carriage returns and spaces at its ends, and nothing else",
        arguments: [
            Value("a", "a"), Value(" a ", "a"), Value("\t\r\n a b \n\r\t ", "a b"), Value("", ""), Value(" \t ", ""),
            Value("\u{B}a", "\u{B}a"), Value("a\u{C}", "a\u{C}"), Value("\u{A0}a\u{A0}", "\u{A0}a\u{A0}"),
            Value("a\tb", "a\tb"), Value("ÿ", "ÿ"), Value(" \u{1}", "\u{1}"),
        ])
    func normalisation(_ value: Value) throws {
        var headers = Headers()
        try headers.append("x", value.given)
        #expect(try headers.get("x") == value.kept)
        try headers.set("x", value.given)
        #expect(try headers.get("x") == value.kept)
    }

    @Test(
        "append and set refuse a value that is no byte string without NUL, LF and CR",
        arguments: [
            "a\0b", "a\nb", "a\rb", "a\r\nb", "\0", "日本", "Ā", "a\u{1F436}",
        ])
    func badValues(_ value: String) throws {
        var headers = Headers()
        let shown = errorText { try headers.append("x-name", value) }
        #expect(shown?.hasPrefix("TypeError: Headers.append: \"") == true)
        #expect(shown?.hasSuffix("\" is not a valid header value of \"x-name\"") == true)
        #expect(errorText { try headers.set("x-name", value) }?.hasPrefix("TypeError: Headers.set: ") == true)
        #expect(headers.wire.isEmpty)
    }

    @Test(
        "every method refuses a name that is no token",
        arguments: [
            "", " ", "bad name", "a:b", "a\n", "ä", "a\u{7F}", "\"", "a(b)", "x\0", "{}", "a@b", "a[0]", "a,b", "a/b",
        ])
    func badNames(_ name: String) {
        var headers: Headers = ["a": "b"]
        let shown = Set([
            errorText { try headers.append(name, "x") }, errorText { try headers.set(name, "x") },
            errorText { try headers.delete(name) }, errorText { try headers.get(name) },
            errorText { try headers.has(name) }, errorText { try Headers([(name, "x")]) },
        ])
        #expect(shown.count == 6)
        #expect(!shown.contains(nil))
        #expect(headers.wire == ["a: b"])
    }

    @Test("an error names the operation, the value and the rule")
    func errorTexts() {
        var headers = Headers()
        #expect(
            errorText { try headers.append("bad name", "x") }
                == "TypeError: Headers.append: \"bad name\" is not a valid header name")
        #expect(errorText { try headers.get("") } == "TypeError: Headers.get: \"\" is not a valid header name")
        #expect(
            errorText { try headers.set("x", "a\r\nb") }
                == "TypeError: Headers.set: \"a\\r\\nb\" is not a valid header value of \"x\"")
    }

    @Test("an error shows 64 characters of a long value at most")
    func longErrorTexts() throws {
        var headers = Headers()
        let shown = try #require(errorText { try headers.append("x", String(repeating: "a", count: 100_000) + "\nb") })
        #expect(shown.contains(String(repeating: "a", count: 64) + "…\""))
        #expect(shown.utf8.count < 200)
    }

    @Test("every token byte may stand in a name")
    func tokenNames() throws {
        var headers = Headers()
        try headers.append("!#$%&'*+-.^_`|~09azAZ", "1")
        #expect(try headers.get("!#$%&'*+-.^_`|~09AZaz") == "1")
    }

    @Test("get joins values by a comma and a space, in the order they came")
    func combining() throws {
        let headers = try Headers([("A", "1"), ("b", "2"), ("a", ""), ("a", "3")])
        #expect(try headers.get("a") == "1, , 3")
        #expect(try headers.get("B") == "2")
        #expect(try headers.get("c") == nil)
    }

    @Test("Cookie is joined by a semicolon")
    func cookies() throws {
        let headers = try Headers([("cookie", "a=1"), ("Cookie", "b=2")])
        #expect(try headers.get("cookie") == "a=1; b=2")
        #expect(headers.pairs == ["cookie: a=1; b=2"])
    }

    @Test("set keeps the first place and the first spelling, and drops the other values")
    func setKeepsPlace() throws {
        var headers = try Headers([("a", "1"), ("X-B", "2"), ("c", "3"), ("x-b", "4"), ("X-b", "5")])
        try headers.set("x-B", "6")
        #expect(headers.wire == ["a: 1", "X-B: 6", "c: 3"])
        try headers.set("d", "7")
        #expect(headers.wire == ["a: 1", "X-B: 6", "c: 3", "d: 7"])
    }

    @Test("delete removes all values, has sees none, and deleting what is not there is no error")
    func delete() throws {
        var headers = try Headers([("a", "1"), ("A", "2"), ("b", "3")])
        try headers.delete("A")
        #expect(try !headers.has("a"))
        #expect(try headers.has("B"))
        try headers.delete("a")
        #expect(headers.wire == ["b: 3"])
    }

    @Test("getSetCookie gives each Set-Cookie for itself, get joins them")
    func setCookie() throws {
        var headers = try Headers([("Set-Cookie", "a=1"), ("x", "y"), ("set-cookie", "b=2, c")])
        #expect(headers.getSetCookie() == ["a=1", "b=2, c"])
        #expect(try headers.get("set-cookie") == "a=1, b=2, c")
        try headers.set("set-cookie", "z=1")
        #expect(headers.getSetCookie() == ["z=1"])
        #expect(Headers().getSetCookie().isEmpty)
    }

    @Test("iteration is sorted by bytes, in lower case, combined, except Set-Cookie")
    func iteration() throws {
        let headers = try Headers([
            ("Set-Cookie", "b=1"), ("X-Z", "1"), ("a", "2"), ("set-cookie", "a=2"), ("x-z", "3"), ("X-a", "4"),
            ("A_", "5"), ("a-", "6"),
        ])
        #expect(
            headers.pairs == [
                "a: 2", "a-: 6", "a_: 5", "set-cookie: b=1", "set-cookie: a=2", "x-a: 4", "x-z: 1, 3",
            ])
        #expect(headers.keys() == ["a", "a-", "a_", "set-cookie", "set-cookie", "x-a", "x-z"])
        #expect(headers.values() == ["2", "6", "5", "b=1", "a=2", "4", "1, 3"])
    }

    @Test("names of any length and case are sorted by all of their bytes", arguments: [3, 40])
    func sorting(_ copies: Int) throws {
        var pairs: [(String, String)] = []
        for copy in 0..<copies {
            for name in [
                "X-Forwarded-Proto", "x-forwarded-for", "x", "X-Forwarded-fOr-2", "X!", "x-", "set-cookie", "Cookie",
            ] {
                pairs.append((name, "\(copy)"))
            }
        }
        let numbers = (0..<copies).map { "\($0)" }
        let list = numbers.joined(separator: ", ")
        #expect(
            try Headers(pairs).pairs == ["cookie: \(numbers.joined(separator: "; "))"]
                + numbers.map { "set-cookie: \($0)" } + [
                    "x: \(list)", "x!: \(list)", "x-: \(list)", "x-forwarded-for: \(list)",
                    "x-forwarded-for-2: \(list)", "x-forwarded-proto: \(list)",
                ])
    }

    @Test("headers are values: a copy is independent")
    func values() throws {
        let first: Headers = ["a": "1"]
        var second = first
        try second.append("a", "2")
        #expect(try first.get("a") == "1")
        #expect(try second.get("a") == "1, 2")
    }

    @Test("two lists are equal if they iterate alike")
    func equality() throws {
        #expect(try Headers([("A", "1"), ("b", "2")]) == Headers([("B", "2"), ("a", "1")]))
        #expect(try Headers([("a", "1"), ("a", "2")]) == Headers([("a", "1, 2")]))
        #expect(try Headers([("a", "1"), ("a", "2")]) != Headers([("a", "2"), ("a", "1")]))
        #expect(try Headers([("a", "1")]) != Headers([("a", "1"), ("b", "1")]))
    }

    @Test("a dictionary makes headers, a bad one throws")
    func dictionary() throws {
        let pairs = ["a": "1", "B": "2"]
        #expect(try Headers(pairs).pairs == ["a: 1", "b: 2"])
        let bad = ["a b": "1"]
        #expect(
            errorText { try Headers(bad) } == "TypeError: Headers.init: \"a b\" is not a valid header name")
    }

    @Test("description has a line per header")
    func description() {
        #expect("\(["B": "1", "a": "2"] as Headers)" == "a: 2\nb: 1")
    }
}
