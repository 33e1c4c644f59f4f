// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetExpress

/// What the methods of a response make of the answer.
struct ResponseTests {
    static let cases: [Exchange] = [
        Exchange(
            "send(nil) is an empty body with a tag and no type",
            fields: ["etag": "W/\"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk\"", "content-type": nil], text: ""
        ) {
            app in app.get("/") { _, res in res.send(nil) }
        },
        Exchange("bytes are octets", fields: ["content-type": "application/octet-stream"], text: "hey") { app in
            app.get("/") { _, res in res.send(Array("hey".utf8)) }
        },
        Exchange("a number is JSON", fields: ["content-type": "application/json; charset=utf-8"], text: "42") { app in
            app.get("/") { _, res in res.send(42) }
        },
        Exchange("text gets its charset, whatever the type says", fields: ["content-type": "text/plain; charset=utf-8"])
        {
            app in app.get("/") { _, res in res.set("Content-Type", "text/plain; charset=latin1").send("x") }
        },
        Exchange("a stream is sent as it is", fields: ["etag": nil], text: "ab") { app in
            app.get("/") { _, res in res.send(ByteStream.from([Array("a".utf8), Array("b".utf8)])) }
        },
        Exchange(
            "an answer of the core keeps its headers and gets the others", status: 201,
            fields: ["x-a": "1", "content-type": "text/csv"]
        ) {
            app in
            app.get("/") { _, res in
                res.set("X-A", "1").set("Content-Type", "text/plain")
                res.send(Response("a,b", status: .created, headers: [.contentType: "text/csv"]))
            }
        },
        Exchange("write gathers what end sends", text: "abc") { app in
            app.get("/") { _, res in res.write("a").write("b").end("c") }
        },
        Exchange("json spaces", text: "{\n    \"a\": [\n        1\n    ]\n}") { app in
            app.set("json spaces", 4).get("/") { _, res in res.json(["a": [1]]) }
        },
        Exchange("infinity is null", text: #"{"a":null}"#) { app in
            app.get("/") { _, res in res.json(["a": Double.infinity]) }
        },
        Exchange(
            "a name of a callback keeps only what a name may hold", .GET, "/?callback=a%3Balert(1)",
            text: "/**/ typeof aalert1 === 'function' && aalert1({});"
        ) {
            app in app.get("/") { _, res in res.jsonp([:]) }
        },
        Exchange(
            "the first of several callbacks counts", .GET, "/?cb=a&cb=b", text: "/**/ typeof a === 'function' && a(1);"
        ) {
            app in app.set("jsonp callback name", "cb").get("/") { _, res in res.jsonp(1) }
        },
        Exchange(
            "redirect takes a status", status: 301, fields: ["location": "/a%20b"],
            text: "Moved Permanently. Redirecting to /a%20b"
        ) {
            app in app.get("/") { _, res in res.redirect(301, "/a b") }
        },
        Exchange("links are joined", fields: ["link": "<http://a/2>; rel=\"next\", <http://a/5>; rel=\"last\""]) {
            app in
            app.get("/") { _, res in res.links(["next": "http://a/2"]).links(["last": "http://a/5"]).end() }
        },
        Exchange("vary adds no name twice", fields: ["vary": "Accept, Origin"]) { app in
            app.get("/") { _, res in res.vary("Accept").vary(["accept", "Origin"]).end() }
        },
        Exchange("vary * is all", fields: ["vary": "*"]) { app in
            app.get("/") { _, res in res.vary("Accept").vary("*").vary("Origin").end() }
        },
        Exchange("a header that may not be is an error", status: 500, fields: ["x-a": nil]) { app in
            app.get("/") { _, res in res.set("X-A", "a\r\nb").send("x") }
        },
        Exchange("several values are set at once", fields: ["x-a": "1, 2"]) { app in
            app.get("/") { _, res in res.set("X-A", ["1", "2"]).end() }
        },
        Exchange("a type can't be a list", status: 500) { app in
            app.get("/") { _, res in res.set("Content-Type", ["a/b", "c/d"]).end() }
        },
        Exchange(
            "a name that is not Latin-1 stands twice",
            fields: [
                "content-disposition":
                    "attachment; filename=\"?????.pdf\"; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD%D1%8B.pdf"
            ]
        ) {
            app in app.get("/") { _, res in res.attachment("планы.pdf").end() }
        },
        Exchange(
            "a name in Latin-1 stays",
            fields: [
                "content-disposition":
                    "attachment; filename=\"£ and ? rates.pdf\"; filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates.pdf"
            ]
        ) {
            app in app.get("/") { _, res in res.attachment("£ and € rates.pdf").end() }
        },
        Exchange("an attachment needs no name", fields: ["content-disposition": "attachment", "content-type": nil]) {
            app in
            app.get("/") { _, res in res.attachment().end() }
        },
        Exchange(
            "cookies have Express's order",
            fields: [
                "set-cookie":
                    "a=b; Domain=example.com; Path=/x; HttpOnly; Secure; Partitioned; Priority=High; SameSite=None"
            ]
        ) {
            app in
            app.get("/") { _, res in
                res.cookie(
                    "a", "b",
                    .init(
                        domain: "example.com", httpOnly: true, partitioned: true, path: "/x", priority: .high,
                        sameSite: SetCookie.SameSite.none, secure: true)
                ).end()
            }
        },
        Exchange(
            "an object as a cookie is JSON", fields: ["set-cookie": "cart=j%3A%7B%22items%22%3A%5B1%2C2%5D%7D; Path=/"]
        ) {
            app in app.get("/") { _, res in res.cookie("cart", ["items": [1, 2]]).end() }
        },
        Exchange("a cookie with a name that is none is an error", status: 500) { app in
            app.get("/") { _, res in res.cookie("a b", "c").end() }
        },
        Exchange("format without Accept takes the first", fields: ["vary": "Accept"], text: "hey") { app in
            app.get("/") { _, res in
                res.format(["text": { res.send("hey") }, "json": { res.send(["message": "hey"]) }])
            }
        },
        Exchange(
            "format takes what is liked best", with: ["accept": "text/plain;q=0.5, application/json"],
            text: #"{"message":"hey"}"#
        ) {
            app in
            app.get("/") { _, res in
                res.format(["text": { res.send("hey") }, "json": { res.send(["message": "hey"]) }])
            }
        },
        Exchange("format falls back to default", with: ["accept": "image/png"], text: "none") { app in
            app.get("/") { _, res in res.format(["text": { res.send("hey") }, "default": { res.send("none") }]) }
        },
        Exchange("set status is that of an error that has none", status: 422) { app in
            struct Odd: Error {}
            app.get("/") { _, res in
                res.status(422)
                throw Odd()
            }
        },
        Exchange("a status of text is a text", status: 418, text: "I'm a teapot") { app in
            app.get("/") { _, res in res.status(418).send("I'm a teapot") }
        },
    ]

    @Test("A method and its answer", arguments: cases)
    func answers(_ exchange: Exchange) async throws {
        try await exchange.check()
    }

    @Test("A text that is sent again has the same answer")
    func again() async throws {
        let app = Application(environment: .production, log: { _ in })
        app.get("/") { req, res in
            if req.query["plain"] == "yes" { res.type("txt") }
            res.send(req.query["text"].stringValue ?? "Hello")
        }
        var tags: [String?] = []
        for path in ["/", "/", "/?text=Bye", "/", "/?plain=yes"] {
            let response = await app.fetch(Request(path))
            let text = try await response.text()
            #expect(text == (path == "/?text=Bye" ? "Bye" : "Hello"))
            let type = path == "/?plain=yes" ? "text/plain; charset=utf-8" : "text/html; charset=utf-8"
            #expect(response.headers[.contentType] == type)
            tags.append(response.headers[.etag])
        }
        #expect(tags[0] == tags[1] && tags[0] == tags[3] && tags[0] == tags[4])
        #expect(tags[0] != tags[2] && tags[0] != nil)
        let known = await app.fetch(Request("/", headers: ["if-none-match": tags[0] ?? ""]))
        #expect(known.status == .notModified)
    }
}
