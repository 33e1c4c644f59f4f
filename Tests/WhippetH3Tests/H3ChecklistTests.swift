// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetH3

/// What h3's page on responses promises, by the numbers of the checklist.
struct H3ChecklistTests {
    private struct Failure: Error {}
    private struct Item: Encodable, Sendable {
        var name: String
    }
    private struct Upper: Encodable, Sendable {
        var text: String
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text.uppercased())
        }
    }
    private static let json = "application/json;charset=UTF-8"
    private static let text = "text/plain;charset=UTF-8"

    /// What an application with one handler answers.
    private func answer(_ declare: (EventVerb) -> Void) async throws -> (response: Response, text: String) {
        let app = H3(log: { _ in })
        declare(app.get)
        let response = await app.request("/")
        return (response, try await response.text())
    }

    @Test("H3-01, H3-02: a value becomes a response")
    func value() async throws {
        let (response, text) = try await answer { $0("/", defineEventHandler { _ in ["hello": "world"] }) }
        #expect(response.status == 200)
        #expect(response.headers[.contentType] == Self.json)
        #expect(text == #"{"hello":"world"}"#)
    }

    @Test("H3-03: what a handler waits for is waited for")
    func asynchronous() async throws {
        let (_, text) = try await answer { get in
            get("/") { event in
                await Task.yield()
                return "later"
            }
        }
        #expect(text == "later")
    }

    @Test("H3-04: a thrown error goes to the error handler")
    func thrown() async throws {
        let app = H3(H3Configuration(onError: { error, _ in EventValue("caught \(error.status.rawValue)") }))
        app.get("/") { _ -> String in throw HTTPError(status: 409) }
        let text = try await app.request("/").text()
        #expect(text == "caught 409")
    }

    @Test("H3-05: status, reason and headers can be prepared")
    func prepared() async throws {
        let (response, text) = try await answer { get in
            get("/") { event in
                event.res.status = 200
                event.res.statusText = "OK"
                try event.res.headers.set("Content-Type", "text/html")
                return "<h1>Hello, World</h1>"
            }
        }
        #expect(response.statusText == "OK")
        #expect(response.headers[.contentType] == "text/html")
        #expect(text == "<h1>Hello, World</h1>")
    }

    @Test("H3-06: a Response keeps its status; prepared headers join it and win")
    func response() async throws {
        let (response, _) = try await answer { get in
            get("/") { event in
                event.res.status = 500
                event.res.headers["x-a"] = "prepared"
                event.res.headers["x-b"] = "prepared"
                return Response.json(["hello": "world"], status: 201, headers: ["x-b": "own", "x-c": "own"])
            }
        }
        #expect(response.status == 201)
        #expect(response.headers["x-a"] == "prepared")
        #expect(response.headers["x-b"] == "prepared")
        #expect(response.headers["x-c"] == "own")
    }

    @Test("H3-06: a Response of an error takes the headers that are prepared for errors alone")
    func errorResponse() async throws {
        let (response, _) = try await answer { get in
            get("/") { event in
                event.res.headers[.cacheControl] = "max-age=60"
                event.res.errHeaders["x-origin"] = "any"
                return Response("no", status: .badGateway)
            }
        }
        #expect(response.headers[.cacheControl] == nil)
        #expect(response.headers["x-origin"] == "any")
    }

    @Test("H3-07: an error discards what is prepared, except for errors")
    func discarded() async throws {
        let (response, text) = try await answer { get in
            get("/") { event -> String in
                event.res.status = 201
                event.res.headers["x-a"] = "1"
                event.res.errHeaders["x-e"] = "1"
                throw HTTPError(status: 400, message: "bad")
            }
        }
        #expect(response.status == 400)
        #expect(response.headers["x-a"] == nil)
        #expect(response.headers["x-e"] == "1")
        #expect(text == #"{"status":400,"message":"bad"}"#)
    }

    @Test(
        "H3-08: objects, arrays, numbers and truth values are JSON",
        arguments: [
            (defineHandler { _ in Item(name: "tea") }, #"{"name":"tea"}"#), (defineHandler { _ in [1, 2] }, "[1,2]"),
            (defineHandler { _ in 0 }, "0"), (defineHandler { _ in 1.5 }, "1.5"), (defineHandler { _ in true }, "true"),
            (defineHandler { _ -> JSON in ["b": 1, "a": ["x"]] }, #"{"b":1,"a":["x"]}"#),
        ])
    func serialisable(_ handler: EventHandler, _ expected: String) async throws {
        let (response, text) = try await answer { $0("/", handler) }
        #expect(response.headers[.contentType] == Self.json)
        #expect(text == expected)
    }

    @Test("H3-09: a type says itself how it is written")
    func custom() async throws {
        let (_, text) = try await answer { $0("/") { _ in Upper(text: "tea") } }
        #expect(text == "\"TEA\"")
    }

    @Test("H3-10: a string is plain text")
    func string() async throws {
        let (response, text) = try await answer { $0("/") { _ in "tea" } }
        #expect(response.headers[.contentType] == Self.text)
        #expect(text == "tea")
    }

    @Test("H3-11: a string can have another type")
    func typedString() async throws {
        let (response, _) = try await answer { get in
            get("/") { event in
                event.res.headers[.contentType] = "text/html;charset=UTF-8"
                return "<h1>hello world</h1>"
            }
        }
        #expect(response.headers[.contentType] == "text/html;charset=UTF-8")
    }

    @Test("H3-12: html sends markup as it is, or with what is in it escaped")
    func markup() async throws {
        let (response, text) = try await answer { $0("/") { html($0, "<h1>hello world</h1>") } }
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        #expect(text == "<h1>hello world</h1>")
        let (_, escaped) = try await answer { $0("/") { _ in html("<p>\("<&\"'>")\(raw: "<br>")</p>") } }
        #expect(escaped == "<p>&lt;&amp;&quot;&#39;&gt;<br></p>")
    }

    @Test("H3-13: a Response is sent")
    func webResponse() async throws {
        let (response, text) = try await answer { $0("/") { _ in Response.json(["hello": "world"]) } }
        #expect(response.headers[.contentType] == "application/json")
        #expect(text == #"{"hello":"world"}"#)
    }

    @Test("H3-14: streams and sequences of chunks are sent as they come, without a type")
    func streams() async throws {
        let (response, text) = try await answer { $0("/") { _ in ByteStream.from([[97], [98]]) } }
        #expect(response.headers[.contentType] == nil)
        #expect(text == "ab")
        let (_, sequence) = try await answer { get in
            get("/") { _ in
                AsyncStream<[UInt8]> { stream in
                    stream.yield([99])
                    stream.finish()
                }
            }
        }
        #expect(sequence == "c")
    }

    @Test("H3-15: bytes have a length and no type")
    func bytes() async throws {
        let app = H3()
        app.get("/") { _ -> [UInt8] in [104, 105] }
        let response = await app.request("/", method: .HEAD)
        #expect(response.headers[.contentLength] == "2")
        #expect(response.headers[.contentType] == nil)
    }

    @Test("H3-16: a blob has its type and length")
    func blob() async throws {
        let app = H3()
        app.get("/") { _ in Blob(["abc"], type: "text/html") }
        let response = await app.request("/", method: .HEAD)
        #expect(response.headers[.contentType] == "text/html")
        #expect(response.headers[.contentLength] == "3")
    }

    @Test("H3-17: a file has its name as well")
    func file() async throws {
        let (response, _) = try await answer { $0("/") { _ in File(["x"], name: "a b.txt", type: "text/plain") } }
        #expect(
            response.headers["content-disposition"] == "filename=\"a%20b.txt\"; filename*=UTF-8''a%20b.txt")
    }

    @Test("H3-18: nil and nothing are an empty response")
    func nothing() async throws {
        for handler in [
            defineHandler { _ in }, defineHandler { _ -> String? in nil }, defineHandler { _ -> Item? in nil },
        ] {
            let (response, text) = try await answer { $0("/", handler) }
            #expect(response.status == 200)
            #expect(response.headers[.contentType] == Self.text)
            #expect(text == "")
        }
    }

    @Test("H3-19: a returned error is sent as a thrown one")
    func returned() async throws {
        let (response, text) = try await answer { $0("/") { _ in HTTPError(status: 418, message: "teapot") } }
        #expect(response.status == 418)
        #expect(text == #"{"status":418,"message":"teapot"}"#)
        let (other, hidden) = try await answer { $0("/") { _ in Failure() } }
        #expect(other.status == 500)
        #expect(hidden == #"{"status":500,"unhandled":true,"message":"HTTPError"}"#)
    }

    @Test("H3-20: an integer of any size is written in full")
    func integers() async throws {
        let (response, text) = try await answer { get in
            get("/") { _ -> UInt128 in 340_282_366_920_938_463_463_374_607_431_768_211_455 }
        }
        #expect(response.headers[.contentType] == Self.json)
        #expect(text == "340282366920938463463374607431768211455")
    }

    @Test("H3-21: notFound is a 404, handled an empty answer")
    func signals() async throws {
        let (missing, text) = try await answer { $0("/") { _ -> EventValue in .notFound } }
        #expect(missing.status == 404)
        #expect(text == #"{"status":404,"message":"Cannot find any route matching [GET] http://localhost/"}"#)
        let (handled, empty) = try await answer { $0("/") { _ -> EventValue in .handled } }
        #expect(handled.status == 200)
        #expect(handled.headers[.contentType] == nil)
        #expect(empty == "")
    }
}
