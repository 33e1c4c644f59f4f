// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
@_spi(Conformance) import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetStreams
import WhippetURL

/// A type of one's own as a body.
private struct HTML: BodyInit {
    var markup: String
    func extractBody() -> Body { Body(markup, type: "text/html;charset=UTF-8") }
}

/// A body that can't be.
private struct Broken: BodyInit {
    func extractBody() throws -> Body { throw TypeError("broken") }
}

/// A value that has no form in JSON.
private struct Unwritable: Encodable {
    func encode(to encoder: any Encoder) throws { throw TypeError("unwritable") }
}

private struct Answer: Codable {
    var count: Int
}

@Suite("Response: making")
struct ResponseTests {
    struct Made: Sendable, CustomTestStringConvertible {
        var name: String
        var response: Response
        var type: String?
        var text: String
        var testDescription: String { name }
    }

    static let made = [
        Made(name: "string", response: Response("a"), type: "text/plain;charset=UTF-8", text: "a"),
        Made(name: "substring", response: Response("ab".dropLast()), type: "text/plain;charset=UTF-8", text: "a"),
        Made(name: "optional string", response: Response("a" as String?), type: "text/plain;charset=UTF-8", text: "a"),
        Made(name: "bytes", response: Response([0x61]), type: nil, text: "a"),
        Made(name: "slice", response: Response([0x61, 0x62][..<1] as ArraySlice<UInt8>), type: nil, text: "a"),
        Made(name: "stream", response: Response(byteStream(["a"])), type: nil, text: "a"),
        Made(
            name: "sequence",
            response: Response(
                AsyncStream([UInt8].self) {
                    $0.yield([0x61])
                    $0.finish()
                }),
            type: nil, text: "a"),
        Made(
            name: "search parameters", response: Response(URLSearchParams([("a b", "é"), ("c", "1")])),
            type: "application/x-www-form-urlencoded;charset=UTF-8", text: "a+b=%C3%A9&c=1"),
        Made(name: "own type", response: Response(HTML(markup: "a")), type: "text/html;charset=UTF-8", text: "a"),
        Made(name: "body", response: Response(Body("a", type: "b/c")), type: "b/c", text: "a"),
        Made(name: "nil", response: Response(nil), type: nil, text: ""),
        Made(name: "nothing", response: Response(), type: nil, text: ""),
        Made(
            name: "JSON", response: .json(["b": 1, "a": [nil, true]]), type: "application/json",
            text: #"{"b":1,"a":[null,true]}"#),
        Made(name: "Encodable", response: .json(Answer(count: 1)), type: "application/json", text: #"{"count":1}"#),
    ]

    @Test("each kind of body brings its bytes and its Content-Type", arguments: made)
    func bodies(_ made: Made) async throws {
        #expect(made.response.status == .ok)
        #expect(made.response.ok)
        #expect(made.response.failure == nil)
        #expect(made.response.headers[.contentType] == made.type)
        #expect(made.response.type == .default)
        #expect(made.response.statusText == "")
        #expect(made.response.url == nil)
        #expect(!made.response.redirected)
        #expect(try await made.response.unread.text() == made.text)
    }

    @Test("a Content-Type that is there stays")
    func ownContentType() throws {
        let headers: Headers = ["Content-Type": "text/css"]
        for response in [
            Response("a", headers: headers), Response(HTML(markup: "a"), headers: headers),
            .json([], headers: headers), .json(Answer(count: 1), headers: headers),
            try Response("a", init: ResponseInit(headers: headers)),
        ] {
            #expect(response.headers.wire == ["Content-Type: text/css"])
        }
    }

    @Test("form data are sent as multipart/form-data with the boundary of the type")
    func formData() async throws {
        let response = Response(["a\"b": "1\n2"] as FormData)
        let type = try #require(response.headers[.contentType])
        #expect(type.hasPrefix("multipart/form-data; boundary=----WhippetFormBoundary"))
        let boundary = type.dropFirst("multipart/form-data; boundary=".count)
        #expect(
            try await response.text()
                == "--\(boundary)\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n1\r\n2\r\n--\(boundary)--\r\n"
        )
    }

    @Test("status and headers are what was asked for")
    func statusAndHeaders() throws {
        let response = Response(
            "a", status: .created, headers: ["Location": "/1", .setCookie: "a=1", "set-cookie": "b=2"])
        #expect(response.status == 201)
        #expect(response.headers.getSetCookie() == ["a=1", "b=2"])
        #expect(Response("a", status: 404).status == .notFound)
        let init201 = try Response("a", init: ResponseInit(status: 201, statusText: "Made", headers: ["x": "1"]))
        #expect(init201.status == .created)
        #expect(init201.statusText == "Made")
        #expect(init201.headers["x"] == "1")
    }

    @Test(
        "only 200 to 599 is a status: RangeError",
        arguments: [0, 1, 99, 100, 101, 103, 199, 600, 999, 65535] as [UInt16])
    func badStatus(_ code: UInt16) {
        let expected = "RangeError: Response: the status \(code) is not in the range 200 to 599"
        #expect(errorText { try Response("a", init: ResponseInit(status: Status(code))) } == expected)
        #expect(errorText { try Response(nil, init: ResponseInit(status: Status(code))) } == expected)
        #expect(Response("a", status: Status(code)).failure.map { "\($0)" } == expected)
        #expect(Response.json(nil, status: Status(code)).failure.map { "\($0)" } == expected)
    }

    @Test("the bounds of the range are in it", arguments: [200, 599] as [UInt16])
    func boundaryStatus(_ code: UInt16) throws {
        #expect(try Response("a", init: ResponseInit(status: Status(code))).status == Status(code))
        #expect(Response("a", status: Status(code)).failure == nil)
    }

    @Test("a null body status takes no body, not even an empty one: TypeError", arguments: [204, 205, 304] as [UInt16])
    func nullBodyStatus(_ code: UInt16) throws {
        let expected = "TypeError: Response: a response with the status \(code) can't have a body"
        #expect(errorText { try Response("", init: ResponseInit(status: Status(code))) } == expected)
        #expect(errorText { try Response(byteStream([]), init: ResponseInit(status: Status(code))) } == expected)
        #expect(Response("", status: Status(code)).failure.map { "\($0)" } == expected)
        #expect(Response.json(nil, status: Status(code)).failure.map { "\($0)" } == expected)
        #expect(try Response(nil, init: ResponseInit(status: Status(code))).status == Status(code))
        #expect(Response(status: Status(code)).failure == nil)
    }

    @Test(
        "a status text is of tabs, spaces, visible and Latin-1 characters",
        arguments: ["a\nb", "a\rb", "\0", "日本", "\u{7F}"])
    func badStatusText(_ text: String) throws {
        #expect(
            errorText { try Response("a", init: ResponseInit(statusText: text)) }?.hasSuffix(
                "is not a valid status text")
                == true)
        #expect(try Response("a", init: ResponseInit(statusText: "Schön\t ok")).statusText == "Schön\t ok")
    }

