// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetExpress

/// Cases beside those that were measured: the same rules, asked from another side.
struct NeighbourTests {
    private static func answer(
        _ name: String, _ method: Request.Method = .GET, with headers: Headers = [:], status: UInt16 = 200,
        fields: KeyValuePairs<String, String?> = [:], text: String? = nil,
        _ handler: @escaping @Sendable (ExpressRequest, ExpressResponse) async throws -> Void
    ) -> Exchange {
        Exchange(name, method, "/", with: headers, status: status, fields: fields, text: text) { app in
            app.all("/") { req, res in try await handler(req, res) }
        }
    }

    static let bodies: [Exchange] = [
        answer("EX-03: a number is JSON", fields: ["content-type": "application/json; charset=utf-8"], text: "200") {
            _, res in res.send(200)
        },
        answer("EX-03: false is JSON", fields: ["content-type": "application/json; charset=utf-8"], text: "false") {
            _, res in res.send(false)
        },
        answer("EX-11: an array is JSON", fields: ["content-type": "application/json; charset=utf-8"], text: "[5,7,9]")
        { _, res in res.send([5, 7, 9]) },
        answer("EX-11: an object is JSON", text: #"{"a":{"b":[]}}"#) { _, res in res.send(["a": ["b": []]]) },
        answer("EX-03: the empty text has a tag", fields: ["etag": "W/\"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk\""], text: "") {
            _, res in res.send("")
        },
        answer(
            "EX-03: a tag is weak, of length and SHA-1", fields: ["etag": "W/\"5-qvTGHdzF6KLavt4PO0gs2a6pQ00\""],
            text: "hello"
        ) { _, res in res.send("hello") },
        answer(
            "EX-03: POST is never fresh", .POST, with: ["if-none-match": "\"a\""], text: "hi"
        ) { _, res in res.set("ETag", "\"a\"").send("hi") },
        answer("EX-03: a 404 is never fresh", with: ["if-none-match": "\"a\""], status: 404, text: "hi") { _, res in
            res.status(404).set("ETag", "\"a\"").send("hi")
        },
        answer(
            "EX-03: one of several tags is enough", with: ["if-none-match": "\"x\", W/\"a\" , \"y\""], status: 304,
            fields: ["content-type": nil, "content-length": nil, "etag": "\"a\""], text: ""
        ) { _, res in res.set("ETag", "\"a\"").send("hi") },
        answer(
            "EX-03: a tag goes before a date",
            with: ["if-none-match": "\"x\"", "if-modified-since": "Wed, 03 Jan 2029 03:04:05 GMT"], text: "hi"
        ) { _, res in res.set("ETag", "\"a\"").set("Last-Modified", "Tue, 02 Jan 2024 03:04:05 GMT").send("hi") },
        answer("EX-03: bytes keep a type that was set", fields: ["content-type": "image/png"]) { _, res in
            res.type("png").send([1, 2] as [UInt8])
        },
        answer("EX-12: a type by its extension", fields: ["content-type": "text/html; charset=utf-8"]) { _, res in
            res.type(".html").send("<p>x</p>")
        },
        answer("EX-12: a type in full", fields: ["content-type": "application/xml; charset=utf-8"]) { _, res in
            res.set("Content-Type", "application/xml").send("<x/>")
        },
        answer("EX-04: null is JSON", fields: ["content-type": "application/json; charset=utf-8"], text: "null") {
            _, res in res.json(nil as JSON)
        },
        answer("EX-04: a number as JSON", text: "1.5") { _, res in res.json(1.5) },
        answer("EX-04: the status stays", status: 201, text: "[1,2]") { _, res in res.status(201).json([1, 2]) },
        answer(
            "EX-08: sendStatus says the name", status: 404, fields: ["content-type": "text/plain; charset=utf-8"],
            text: "Not Found"
        ) {
            _, res in res.sendStatus(404)
        },
        answer("EX-08: sendStatus 200", text: "OK") { _, res in res.sendStatus(200) },
        answer("EX-13: 204 with a body has none", status: 204, fields: ["content-type": nil], text: "") { _, res in
            res.status(204).json(["a": 1])
        },
        answer("EX-14: end takes text without a type", fields: ["content-type": nil, "etag": nil], text: "bye") {
            _, res in res.end("bye")
        },
        answer(
            "EX-04: a script has no line that JavaScript ends", text: nil
        ) { _, res in res.json(["a": "\u{2028}"]) },
        Exchange(
            "EX-04: jsonp escapes what ends a line in JavaScript", .GET, "/?callback=cb",
            fields: ["content-type": "text/javascript; charset=utf-8", "x-content-type-options": "nosniff"],
            text: "/**/ typeof cb === 'function' && cb({\"a\":\"\\u2028\\u2029\"});"
        ) { app in app.get("/") { _, res in res.jsonp(["a": "\u{2028}\u{2029}"]) } },
        Exchange("json spaces as text", text: "{\n\t\"a\": 1\n}") { app in
            app.set("json spaces", "\t").get("/") { _, res in res.json(["a": 1]) }
        },
        Exchange("the setting string type", fields: ["content-type": "text/plain; charset=utf-8"]) { app in
            app.set("string type", "text/plain").get("/") { _, res in res.send("x") }
        },
    ]

    static let elsewhere: [Exchange] = [
        answer(
            "EX-02: the page escapes what it says", with: ["accept": "text/html"], status: 302,
            fields: ["location": "/?q=%22%3E&amp;", "content-type": "text/html; charset=utf-8", "vary": "Accept"],
            text: "<p>Found. Redirecting to /?q=%22%3E&amp;amp;</p>"
        ) { _, res in res.redirect("/?q=\">&amp;") },
        answer("EX-02: a relative path stays", status: 302, fields: ["location": "../login"]) { _, res in
            res.redirect("../login")
        },
        answer("EX-02: 308", status: 308, text: "Permanent Redirect. Redirecting to /x") { _, res in
            res.redirect(308, "/x")
        },
        answer("EX-02: HEAD has no page", .HEAD, status: 302, fields: ["location": "/x"], text: "") { _, res in
            res.redirect("/x")
        },
        answer("location keeps what is escaped", fields: ["location": "/a%20b?c=%25"]) { _, res in
            res.location("/a%20b?c=%25").end()
        },
        answer("a number as a header", fields: ["x-n": "7"]) { _, res in res.set("X-N", 7).end() },
        answer("append begins a header", fields: ["x-a": "1"]) { _, res in res.append("X-A", "1").end() },
        answer("get knows no case", text: "1") { _, res in res.send(res.set("X-One", "1").get("x-one") ?? "none") },
        answer("several links of one relation", fields: ["link": "<a>; rel=\"next\", <b>; rel=\"next\""]) { _, res in
            res.links(["next": ["a", "b"]]).end()
        },
        answer(
            "an attachment has its type",
            fields: ["content-disposition": "attachment; filename=\"logo.png\"", "content-type": "image/png"]
        ) { _, res in res.attachment("/path/to/logo.png").send([1] as [UInt8]) },
        answer("a cookie at the least", fields: ["set-cookie": "a=b; Path=/"]) { _, res in res.cookie("a", "b").end() },
        answer("a number as a cookie", fields: ["set-cookie": "a=5; Path=/"]) { _, res in res.cookie("a", 5).end() },
        answer(
            "a cookie that ends", fields: ["set-cookie": "a=b; Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT"]
        ) { _, res in res.cookie("a", "b", .init(expires: 1000)).end() },
        answer(
            "clearCookie", fields: ["set-cookie": "sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]
        ) { _, res in res.clearCookie("sid").end() },
        answer(
            "format by an extension", with: ["accept": "application/xml"],
            fields: ["content-type": "application/xml; charset=utf-8", "vary": "Accept"], text: "<x/>"
        ) { _, res in res.format(["html": { res.send("h") }, "xml": { res.send("<x/>") }]) },
        answer(
            "format of nothing that is taken is a 406", with: ["accept": "image/*"], status: 406,
            fields: ["vary": "Accept"]
        ) {
            _, res in res.format(["html": { res.send("h") }])
        },
        answer("format by a wildcard", with: ["accept": "text/*"], text: "plain") { _, res in
            res.format(["application/json": { res.send("json") }, "text/plain": { res.send("plain") }])
        },
    ]

    static let requests: [Exchange] = [
        answer("accepts without Accept is the first", text: "json") { req, res in
            res.send(req.accepts("json", "text") ?? "none")
        },
        answer("accepts by quality", with: ["accept": "text/*;q=.5, application/json"], text: "json") { req, res in
            res.send(req.accepts("html", "json") ?? "none")
        },
        answer("accepts nothing", with: ["accept": "text/html;q=0"], text: "none") { req, res in
            res.send(req.accepts("html") ?? "none")
        },
        answer("encodings", with: ["accept-encoding": "gzip, deflate;q=0.5"], text: "gzip") { req, res in
            res.send(req.acceptsEncodings("deflate", "gzip") ?? "none")
        },
        answer("is without a type", .POST, text: "none") { req, res in res.send(req.is("json") ?? "none") },
        answer(
            "protocol behind a proxy", with: ["x-forwarded-proto": "https, http"], text: "http false"
        ) { req, res in res.send("\(req.protocol) \(req.secure)") },
        Exchange(
            "protocol behind a trusted proxy", with: ["x-forwarded-proto": "https, http"], text: "https true"
        ) { app in
            app.set("trust proxy", true).get("/") { req, res in res.send("\(req.protocol) \(req.secure)") }
        },
        Exchange("hostname behind a trusted proxy", with: ["x-forwarded-host": "a.example:8080, b"], text: "a.example")
        { app in app.set("trust proxy", 1).get("/") { req, res in res.send(req.hostname ?? "none") } },
        Exchange(
            "proxies by names of networks", with: ["x-forwarded-for": "8.8.8.8, 10.1.2.3, 192.168.0.9"],
            text: "8.8.8.8 8.8.8.8,10.1.2.3,192.168.0.9"
        ) { app in
            app.set("trust proxy", ["loopback", "uniquelocal"])
            app.get("/") { req, res in res.send("\(req.ip) \(req.ips.joined(separator: ","))") }
        },
        Exchange("proxies by a network", with: ["x-forwarded-for": "8.8.8.8, 10.1.2.3"], text: "8.8.8.8") { app in
            app.set("trust proxy", "127.0.0.1, 10.0.0.0/8").get("/") { req, res in res.send(req.ip) }
        },
        Exchange("proxies by a mask", with: ["x-forwarded-for": "8.8.8.8, 10.1.2.3"], text: "8.8.8.8") { app in
            app.set("trust proxy", "127.0.0.1/8, 10.0.0.0/255.0.0.0").get("/") { req, res in res.send(req.ip) }
        },
        answer(
            "fresh by a date", with: ["if-modified-since": "Tue, 02 Jan 2024 03:04:05 GMT"], text: "true false",
            status304),
        answer("xhr knows no case", with: ["x-requested-with": "xmlhttprequest"], text: "true") { req, res in
            res.send("\(req.xhr)")
        },
        answer("a range of another unit", with: ["range": "lines=0-5"], text: "lines") { req, res in
            res.send(req.get("Range").map { String($0.prefix(5)) } ?? "")
        },
        Exchange(
            "a query without a value, and one that repeats", .GET, "/?a&b=&c=1&c=2&c=3",
            text: #"{"a":"","b":"","c":["1","2","3"]}"#
        ) {
            app in app.get("/") { req, res in res.json(req.query) }
        },
        Exchange("a query is decoded", .GET, "/?n=a+b%20c%C3%A9&%C3%A9=1", text: #"{"n":"a b cé","é":"1"}"#) { app in
            app.get("/") { req, res in res.json(req.query) }
        },
        Exchange("get reads any header", with: ["x-thing": "y"], text: "y") { app in
            app.get("/") { req, res in res.send(req.get("X-Thing") ?? "") }
        },
    ]

    private static let status304: @Sendable (ExpressRequest, ExpressResponse) async throws -> Void = { req, res in
        res.set("Last-Modified", "Tue, 02 Jan 2024 03:04:05 GMT")
        res.end("\(req.fresh) \(req.stale)")
    }

    static let routes: [Exchange] = [
        Exchange("two parameters in a segment", .GET, "/flights/LAX-SFO", text: "LAX SFO") { app in
            app.get("/flights/:from-:to") { req, res in res.send("\(req.params.from) \(req.params.to)") }
        },
        Exchange("a dot between parameters", .GET, "/plantae/Prunus.persica", text: "Prunus persica") { app in
            app.get("/plantae/:genus.:species") { req, res in res.send("\(req.params.genus) \(req.params.species)") }
        },
        Exchange("an optional part", .GET, "/report.json", text: "json") { app in
            app.get("/report{.:ext}") { req, res in res.send(req.params["ext"] ?? "none") }
        },
        Exchange("an optional part that is not there", .GET, "/report", text: "none") { app in
            app.get("/report{.:ext}") { req, res in res.send(req.params["ext"] ?? "none") }
        },
        Exchange("a wildcard needs something", .GET, "/files/", status: 404) { app in
            app.get("/files/*path") { _, res in res.send("x") }
        },
        Exchange("a wildcard that is optional", .GET, "/", text: "root") { app in
            app.get("/{*path}") { _, res in res.send("root") }
        },
        Exchange("a list of paths", .GET, "/b", text: "either") { app in
            app.get(["/a", "/b"]) { _, res in res.send("either") }
        },
        Exchange("middleware at several paths", .GET, "/y/z", text: "y") { app in
            app.use(["/x", "/y"]) { _, res in res.send("y") }
        },
        Exchange("a slash at the end with strict routing", .GET, "/a/", status: 404) { app in
            app.enable("strict routing").get("/a") { _, res in res.send("x") }
        },
        Exchange("a router is strict by itself", .GET, "/r/a/", status: 404) { app in
            let router = express.Router(strict: true)
            router.get("/a") { _, res in res.send("x") }
            app.use("/r", router)
        },
        Exchange("a router of a router", .GET, "/a/b/c", text: "/a/b") { app in
            let (outer, inner) = (express.Router(), express.Router())
            inner.get("/c") { req, res in res.send(req.baseUrl) }
            outer.use("/b", inner)
            app.use("/a", outer)
        },
        Exchange(
            "nobody knows the path", .GET, "/<script>", status: 404,
            fields: [
                "content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff",
                "content-type": "text/html; charset=utf-8",
            ]
        ) {
            app in app.get("/") { _, res in res.send("x") }
        },
        Exchange(
            "an error in production says its name", status: 500,
            fields: ["content-security-policy": "default-src 'none'"]
        ) { app in
            app.get("/") { _, _ in throw HTTPError(.internalServerError, "secret") }
        },
        Exchange(
            "an error's headers stay out of what was set", status: 503, fields: ["retry-after": "5", "x-own": "1"]
        ) {
            app in
            app.get("/") { _, res in
                res.set("X-Own", "1")
                throw HTTPError(.serviceUnavailable, "later", headers: ["retry-after": "5"])
            }
        },
        Exchange("PATCH and DELETE have their verbs", .PATCH, "/", text: "patched") { app in
            app.patch("/") { _, res in res.send("patched") }.delete("/") { _, res in res.send("deleted") }
        },
        Exchange("next('route') goes to the next route alone", text: "b") { app in
            app.get("/", { _, _, next in next("route") }) { _, res in res.send("a") }
            app.get("/") { _, res in res.send("b") }
        },
        Exchange("OPTIONS of a path that all answers", .OPTIONS, "/", text: "OPTIONS") { app in
            app.all("/") { req, res in res.send(req.method.rawValue) }
        },
    ]

    @Test("A body", arguments: bodies)
    func body(_ exchange: Exchange) async throws { try await exchange.check() }

    @Test("Headers, cookies, redirects, forms", arguments: elsewhere)
    func header(_ exchange: Exchange) async throws { try await exchange.check() }

    @Test("What a request tells", arguments: requests)
    func request(_ exchange: Exchange) async throws { try await exchange.check() }

    @Test("Which handler runs", arguments: routes)
    func route(_ exchange: Exchange) async throws { try await exchange.check() }
}
