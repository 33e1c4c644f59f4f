// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// The middleware that comes with Whippet.
struct BuiltInMiddlewareTests {
    private static func app(_ middleware: Middleware...) -> App {
        let app = App(log: { _ in })
        for middleware in middleware { app.use(middleware) }
        app.get("/") { Response("Hono is hot") }
        app.post("/") { request in try await request.text() }
        app.get("/null") { Response() }
        app.get("/set") { Response("x", headers: ["etag": "\"mine\"", "cache-control": "no-cache"]) }
        return app
    }

    // MARK: - ETag

    @Test("An answer to GET gets the SHA-1 of its body as its tag")
    func etag() async throws {
        let response = await Self.app(.etag()).fetch(Request("/"))
        #expect(response.headers["etag"] == "\"d104fafdb380655dab607c9bddc4d4982037afa1\"")
        let weak = await Self.app(.etag(weak: true)).fetch(Request("/"))
        #expect(weak.headers["etag"] == "W/\"d104fafdb380655dab607c9bddc4d4982037afa1\"")
    }

    @Test(
        "A POST and an answer without a body get no tag",
        arguments: [
            Request("/", method: .POST, body: "x"), Request("/null"),
        ])
    func noEtag(request: Request) async {
        #expect(await Self.app(.etag()).fetch(request).headers["etag"] == nil)
    }

    @Test(
        "A client that has the answer gets a 304 without a body",
        arguments: [
            ("\"mine\"", true), ("W/\"mine\"", true), ("\"other\", \"mine\"", true), ("*", true), ("\"other\"", false),
            ("mine", false), ("\"mine", false), ("", false),
        ])
    func notModified(asked: String, isModified: Bool) async throws {
        let response = await Self.app(.etag()).fetch(Request("/set", headers: ["if-none-match": asked]))
        #expect((response.status == .notModified) == isModified)
        #expect(response.headers["etag"] == "\"mine\"")
        #expect(response.headers["cache-control"] == "no-cache")
        #expect((response.headers["content-type"] == nil) == isModified)
        #expect(try await response.text() == (isModified ? "" : "x"))
    }

    // MARK: - Limits

    @Test(
        "A body above the limit is a 413, told or not",
        arguments: [
            (Request("/", method: .POST, headers: ["content-length": "6"], body: "abcdef"), Status.contentTooLarge),
            (Request("/", method: .POST, body: "abcdef"), .contentTooLarge),
            (Request("/", method: .POST, body: "abcde"), .ok), (Request("/"), .ok),
        ])
    func bodyLimit(request: Request, status: Status) async {
        #expect(await Self.app(.bodyLimit(5)).fetch(request).status == status)
    }

    // MARK: - Authentication

    @Test(
        "Basic credentials are asked for and checked",
        arguments: [
            (nil, Status.unauthorized), ("Basic YWRhOmxvdmVsYWNl", .ok), ("basic YWRhOmxvdmVsYWNl", .ok),
            ("Basic YWRhOndyb25n", .unauthorized), ("Basic !!!", .unauthorized), ("Basic YWRh", .unauthorized),
            ("Bearer YWRhOmxvdmVsYWNl", .unauthorized), ("Basic", .unauthorized),
        ] as [(String?, Status)])
    func basicAuth(authorization: String?, status: Status) async {
        let app = Self.app(.basicAuth(realm: "a \"b\"") { $0 == "ada" && $1 == "lovelace" })
        let response = await app.fetch(Request("/", headers: authorization.map { ["authorization": $0] } ?? [:]))
        #expect(response.status == status)
        if status == .unauthorized {
            #expect(response.headers["www-authenticate"] == #"Basic realm="a \"b\"", charset="UTF-8""#)
        }
    }

