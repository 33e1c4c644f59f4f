// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing
import Whippet
import WhippetExpress

/// Which handlers of an application run, and in which order.
struct RoutingTests {
    static let cases: [Exchange] = [
        Exchange("handlers run in the order of declaration", text: "ab") { app in
            app.use { _, res, next in
                res.locals["seen"] = "a"
                next()
            }
            app.get("/") { _, res in res.send((res.locals["seen"]?.stringValue ?? "") + "b") }
        },
        Exchange("the first route that matches answers", .GET, "/users/new", text: "first") { app in
            app.get("/users/:id") { _, res in res.send("first") }
            app.get("/users/new") { _, res in res.send("second") }
        },
        Exchange("next('router') leaves the router", .GET, "/r/x", text: "outside") { app in
            let router = express.Router()
            router.get("/x") { _, _, next in next("router") }
            router.get("/x") { _, res in res.send("inside") }
            app.use("/r", router)
            app.get("/r/x") { _, res in res.send("outside") }
        },
        Exchange("next(error) skips what is no error handler", status: 418, text: "caught: tea") { app in
            app.use { _, _, next in next(HTTPError(418, "tea")) }
            app.get("/") { _, res in res.send("never") }
            app.use { error, _, res, _ in
                res.status(418).send("caught: \((error as? HTTPError)?.message ?? "")")
            }
        },
        Exchange("an error handler that calls next() ends the error", text: "fine") { app in
            app.use { _, _ in throw HTTPError.badRequest }
            app.use { _, _, _, next in next() }
            app.get("/") { _, res in res.send("fine") }
        },
        Exchange("an error of an error handler goes to the next one", text: "second: b") { app in
            app.get("/") { _, _ in throw HTTPError(.badRequest, "a") }
            app.use { _, _, _, _ in throw HTTPError(.badRequest, "b") }
            app.use { error, _, res, _ in res.send("second: \((error as? HTTPError)?.message ?? "")") }
        },
        Exchange("any other text given to next is an error", status: 500) { app in
            app.get("/") { _, _, next in next("odd") }
        },
        Exchange("an error of one's own has the status that it says", status: 410, fields: ["retry-after": "9"]) {
            app in
            struct SoldOut: ExpressStatusError {
                var status: Status { 410 }
                var headers: Headers { ["retry-after": "9"] }
            }
            app.get("/") { _, _ in throw SoldOut() }
        },
        Exchange(
            "a parameter that can't be decoded is a 400", .GET, "/u/%E9", status: 400
        ) { app in app.get("/u/:id") { req, res in res.send(req.params.id) } },
        Exchange("parameters are decoded, slashes too", .GET, "/u/a%2Fb%20c", text: "a/b c") { app in
            app.get("/u/:id") { req, res in res.send(req.params.id) }
        },
        Exchange("a wildcard is a list", .GET, "/f/a/b%20c", text: #"{"path":["a","b c"]}"#) { app in
            app.get("/f/*path") { req, res in res.json(req.params) }
        },
        Exchange("a mounted router has its own parameters", .GET, "/p/1/c/2", text: #"{"cid":"2"}"#) { app in
            let router = express.Router()
            router.get("/:cid") { req, res in res.json(req.params) }
            app.use("/p/:pid/c", router)
        },
        Exchange("mergeParams adds those of the mount path", .GET, "/p/1/c/2", text: #"{"pid":"1","cid":"2"}"#) { app in
            let router = express.Router(mergeParams: true)
            router.get("/:cid") { req, res in res.json(req.params) }
            app.use("/p/:pid/c", router)
        },
        Exchange("mounted paths go off url and onto baseUrl", .GET, "/a/b/c?x=1", text: "/c?x=1 /a/b /a/b/c?x=1") {
            app in
            let (outer, inner) = (express.Router(), express.Router())
            inner.get("/c") { req, res in res.send("\(req.url) \(req.baseUrl) \(req.originalUrl)") }
            outer.use("/b", inner)
            app.use("/a", outer)
        },
        Exchange("after a router has passed, url is whole again", .GET, "/a/b", text: "/a/b ") { app in
            app.use("/a", express.Router())
            app.get("/a/b") { req, res in res.send("\(req.url) \(req.baseUrl)") }
        },
        Exchange("a changed url leads to other routes", .GET, "/old?x=1", text: "new 2 /old?x=1") { app in
            app.use { req, _, next in
                req.url = "/new?x=2"
                next()
            }
            app.get("/new") { req, res in res.send("new \(req.query["x"].stringValue ?? "") \(req.originalUrl)") }
        },
        Exchange("case-sensitive routing", .GET, "/FOO", status: 404) { app in
            app.enable("case sensitive routing").get("/foo") { _, res in res.send("x") }
        },
        Exchange(
            "a mounted application has its own settings and inherits the others", .GET, "/sub/", text: "{\n \"a\": 1\n}"
        ) {
            app in
            app.set("json spaces", 4).disable("etag")
            let sub = express()
            sub.set("json spaces", 1)
            sub.get("/") { _, res in res.json(["a": 1]) }
            app.use("/sub", sub)
        },
        Exchange("all answers every method", "PURGE", "/", text: "PURGE") { app in
            app.all("/") { req, res in res.send(req.method.rawValue) }
        },
        Exchange("any method can have a route", "QUERY", "/", text: "queried") { app in
            app.on("QUERY", "/") { _, res in res.send("queried") }
        },
        Exchange("route() chains the methods of a path", .PUT, "/book", text: "put") { app in
            app.route("/book").get { _, res in res.send("get") }.put { _, res in res.send("put") }
        },
        Exchange("HEAD is answered by GET", .HEAD, "/", fields: ["content-type": "text/html; charset=utf-8"], text: "")
        {
            app in app.get("/") { _, res in res.send("body") }
        },
        Exchange(
            "OPTIONS lists the methods of all routes of a path", .OPTIONS, "/", fields: ["allow": "GET, HEAD, POST"]
        ) {
            app in
            app.get("/") { _, res in res.send("x") }
            app.post("/") { _, res in res.send("x") }
        },
        Exchange(
            "a wrong method is a 405 with Allow", .DELETE, "/r/x", status: 405, fields: ["allow": "GET, HEAD, PUT"]
        ) {
            app in
            let router = express.Router()
            router.get("/x") { _, res in res.send("x") }
            app.use("/r", router)
            app.put("/r/x") { _, res in res.send("x") }
        },
        Exchange("the setting brings Express's 404 back", .DELETE, "/", status: 404, fields: ["allow": nil]) { app in
            app.disable("method not allowed").get("/") { _, res in res.send("x") }
        },
        Exchange("a last handler answers before the 405", .DELETE, "/", status: 404, text: "custom") { app in
            app.get("/") { _, res in res.send("x") }
            app.use { _, res in res.status(404).send("custom") }
        },
        Exchange("several handlers of a route run one after another", text: "12") { app in
            let first: ExpressMiddleware = { _, res, next in
                res.locals["n"] = "1"
                next()
            }
            app.get("/", [first]) { _, res in res.send((res.locals["n"]?.stringValue ?? "") + "2") }
        },
        Exchange("the handlers of a parameter run once for a value", .GET, "/1/2/1", text: "1,2,") { app in
            app.param("a") { req, _, next, value in
                let seen: String? = req["seen"]
                req["seen"] = (seen ?? "") + value + ","
                next()
            }
            app.use("/:a") { _, _, next in next() }
            app.use("/1/:a") { _, _, next in next() }
            app.get("/1/2/:a") { _, _, next in next("route") }
            app.use { req, res in
                let seen: String? = req["seen"]
                res.send(String((seen ?? "").prefix(4)))
            }
        },
        Exchange("a handler that says nothing is a 500", status: 500) { app in
            app.get("/") { _, res in res.status(404) }
        },
        Exchange("what comes after the answer changes nothing", text: "first") { app in
            app.get("/") { _, res in
                res.send("first")
                res.status(500).send("second")
            }
        },
    ]

    @Test("A request and its answer", arguments: cases)
    func answers(_ exchange: Exchange) async throws {
        try await exchange.check()
    }

    @Test("A path that is not of the syntax is an error with its place")
    func badPath() {
        let app = express()
        app.get("/a:") { _, res in res.send("x") }
        let error = #expect(throws: RouteError.self) { try app.start() }
        #expect(error?.message.contains("RoutingTests.swift:") == true)
        #expect(error?.message.contains("missing parameter name at index 3") == true)
    }

    @Test("A router that contains itself is an error")
    func loop() {
        let (app, router) = (express(), express.Router())
        router.use("/again", router)
        app.use(router)
        #expect(throws: RouteError.self) { try app.start() }
    }

    @Test("A second answer, and an error after the answer, make a line in the log")
    func logged() async {
        let lines = Mutex<[String]>([])
        let app = Application(environment: .production, log: { line in lines.withLock { $0.append(line) } })
        app.get("/") { _, res in
            res.send("first").send("second")
        }
        _ = await app.fetch(Request("/"))
        #expect(
            lines.withLock { $0 } == [
                "GET /: after the answer: TypeError: Cannot set headers after they are sent to the client"
            ])
    }
}