    @Test("headers that may not be sent make the standard's form throw, and the others a failure")
    func badHeaders() {
        let headers: Headers = ["x": "a\nb"]
        let expected = "TypeError: Headers.append: \"a\\nb\" is not a valid header value of \"x\""
        #expect(errorText { try Response("a", init: ResponseInit(headers: headers)) } == expected)
        #expect(Response("a", headers: headers).failure.map { "\($0)" } == expected)
        var response = Response("a")
        response.headers["x"] = "\n\0"
        #expect(response.failure != nil)
    }

    @Test("a body that can't be makes the standard's form throw, and the others a failure")
    func badBody() throws {
        #expect(errorText { try Response(Broken(), init: ResponseInit()) } == "TypeError: broken")
        #expect(Response(Broken()).failure.map { "\($0)" } == "TypeError: broken")
        let stream = byteStream(["a"])
        _ = try stream.getReader()
        #expect(Response(stream).failure.map { "\($0)" } == "TypeError: BodyInit: the stream is locked to a reader")
        #expect(errorText { try Response(stream, init: ResponseInit()) } != nil)
    }

    @Test("a value that can't be written as JSON makes a failure, and the standard's form throw")
    func badJSON() {
        #expect(Response.json(Unwritable()).failure.map { "\($0)" } == "TypeError: unwritable")
        #expect(Response.json(Unwritable()).bodyLength == 0)
        #expect(errorText { try Response.json(Unwritable(), init: ResponseInit()) } == "TypeError: unwritable")
    }

    @Test("json in the standard's form takes the options")
    func jsonInit() async throws {
        let response = try Response.json(Answer(count: 2), init: ResponseInit(status: 201, headers: ["x": "1"]))
        #expect(response.status == 201)
        #expect(response.headers.wire == ["x: 1", "content-type: application/json"])
        #expect(try await response.json(as: Answer.self).count == 2)
        let literal = try Response.json(["a": 1] as JSON, init: ResponseInit(status: 202))
        #expect(try await literal.text() == #"{"a":1}"#)
        #expect(errorText { try Response.json(Answer(count: 1), init: ResponseInit(status: 204)) } != nil)
    }

    @Test("options say how JSON is written")
    func jsonOptions() async throws {
        struct Item: Encodable { var unitPrice = 1.5 }
        #expect(
            try await Response.json(Item(), options: JSON.EncodingOptions(keys: .snakeCase)).text()
                == #"{"unit_price":1.5}"#)
        #expect(
            try await Response.json(["b": 1, "a": 2], options: JSON.EncodingOptions(sortedKeys: true)).text()
                == #"{"a":2,"b":1}"#)
        #expect(Response.json(["a": .number(.init(Double.nan))], options: JSON.EncodingOptions()).failure != nil)
    }