    @Test(
        "A bearer's token is asked for and checked",
        arguments: [
            (nil, Status.unauthorized, "Bearer realm=\"\""), ("Bearer secret", .ok, nil), ("bearer   secret", .ok, nil),
            ("Bearer wrong", .unauthorized, "Bearer realm=\"\", error=\"invalid_token\""),
            ("Bearer a b", .badRequest, "Bearer realm=\"\", error=\"invalid_request\""),
            ("Bearer", .badRequest, "Bearer realm=\"\", error=\"invalid_request\""),
            ("Basic secret", .badRequest, "Bearer realm=\"\", error=\"invalid_request\""),
        ] as [(String?, Status, String?)])
    func bearerAuth(authorization: String?, status: Status, challenge: String?) async {
        let app = Self.app(.bearerAuth { Middleware.constantTimeEquals($0, "secret") })
        let response = await app.fetch(Request("/", headers: authorization.map { ["authorization": $0] } ?? [:]))
        #expect(response.status == status)
        #expect(response.headers["www-authenticate"] == challenge)
    }

    // MARK: - CSRF

    @Test(
        "A form of another site is refused",
        arguments: [
            (["content-type": "application/x-www-form-urlencoded", "origin": "http://localhost"], Status.ok),
            (["content-type": "application/x-www-form-urlencoded", "origin": "http://evil"], .forbidden),
            (["content-type": "Application/X-WWW-Form-Urlencoded", "origin": "http://evil"], .forbidden),
            (["content-type": "multipart/form-data; boundary=x", "origin": "null"], .forbidden),
            (["content-type": "text/plain"], .forbidden),
            (["content-type": "text/plain", "sec-fetch-site": "cross-site"], .forbidden),
            (["content-type": "text/plain", "sec-fetch-site": "same-site"], .forbidden),
            (["content-type": "text/plain", "sec-fetch-site": "same-origin"], .ok),
            (["content-type": "text/plain", "origin": "https://friend.example"], .ok),
            (["content-type": "application/json", "origin": "http://evil"], .ok),
        ] as [([String: String], Status)])
    func csrf(fields: [String: String], status: Status) async throws {
        let headers = try Headers(fields)
        let app = Self.app(.csrf(origins: ["https://friend.example"]))
        #expect(await app.fetch(Request("/", method: .POST, headers: headers, body: "a=1")).status == status)
        #expect(await app.fetch(Request("/", headers: headers)).status == .ok)
    }

    // MARK: - Headers

    @Test("Security headers are set, kept or left out")
    func securityHeaders() async {
        let app = App(log: { _ in })
        app.use(.securityHeaders(["x-frame-options": nil, "strict-transport-security": "max-age=1"]))
        app.get("/") { Response("x", headers: ["x-powered-by": "me", "referrer-policy": "origin"]) }
        let headers = await app.fetch(Request("/")).headers
        #expect(headers["x-frame-options"] == nil)
        #expect(headers["strict-transport-security"] == "max-age=1")
        #expect(headers["x-content-type-options"] == "nosniff")
        #expect(headers["referrer-policy"] == "origin")
        #expect(headers["x-powered-by"] == nil)
    }

    @Test(
        "A request's identifier is made, or kept if it is harmless",
        arguments: [
            (nil, false), ("abc-DEF_1=", true), ("a b", false), ("a\"b", false),
            (String(repeating: "a", count: 256), false),
        ] as [(String?, Bool)])
    func requestID(sent: String?, isKept: Bool) async throws {
        let app = App(log: { _ in })
        app.use(.requestID())
        app.get("/") { request in request.headers["x-request-id"] ?? "" }
        let response = await app.fetch(Request("/", headers: sent.map { ["x-request-id": $0] } ?? [:]))
        let identifier = try #require(response.headers["x-request-id"])
        #expect(try await response.text() == identifier)
        #expect((identifier == sent) == isKept)
        if !isKept {
            #expect(
                identifier.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        }
    }

