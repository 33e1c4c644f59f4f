// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// What other origins may do: preflights, and the fields on each answer.
struct CORSTests {
    private static let here = "https://here.example"

    private static func app(_ rules: CORS) -> App {
        let app = App(log: { _ in })
        app.cors(rules)
        app.route(
            "/items", GET: { _, _ in Response("items") }, POST: { _, _ in throw HTTPError(.conflict) },
            PUT: { _, _ in Response(status: .noContent) })
        return app
    }

    private static func preflight(
        _ path: String = "/items", origin: String = here, method: String = "PUT", headers: String? = nil
    ) -> Request {
        var fields: Headers = ["origin": origin, "access-control-request-method": method]
        if let headers { fields["access-control-request-headers"] = headers }
        return Request(path, method: .OPTIONS, headers: fields)
    }

    @Test("A preflight is answered from the route's methods, and says which headers it asked for")
    func preflight() async {
        let response = await Self.app(CORS(maxAge: .seconds(600))).fetch(Self.preflight(headers: "x-a, x-b"))
        #expect(response.status == .noContent)
        #expect(response.headers["access-control-allow-origin"] == "*")
        #expect(response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST, PUT")
        #expect(response.headers["access-control-allow-headers"] == "x-a, x-b")
        #expect(response.headers["access-control-max-age"] == "600")
        #expect(response.headers["vary"] == "Access-Control-Request-Method, Access-Control-Request-Headers")
    }

    @Test("A preflight of a path that is nowhere is allowed: the script may read the 404")
    func unknownPath() async {
        let app = Self.app(CORS())
        let preflight = await app.fetch(Self.preflight("/nowhere"))
        #expect(preflight.status == .noContent)
        #expect(preflight.headers["access-control-allow-methods"] == "PUT")
        let answer = await app.fetch(Request("/nowhere", method: .PUT, headers: ["origin": Self.here]))
        #expect(answer.status == .notFound)
        #expect(answer.headers["access-control-allow-origin"] == "*")
    }

    @Test("OPTIONS without the fields of a preflight is answered as ever")
    func plainOPTIONS() async {
        let response = await Self.app(CORS()).fetch(Request("/items", method: .OPTIONS, headers: ["origin": Self.here]))
        #expect(response.headers["allow"] == "GET, HEAD, OPTIONS, POST, PUT")
        #expect(response.headers["access-control-allow-methods"] == nil)
    }

    @Test(
        "The fields are on answers, thrown errors and 405s",
        arguments: [
            (Request.Method.GET, Status.ok), (.POST, .conflict), (.DELETE, .methodNotAllowed),
        ])
    func everyAnswer(method: Request.Method, status: Status) async {
        let app = Self.app(CORS(origins: [Self.here], exposedHeaders: ["x-total"], credentials: true))
        let response = await app.fetch(Request("/items", method: method, headers: ["origin": Self.here]))
        #expect(response.status == status)
        #expect(response.headers["access-control-allow-origin"] == Self.here)
        #expect(response.headers["access-control-allow-credentials"] == "true")
        #expect(response.headers["access-control-expose-headers"] == "x-total")
        #expect(response.headers["vary"] == "Origin")
    }

    @Test(
        "Another origin gets no permission, but the answer still varies",
        arguments: [
            "https://there.example", "null", "https://here.example.evil", "http://here.example",
        ])
    func foreignOrigin(origin: String) async {
        let app = Self.app(CORS(origins: [Self.here], credentials: true))
        for request in [Self.preflight(origin: origin), Request("/items", headers: ["origin": origin])] {
            let response = await app.fetch(request)
            #expect(response.headers["access-control-allow-origin"] == nil)
            #expect(response.headers["access-control-allow-credentials"] == nil)
            #expect(response.headers["vary"]?.contains("Origin") == true)
        }
    }

    @Test("A function can decide about an origin")
    func function() async {
        let app = Self.app(CORS(origins: .matching { $0.hasSuffix(".example") }))
        let response = await app.fetch(Request("/items", headers: ["origin": Self.here]))
        #expect(response.headers["access-control-allow-origin"] == Self.here)
    }

    @Test("Methods and headers can be listed")
    func lists() async {
        let app = Self.app(CORS(methods: [.GET, .PUT], headers: ["x-a"]))
        let response = await app.fetch(Self.preflight(headers: "x-b"))
        #expect(response.headers["access-control-allow-methods"] == "GET, PUT")
        #expect(response.headers["access-control-allow-headers"] == "x-a")
        #expect(response.headers["vary"] == "Access-Control-Request-Method")
    }

    @Test("Credentials with every origin are an error at start")
    func credentialsForAll() {
        let error = #expect(throws: RouteError.self) { try Self.app(CORS(credentials: true)).table() }
        #expect(error?.message.contains("credentials need a list of origins") == true)
    }

    @Test("The rules of a route come before those of its group")
    func nearest() async {
        let app = App(log: { _ in })
        app.group("/api", cors: CORS(origins: ["https://group.example"])) { api in
            api.route("/own", cors: CORS(origins: [Self.here]), GET: { _, _ in Response("own") })
            api.get("/other") { "other" }
        }
        let own = await app.fetch(Request("/api/own", headers: ["origin": Self.here]))
        #expect(own.headers["access-control-allow-origin"] == Self.here)
        let other = await app.fetch(Request("/api/other", headers: ["origin": Self.here]))
        #expect(other.headers["access-control-allow-origin"] == nil)
    }

    @Test("A stored response is not changed by the fields of one request")
    func storedResponse() async {
        let stored = Response("kept", headers: ["vary": "Accept-Language"])
        let app = App(log: { _ in })
        app.cors(CORS(origins: [Self.here]))
        app.get("/") { stored }
        let first = await app.fetch(Request("/", headers: ["origin": Self.here]))
        #expect(first.headers["vary"] == "Accept-Language, Origin")
        let second = await app.fetch(Request("/"))
        #expect(second.headers["access-control-allow-origin"] == nil)
        #expect(second.headers["vary"] == "Accept-Language, Origin")
    }

    @Test("Without rules a handler's own fields are what is sent")
    func byHand() async {
        let app = App(log: { _ in })
        app.get("/") { Response("x", headers: ["Access-Control-Allow-Origin": "*"]) }
        let response = await app.fetch(Request("/", headers: ["origin": Self.here]))
        #expect(response.headers["access-control-allow-origin"] == "*")
        #expect(response.headers["vary"] == nil)
    }
}