    @Test("the README's one-liner keeps the order of its keys, and needs no try")
    func readmeJSON() async throws {
        let response = Response.json(["count": 1, "tags": ["a", "b"]])
        #expect(try await response.text() == #"{"count":1,"tags":["a","b"]}"#)
    }

    @Test("headers of a copy change the copy alone")
    func copies() {
        let stored = Response("a")
        var copy = stored
        copy.headers[.vary] = "origin"
        #expect(stored.headers[.vary] == nil)
        #expect(copy.headers[.vary] == "origin")
    }

    @Test("a clone keeps status, status text and headers")
    func clone() throws {
        let response = try Response("a", init: ResponseInit(status: 201, statusText: "Made", headers: ["x": "1"]))
        let clone = try response.clone()
        #expect(clone.status == 201)
        #expect(clone.statusText == "Made")
        #expect(clone.headers == response.headers)
    }

    @Test("cloning a used or locked body is a TypeError")
    func cloneUsed() async throws {
        let used = Response("a")
        _ = try await used.text()
        let expected = "TypeError: Response.clone: the body was already used or is locked"
        #expect(errorText { try used.clone() } == expected)
        let locked = Response("a")
        let reader = try #require(locked.body).getReader()
        #expect(errorText { try locked.clone() } == expected)
        _ = reader
    }
}

@Suite("Response: redirect and error")
struct ResponseRedirectTests {
    struct Target: CustomTestStringConvertible {
        var url: String
        var location: String?
        var testDescription: String { url.debugDescription }
        init(_ url: String, _ location: String?) { (self.url, self.location) = (url, location) }
    }

    @Test(
        "an absolute URL is serialised, a relative one stays relative, escaped",
        arguments: [
            Target("https://example.com", "https://example.com/"),
            Target("HTTP://EXAMPLE.com/a b", "http://example.com/a%20b"),
            Target("https://nextjs.org/", "https://nextjs.org/"), Target("/", "/"),
            Target("/a/../b?c#d", "/a/../b?c#d"),
            Target("a", "a"), Target("?q=1", "?q=1"), Target("#x", "#x"), Target("", ""), Target("../a", "../a"),
            Target("/ä ö", "/%C3%A4%20%C3%B6"), Target(" /a\n\tb ", "/ab"), Target("/a\r\nx: y", "/ax:%20y"),
            Target("/\u{7F}\0", "/%7F"), Target("/a\0b", "/a%00b"), Target("//example.com/a", "//example.com/a"),
            Target("/<\">", "/%3C%22%3E"), Target("/%zz", "/%zz"), Target("mailto:a@b", "mailto:a@b"),
            Target("http://", nil), Target("https://a b/", nil), Target("//[/", nil), Target("http://a:99999/", nil),
        ])
    func targets(_ target: Target) throws {
        guard let location = target.location else {
            let shown = errorText { try Response.redirect(target.url) }
            #expect(shown?.hasPrefix("TypeError: Response.redirect: \"") == true)
            #expect(shown?.hasSuffix("is not a valid URL") == true)
            return
        }
        let response = try Response.redirect(target.url)
        #expect(response.status == .found)
        #expect(response.headers.wire == ["location: \(location)"])
        #expect(response.failure == nil)
        #expect(response.body == nil)
    }

    @Test("the five redirect statuses are taken, no other")
    func statuses() throws {
        for code in UInt16(200)...599 {
            let status = Status(code)
            if status.isRedirect {
                #expect(try Response.redirect("/", status: status).status == status)
            } else {
                #expect(
                    errorText { try Response.redirect("/", status: status) }
                        == "RangeError: Response.redirect: the status \(code) is not 301, 302, 303, 307 or 308")
            }
        }
    }

    @Test("a URL redirects to its href")
    func url() throws {
        let response = try Response.redirect(URL("https://example.com/ä"), status: .seeOther)
        #expect(response.headers[.location] == "https://example.com/%C3%A4")
        #expect(response.status == 303)
    }

    @Test("the standard's methods can't change the headers of redirect() and error(); the typed forms can")
    func immutableHeaders() throws {
        for made in [try Response.redirect("/"), Response.error()] {
            var response = made
            #expect(
                errorText { try response.headers.append("x", "1") }
                    == "TypeError: Headers.append: the headers are immutable")
            response.headers.append(.setCookie, "a=1")
            #expect(response.headers.getSetCookie() == ["a=1"])
        }
    }

    @Test("another response with the headers of a redirect is not guarded")
    func headersTaken() throws {
        var response = Response("a", headers: try Response.redirect("/").headers)
        try response.headers.append("x", "1")
        #expect(response.headers.wire == ["location: /", "content-type: text/plain;charset=UTF-8", "x: 1"])
    }

    @Test("error() is a network error, which can't be sent")
    func error() {
        let response = Response.error()
        #expect(response.type == .error)
        #expect(response.status == 0)
        #expect(!response.ok)
        #expect(response.body == nil)
        #expect(
            response.failure.map { "\($0)" } == "TypeError: Response.error() is a network error, which can't be sent")
    }
}
