// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

@Suite("Headers: the typed forms")
struct HeadersTypedTests {
    @Test("a subscript reads, sets and removes")
    func subscripts() {
        var headers = Headers()
        headers[.contentType] = "text/html"
        headers["X-Name"] = " 1 "
        let variable = "x-other"
        headers[variable] = "2"
        #expect(headers.wire == ["content-type: text/html", "X-Name: 1", "x-other: 2"])
        #expect(headers["content-TYPE"] == "text/html")
        headers["x-name"] = nil
        headers[.etag] = nil
        #expect(headers.wire == ["content-type: text/html", "x-other: 2"])
        #expect(headers[.etag] == nil)
        #expect(headers.failure == nil)
    }

    @Test("a literal may repeat a name, and mix names and strings")
    func literals() {
        let headers: Headers = [.setCookie: "a=1", "Set-Cookie": "b=2", "x": "y"]
        #expect(headers.getSetCookie() == ["a=1", "b=2"])
        #expect(headers.failure == nil)
    }

    @Test("append with a typed name adds a value without throwing")
    func append() {
        var headers: Headers = [.vary: "origin"]
        headers.append(.vary, "accept")
        #expect(headers[.vary] == "origin, accept")
    }

    struct Invalid: CustomTestStringConvertible {
        var name: String
        var value: String
        var testDescription: String { "\(name): \(value)".debugDescription }
        init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    static let invalid = [
        Invalid("x", "a\nb"), Invalid("x", "日本"), Invalid("x", "\0"), Invalid("bad name", "a"), Invalid("", "a"),
    ]

    @Test("what may not be sent is not taken, and remembered as the failure", arguments: invalid)
    func failure(_ invalid: Invalid) {
        var bySubscript: Headers = ["x": "before"]
        bySubscript[invalid.name] = invalid.value
        #expect(bySubscript.failure != nil)
        #expect(bySubscript.wire == ["x: before"])
        var byName = Headers()
        byName[Headers.Name(invalid.name)] = invalid.value
        #expect(byName.failure != nil)
        var byAppend = Headers()
        byAppend.append(Headers.Name(invalid.name), invalid.value)
        #expect(byAppend.failure != nil)
        let literal: Headers = [Headers.Name(invalid.name): invalid.value]
        #expect(literal.failure != nil)
    }

    @Test("the failure is the first one and says what was wrong")
    func failureText() {
        var headers = Headers()
        headers["x-name"] = "a\nb"
        headers["bad name"] = "a"
        #expect(
            headers.failure?.message == "Headers.subscript: \"a\\nb\" is not a valid header value of \"x-name\"")
    }

    @Test("a failure stays with copies")
    func failureCopies() {
        var headers = Headers()
        headers["x"] = "\n\0"
        let copy = Headers(headers)
        #expect(copy.failure == headers.failure)
        #expect(copy.failure != nil)
    }

    @Test("two names are equal without regard to case")
    func names() {
        #expect(Headers.Name("Content-Type") == .contentType)
        #expect(Set<Headers.Name>(["A", "a", "b"]).count == 2)
        #expect(Headers.Name.xRequestID.rawValue == "x-request-id")
        #expect("\(Headers.Name("X-A"))" == "X-A")
    }
}