    @Test(
        "A route's limit of the body holds for middleware too, and middleware may set another",
        arguments: [
            ("12345678", nil, Status.ok), ("12345678", 4, .contentTooLarge), ("123456789", nil, .contentTooLarge),
        ]
            as [(String, Int?, Status)])
    func routeBodyLimit(body: String, limit: Int?, status: Status) async {
        let app = App(log: { _ in })
        app.use { request, _, next in
            var request = request
            if let limit { request.bodyLimit = limit }
            _ = try await request.clone().text()
            return await next(request)
        }
        app.route("/", bodyLimit: 8, POST: { request, _ in Response(try await request.text()) })
        #expect(await app.fetch(Request("/", method: .POST, body: .init(body))).status == status)
    }

    // MARK: - Time

    @Test("Who asks too often gets a 429 and is told when to come back")
    func rateLimit() async throws {
        let clock = ManualClock()
        let app = App(clock: clock, log: { _ in })
        app.use(.rateLimit(2, per: .seconds(60), by: { $0.headers["x-user"] ?? "" }))
        app.get("/") { "fine" }
        let ada = Request("/", headers: ["x-user": "ada"])
        #expect(await app.fetch(ada).headers["ratelimit"] == "\"default\";r=1;t=30")
        #expect(await app.fetch(ada).headers["ratelimit-policy"] == "\"default\";q=2;w=60")
        let refused = await app.fetch(ada)
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers["retry-after"] == "30")
        #expect(await app.fetch(Request("/", headers: ["x-user": "grace"])).status == .ok)
        clock.advance(by: .seconds(30))
        #expect(await app.fetch(ada).status == .ok)
        #expect(await app.fetch(ada).status == .tooManyRequests)
    }

    @Test("A limit beyond what a field can say is said as the largest number that it can")
    func rateLimitWithoutBound() async {
        let app = App(clock: ManualClock(), log: { _ in })
        app.use(.rateLimit(.max, per: .seconds(1)))
        app.get("/") { "fine" }
        #expect(await app.fetch(Request("/")).headers["ratelimit"] == "\"default\";r=999999999999999;t=1")
    }

    @Test("Who asked lately keeps the bucket while a crowd of others asks once")
    func rateLimitInACrowd() async {
        let app = App(clock: ManualClock(), log: { _ in })
        app.use(.rateLimit(1, per: .seconds(60), by: { $0.headers["x-user"] ?? "" }))
        app.get("/") { "fine" }
        #expect(await app.fetch(Request("/", headers: ["x-user": "ada"])).status == .ok)
        for number in 0..<49_000 { _ = await app.fetch(Request("/", headers: ["x-user": "\(number)"])) }
        #expect(await app.fetch(Request("/", headers: ["x-user": "ada"])).status == .tooManyRequests)
    }

    @Test("What takes too long is cancelled and answered for with 504", arguments: ["middleware", "route"])
    func timeout(form: String) async throws {
        let clock = ManualClock()
        let (cancelled, cancelled_) = AsyncStream.makeStream(of: Void.self)
        let app = App(clock: clock, log: { _ in })
        let handler: Handler = { _, _ in
            await withTaskCancellationHandler {
                await withCheckedContinuation { clock.advanceWhenAsleep(by: .seconds(5), $0) }
                for await _ in AsyncStream<Void>.makeStream().stream {}
            } onCancel: {
                cancelled_.yield()
            }
            return Response("late")
        }
        if form == "route" {
            app.route("/", maxDuration: .seconds(5), GET: handler)
        } else {
            app.use(.timeout(.seconds(5)))
            app.route("/", GET: handler)
        }
        #expect(await app.fetch(Request("/")).status == .gatewayTimeout)
        for await _ in cancelled { break }
    }

    @Test("The logger writes a line for each request")
    func logger() async {
        let recorder = LogRecorder()
        let app = App(clock: ManualClock(), log: { _ in })
        app.use(.logger(recorder.write))
        app.get("/items/[id]") { "x" }
        _ = await app.fetch(Request("/items/7?secret=1"))
        _ = await app.fetch(Request("/nowhere", method: .POST))
        #expect(recorder.lines == ["GET /items/7 200 0.0 ms", "POST /nowhere 404 0.0 ms"])
    }
}
