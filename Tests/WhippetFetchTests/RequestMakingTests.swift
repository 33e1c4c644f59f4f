// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
@_spi(Conformance) import WhippetFetch
import WhippetInfra
import WhippetStreams
import WhippetURL

@Suite("Request: the standard's constructor")
struct RequestMakingTests {
    let url = "https://example.com/a"

    @Test("a request has the standard's defaults")
    func defaults() throws {
        let request = try Request(url, init: RequestInit())
        #expect(request.method == .GET)
        #expect(request.url.href == url)
        #expect(request.headers.wire.isEmpty)
        #expect(request.body == nil)
        #expect(!request.bodyUsed)
        #expect(request.mode == .cors)
        #expect(request.credentials == .sameOrigin)
        #expect(request.cache == .default)
        #expect(request.redirect == .follow)
        #expect(request.referrer == "about:client")
        #expect(request.referrerPolicy == .none)
        #expect(request.integrity == "")
        #expect(!request.keepalive)
        #expect(request.duplex == .half)
        #expect(request.destination == "")
        #expect(!request.isReloadNavigation && !request.isHistoryNavigation)
        #expect(!request.signal.aborted)
        #expect(request.failure == nil)
    }

    @Test("every option arrives")
    func options() throws {
        let signal = AbortController().signal
        let request = try Request(
            url,
            init: RequestInit(
                method: .PUT, headers: ["x": "1"], body: "a", referrer: "https://example.com/r",
                referrerPolicy: .noReferrer, mode: .sameOrigin, credentials: .omit, cache: .onlyIfCached,
                redirect: .manual, integrity: "sha256-x", keepalive: true, signal: signal, priority: .high))
        #expect(request.method == .PUT)
        #expect(request.headers.wire == ["x: 1", "content-type: text/plain;charset=UTF-8"])
        #expect(request.referrer == "https://example.com/r")
        #expect(request.referrerPolicy == .noReferrer)
        #expect(request.mode == .sameOrigin)
        #expect(request.credentials == .omit)
        #expect(request.cache == .onlyIfCached)
        #expect(request.redirect == .manual)
        #expect(request.integrity == "sha256-x")
        #expect(request.keepalive)
        #expect(request.signal === signal)
    }

    @Test(
        "six methods are upper-cased, and no other",
        arguments: [
            ("get", "GET"), ("Head", "HEAD"), ("post", "POST"), ("pUT", "PUT"), ("delete", "DELETE"),
            ("options", "OPTIONS"), ("patch", "patch"), ("Query", "Query"), ("chicken", "chicken"), ("PATCH", "PATCH"),
        ])
    func methodCase(_ given: String, _ kept: String) throws {
        #expect(try Request(url, init: RequestInit(method: HTTPMethod(rawValue: given))).method.rawValue == kept)
        #expect(Request(url, method: HTTPMethod(rawValue: given)).method.rawValue == kept)
    }

    @Test("CONNECT, TRACE and TRACK are forbidden in any case", arguments: ["CONNECT", "trace", "Track"])
    func forbiddenMethods(_ method: String) {
        let expected = "TypeError: Request: the method \"\(method)\" is forbidden"
        #expect(errorText { try Request(url, init: RequestInit(method: HTTPMethod(rawValue: method))) } == expected)
        #expect(Request(url, method: HTTPMethod(rawValue: method)).failure.map { "\($0)" } == expected)
    }

