// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetExpress

/// What a request tells its handlers: bodies, cookies, the client.
struct RequestTests {
    private static func body(
        _ name: String, _ parser: ExpressMiddleware?, type: String, _ body: String, _ text: String,
        status: UInt16 = 200, extra: Headers = [:]
    ) -> Exchange {
        var headers = extra
        headers[.contentType] = type
        return Exchange(name, .POST, "/", with: headers, body: body, status: status, text: text) { app in
            if let parser { app.use(parser) }
            app.post("/") { req, res in res.json(req.body) }
            app.use { error, _, res, _ in
                let error = error as? BodyParserError
                res.status(Int(error?.status.rawValue ?? 500)).send(error?.type ?? "")
            }
        }
    }

    static let form = "application/x-www-form-urlencoded"
    static let cases: [Exchange] = [
        body("JSON is parsed", express.json(), type: "application/json", #"{"a":[1]}"#, #"{"a":[1]}"#),
        body("empty JSON is an object", express.json(), type: "application/json", "", "{}"),
        body("another type is left alone", express.json(), type: "text/plain", "{}", "null"),
        body("bad JSON is a 400", express.json(), type: "application/json", "{", "entity.parse.failed", status: 400),
        body("strict can be switched off", express.json(strict: false), type: "application/json", "42", "42"),
        body(
            "too much is a 413", express.json(.init(limit: 4)), type: "application/json", #"{"a":1}"#,
            "entity.too.large", status: 413),
        body(
            "another charset is a 415", express.json(), type: "application/json; charset=latin1", "{}",
            "charset.unsupported", status: 415),
        body(
            "types can be chosen", express.json(.init(type: ["+json"])), type: "application/vnd.api+json", "[1]", "[1]"),
        body(
            "another coding is a 415", express.json(), type: "application/json", "{}", "encoding.unsupported",
            status: 415,
            extra: ["content-encoding": "bogus"]),
        body("a form has lists", express.urlencoded(), type: form, "a=1&a=2&b=x+y", #"{"a":["1","2"],"b":"x y"}"#),
        body("names of a form are what they are", express.urlencoded(), type: form, "a[b]=1", #"{"a[b]":"1"}"#),
        body(
            "unless it is extended", express.urlencoded(extended: true), type: form,
            "a[b]=1&a[c][]=2&a[c][]=3&d[0]=x&d[1]=y", #"{"a":{"b":"1","c":["2","3"]},"d":["x","y"]}"#),
        body(
            "too many pairs are a 413", express.urlencoded(), type: form, String(repeating: "a&", count: 1000),
            "parameters.too.many", status: 413),
        body("text is text", express.text(), type: "text/plain", "hey", #""hey""#),
        Exchange(
            "raw reads bytes", .POST, "/", with: ["content-type": "application/octet-stream"], body: "hey", text: "3"
        ) { app in
            app.use(express.raw())
            app.post("/") { req, res in res.send("\(req.rawBody?.count ?? -1)") }
        },
        Exchange(
            "only one parser reads a body", .POST, "/", with: ["content-type": "application/json"], body: "{}",
            text: "true"
        ) { app in
            app.use(express.json(), express.json())
            app.post("/") { req, res in res.json(JSON(req.body == [:])) }
        },
        Exchange(
            "the first of two cookies counts, quotation marks go",
            with: ["cookie": "a=1; a=2; b=\"x=y\"; c=%20; d=%zz; flag"], text: #"["1","x=y"," ","%zz",null]"#
        ) { app in
            app.get("/") { req, res in
                res.json(JSON(["a", "b", "c", "d", "flag"].map { name in req.cookies[name].map { JSON($0) } ?? nil }))
            }
        },
        Exchange(
            "a signed cookie is verified",
            with: ["cookie": "name=s%3Atobi.xJjV2iZ6EI7C8E5kzwbfA9PVLl1ZR07UTnuTgQQ4EnQ; plain=x"],
            text: "tobi x none"
        ) { app in
            app.use(express.cookieParser("new", "foo bar baz"))
            app.get("/") { req, res in
                res.send(
                    "\(req.signedCookies["name"] ?? "none") \(req.cookies["plain"] ?? "none") \(req.cookies["name"] ?? "none")"
                )
            }
        },
        Exchange(
            "one that was changed is not there",
            with: ["cookie": "name=s%3Atoby.xJjV2iZ6EI7C8E5kzwbfA9PVLl1ZR07UTnuTgQQ4EnQ"], text: "none"
        ) { app in
            app.use(express.cookieParser("foo bar baz"))
            app.get("/") { req, res in res.send(req.signedCookies["name"] ?? "none") }
        },
        Exchange("a cookie of JSON", with: ["cookie": "cart=j%3A%7B%22items%22%3A%5B1%5D%7D"], text: "[1]") { app in
            app.get("/") { req, res in res.json(req.jsonCookie("cart")?["items"] ?? nil) }
        },
        Exchange("Referer and Referrer are one", with: ["referer": "/x"], text: "/x") { app in
            app.get("/") { req, res in res.send(req.get("Referrer") ?? "") }
        },
        Exchange(
            "is() knows types, wildcards and suffixes", .POST, "/",
            with: ["content-type": "application/vnd.api+json; charset=utf-8"], body: "x",
            text: "application/vnd.api+json application/vnd.api+json none"
        ) { app in
            app.post("/") { req, res in
                res.send(
                    "\(req.is("+json") ?? "none") \(req.is("application/*") ?? "none") \(req.is("html", "json") ?? "none")"
                )
            }
        },
        Exchange("is() is nil without content", with: ["content-type": "text/html"], text: "none") { app in
            app.get("/") { req, res in res.send(req.is("html") ?? "none") }
        },
        Exchange(
            "a query's names are what they are", .GET, "/?a[b]=1&c=2&c=3&d", text: #"{"a[b]":"1","c":["2","3"],"d":""}"#
        ) { app in
            app.get("/") { req, res in res.json(req.query) }
        },
        Exchange("unless it is extended", .GET, "/?a[b][c]=1&d[]=2", text: #"{"a":{"b":{"c":"1"}},"d":["2"]}"#) { app in
            app.set("query parser", "extended").get("/") { req, res in res.json(req.query) }
        },
        Exchange("a parser of one's own", .GET, "/?x", text: #""x!""#) { app in
            app.set("query parser", .queryParser { .string($0 + "!") }).get("/") { req, res in res.json(req.query) }
        },
        Exchange(
            "so many proxies are believed", with: ["x-forwarded-for": "1.1.1.1, 2.2.2.2, 3.3.3.3"], text: "2.2.2.2"
        ) { app in
            app.set("trust proxy", 2).get("/") { req, res in res.send(req.ip) }
        },
        Exchange("nobody is believed without the setting", with: ["x-forwarded-for": "1.1.1.1"], text: "127.0.0.1 0") {
            app in
            app.get("/") { req, res in res.send("\(req.ip) \(req.ips.count)") }
        },
        Exchange("a function may decide", with: ["x-forwarded-for": "1.1.1.1, 2.2.2.2"], text: "2.2.2.2") { app in
            app.set("trust proxy", .trust { address, _ in address == "127.0.0.1" })
            app.get("/") { req, res in res.send(req.ip) }
        },
        Exchange(
            "subdomains, from the right", with: ["host": "tobi.ferrets.example.com:80"],
            text: "ferrets,tobi tobi.ferrets.example.com"
        ) { app in
            app.get("/") { req, res in res.send("\(req.subdomains.joined(separator: ",")) \(req.hostname ?? "")") }
        },
        Exchange("ranges may be malformed or nowhere", with: ["range": "bytes=200-"], text: "unsatisfiable") { app in
            app.get("/") { req, res in res.send(req.range(100) == .unsatisfiable ? "unsatisfiable" : "else") }
        },
        Exchange(
            "ranges that touch become one", with: ["range": "bytes=0-4,90-99,5-75,100-199,101-102"],
            text: "0-76 90-150"
        ) { app in
            app.get("/") { req, res in
                guard case .ranges(let ranges)? = req.range(150, combine: true) else { return }
                res.send(ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " "))
            }
        },
    ]

    @Test("A request and what a handler sees", arguments: cases)
    func sees(_ exchange: Exchange) async throws {
        try await exchange.check()
    }

    @Test("Compressed content is decompressed, up to the limit")
    func inflated() async throws {
        let app = Application(environment: .production, log: { _ in })
        app.use(express.json(.init(limit: 1000)))
        app.post("/") { req, res in res.json(req.body) }
        for (count, status) in [(10, Status.ok), (2000, .contentTooLarge)] {
            let json = Array("[\"\(String(repeating: "a", count: count))\"]".utf8)
            let packed = try ByteStream.from([json]).pipeThrough(CompressionStream(.gzip))
            let request = Request(
                "/", method: .POST, headers: ["content-type": "application/json", "content-encoding": "gzip"],
                body: packed)
            #expect(await app.fetch(request).status == status)
        }
    }
}