    @Test("a method is a token", arguments: ["", "GE T", "GET\r\n", "gét"])
    func badMethods(_ method: String) {
        #expect(
            errorText { try Request(url, init: RequestInit(method: HTTPMethod(rawValue: method))) }?
                .hasSuffix("is not a valid method") == true)
    }

    @Test("GET and HEAD take no body, not even an empty one", arguments: [HTTPMethod.GET, .HEAD, "get"])
    func bodyOfGET(_ method: HTTPMethod) {
        let expected =
            "TypeError: Request: a request with the method \(method.rawValue.uppercased()) can't have a body"
        #expect(errorText { try Request(url, init: RequestInit(method: method, body: "")) } == expected)
        #expect(Request(url, method: method, body: "").failure.map { "\($0)" } == expected)
    }

    @Test("the method of another request with a body can't be overridden with GET")
    func methodOverride() throws {
        let input = Request(url, method: .POST, body: "a")
        #expect(errorText { try Request(input, init: RequestInit(method: .GET)) } != nil)
        #expect(!input.bodyUsed)
    }

    @Test("a URL must be absolute and without credentials")
    func badURLs() {
        #expect(errorText { try Request("/a", init: RequestInit()) } == "TypeError: Request: \"/a\" is not a valid URL")
        #expect(
            errorText { try Request("https://user:pass@example.com/", init: RequestInit()) }
                == "TypeError: Request: the URL \"https://user:pass@example.com/\" includes credentials")
        #expect(errorText { try Request("https://user@example.com/", init: RequestInit()) } != nil)
    }

    @Test("the body's Content-Type is added where the headers have none")
    func contentType() throws {
        #expect(
            try Request(url, init: RequestInit(method: .POST, body: URLSearchParams("a=b"))).headers[.contentType]
                == "application/x-www-form-urlencoded;charset=UTF-8")
        #expect(
            try Request(url, init: RequestInit(method: .POST, headers: ["content-type": "b/c"], body: "a"))
                .headers[.contentType] == "b/c")
    }

    @Test("a stream as a body needs duplex: half")
    func duplex() async throws {
        #expect(
            errorText { try Request(url, init: RequestInit(method: .POST, body: byteStream(["a"]))) }
                == "TypeError: Request: a body that is a stream needs the option duplex: .half")
        let request = try Request(url, init: RequestInit(method: .POST, body: byteStream(["a"]), duplex: .half))
        #expect(try await request.text() == "a")
        #expect(
            errorText {
                try Request(
                    url, init: RequestInit(method: .POST, body: byteStream(["a"]), keepalive: true, duplex: .half))
            } != nil)
        #expect(
            errorText {
                try Request(
                    url, init: RequestInit(method: .POST, body: byteStream(["a"]), mode: .noCORS, duplex: .half))
            } != nil)
        #expect(try await Request(url, method: .POST, body: byteStream(["a"])).text() == "a")
        let again = try Request(Request(url, method: .POST, body: byteStream(["a"])))
        #expect(try await again.text() == "a")
        #expect(
            errorText {
                try Request(Request(url, method: .POST, body: byteStream(["a"])), init: RequestInit(mode: .noCORS))
            } == "TypeError: Request: a body that is a stream needs the mode same-origin or cors")
    }

    @Test("some options exclude each other")
    func options2() throws {
        #expect(errorText { try Request(url, init: RequestInit(mode: .navigate)) } != nil)
        #expect(errorText { try Request(url, init: RequestInit(cache: .onlyIfCached)) } != nil)
        #expect(try Request(url, init: RequestInit(mode: .sameOrigin, cache: .onlyIfCached)).cache == .onlyIfCached)
        #expect(errorText { try Request(url, init: RequestInit(method: .PUT, mode: .noCORS)) } != nil)
        #expect(try Request(url, init: RequestInit(method: .POST, mode: .noCORS)).mode == .noCORS)
    }

    @Test("a referrer is empty, a URL, or an error")
    func referrer() throws {
        #expect(try Request(url, init: RequestInit(referrer: "")).referrer == "")
        #expect(try Request(url, init: RequestInit(referrer: "HTTP://A")).referrer == "http://a/")
        #expect(try Request(url, init: RequestInit(referrer: "about:client")).referrer == "about:client")
        #expect(
            errorText { try Request(url, init: RequestInit(referrer: "http://")) }
                == "TypeError: Request: the referrer \"http://\" is not a valid URL")
    }

    @Test("bad headers throw, and make the other form a failure")
    func badHeaders() {
        #expect(errorText { try Request(url, init: RequestInit(headers: ["a b": "1"])) } != nil)
        #expect(Request(url, headers: ["a b": "1"]).failure != nil)
    }
}

@Suite("Request: from another request, and for tests")
struct RequestCopyTests {
    @Test("a request of another has its values and takes its body", arguments: BodyCase.all)
    func fromRequest(_ body: BodyCase) async throws {
        let input = try Request("https://example.com/", method: .PUT, headers: ["x": "1"], body: body.make())
        let request = try Request(input)
        #expect(request.method == .PUT)
        #expect(request.url == input.url)
        #expect(request.headers["x"] == "1")
        #expect(input.bodyUsed)
        #expect(!request.bodyUsed)
        #expect(try await request.text() == "héllo")
        #expect(await asyncErrorText { try await input.text() }?.contains("already used") == true)
    }

    @Test("the body goes over also when its stream was asked for", arguments: BodyCase.all)
    func fromStreamedRequest(_ body: BodyCase) async throws {
        let input = try Request("https://example.com/", method: .PUT, body: body.make())
        let stream = try #require(input.body)
        let request = try Request(input)
        #expect(stream.locked)
        #expect(input.bodyUsed)
        #expect(input.body === stream)
        #expect(try await request.text() == "héllo")
    }

    @Test("with a body of its own it leaves the other's alone")
    func ownBody() async throws {
        let input = Request("https://example.com/", method: .PUT, body: "a")
        let request = try Request(input, init: RequestInit(body: "b"))
        #expect(!input.bodyUsed)
        #expect(try await request.text() == "b")
        #expect(try await input.text() == "a")
    }

    @Test("a used body can't go over, a null body always can")
    func usedBody() async throws {
        let used = Request("https://example.com/", method: .PUT, body: "a")
        _ = try await used.text()
        #expect(errorText { try Request(used) }?.contains("already used") == true)
        #expect(try Request(used, init: RequestInit(body: "b")).body != nil)
        let none = Request("https://example.com/")
        _ = try await none.text()
        #expect(try Request(none).body == nil)
    }

    @Test("options override, headers as a whole")
    func overrides() throws {
        let input = try Request(
            "https://example.com/", init: RequestInit(method: .POST, headers: ["x": "1"], referrer: "", cache: .noStore)
        )
        let same = try Request(input)
        #expect(same.referrer == "")
        #expect(same.cache == .noStore)
        let other = try Request(input, init: RequestInit(method: .PUT, headers: ["y": "2"]))
        #expect(other.method == .PUT)
        #expect(other.headers.wire == ["y: 2"])
        #expect(other.cache == .noStore)
        #expect(other.referrer == "about:client")
    }

    @Test("the signal follows the other request's, unless the options have one")
    func signals() throws {
        let controller = AbortController()
        let input = try Request("https://example.com/", init: RequestInit(signal: controller.signal))
        let request = try Request(input)
        let own = AbortController()
        let independent = try Request(input, init: RequestInit(signal: own.signal))
        controller.abort()
        #expect(request.signal.aborted)
        #expect(try input.clone().signal.aborted)
        #expect(!independent.signal.aborted)
    }

    @Test("a clone can be read beside its original", arguments: BodyCase.all)
    func clone(_ body: BodyCase) async throws {
        let input = try Request("https://example.com/", method: .PUT, headers: ["x": "1"], body: body.make())
        let clone = try input.clone()
        #expect(clone.method == .PUT)
        #expect(clone.url == input.url)
        #expect(clone.headers == input.headers)
        #expect(try await clone.text() == "héllo")
        #expect(try await input.text() == "héllo")
        #expect(errorText { try input.clone() } == "TypeError: Request.clone: the body was already used or is locked")
    }

    @Test(
        "for tests a relative URL will do",
        arguments: [
            ("/items?q=1", "http://localhost/items?q=1"), ("a", "http://localhost/a"), ("https://a/b", "https://a/b"),
        ])
    func relative(_ url: String, _ href: String) {
        let request = Request(url)
        #expect(request.url.href == href)
        #expect(request.failure == nil)
    }

    @Test("for tests a URL that is none is a failure, not a crash")
    func badURL() {
        #expect(Request("http://").failure.map { "\($0)" } == "TypeError: Request: \"http://\" is not a valid URL")
    }

    @Test("the path of a made request is the URL's, without query and fragment")
    func path() {
        #expect(Request("/a%20b/ç?q#f").withPathBytes { String(decoding: $0, as: UTF8.self) } == "/a%20b/%C3%A7")
        #expect(Request("https://example.com").withPathBytes { $0.count } == 1)
    }
}
