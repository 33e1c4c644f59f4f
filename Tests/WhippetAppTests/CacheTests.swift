// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Counts how often a handler ran.
final class RunCount: Sendable {
    private let count = Locked(0)

    var value: Int { count.withLock { $0 } }

    @discardableResult
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Which answers are kept, for how long, and what is said of them.
struct CacheTests {
    private static func app(_ clock: ManualClock = ManualClock(), log: LogRecorder = LogRecorder()) -> App {
        App(environment: .production, clock: clock, log: log.write)
    }

    @Test("RT-09: a handler without a config runs for each request, and says nothing of a cache")
    func notCachedByDefault() async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/items") { "\(runs.next())" }
        #expect(try await app.fetch(Request("/items")).text() == "1")
        let second = await app.fetch(Request("/items"))
        #expect(second.headers["x-whippet-cache"] == nil)
        #expect(second.headers["cache-control"] == nil)
        #expect(try await second.text() == "2")
    }

    @Test(
        "RT-10, RT-39: force-static runs the handler once and keeps its answer",
        arguments: [TestTransport.inProcess, .live])
    func forceStatic(transport: TestTransport) async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/items", config: .forceStatic) {
            Response.json(["run": JSON(runs.next())], headers: ["x-own": "yes"])
        }
        try await app.test(transport) { client in
            let first = try await client.get("/items")
            #expect(first.headers["x-whippet-cache"] == "MISS")
            #expect(first.headers["cache-status"] == "whippet; fwd=miss; stored")
            #expect(first.headers["cache-control"] == "s-maxage=31536000")
            #expect(first.headers["age"] == nil)
            #expect(try await first.text() == #"{"run":1}"#)
            for _ in 0..<2 {
                let second = try await client.get("/items")
                #expect(second.status == .ok)
                #expect(second.headers["x-whippet-cache"] == "HIT")
                #expect(second.headers["cache-status"] == "whippet; hit")
                #expect(second.headers["age"] == "0")
                #expect(second.headers["content-type"] == "application/json")
                #expect(second.headers["x-own"] == "yes")
                #expect(second.headers["etag"] == first.headers["etag"])
                #expect(second.headers["etag"]?.hasPrefix("\"") == true)
                #expect(try await second.text() == #"{"run":1}"#)
            }
        }
        #expect(runs.value == 1)
    }

    @Test("RT-11: other methods beside a kept GET run for each request and change nothing of it")
    func otherMethods() async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/items", config: .forceStatic) { "get \(runs.next())" }
        app.post("/items") { "post \(runs.next())" }
        #expect(try await app.fetch(Request("/items")).text() == "get 1")
        #expect(try await app.fetch(Request("/items", method: .POST)).text() == "post 2")
        #expect(try await app.fetch(Request("/items", method: .POST)).text() == "post 3")
        #expect(try await app.fetch(Request("/items")).text() == "get 1")
        let options = await app.fetch(Request("/items", method: .OPTIONS))
        #expect(options.headers["allow"] == "GET, HEAD, OPTIONS, POST")
    }

    @Test(
        "RT-18, RT-41: revalidate gives the old answer once its time is over, and makes a new one behind it",
        arguments: [TestTransport.inProcess, .live])
    func revalidate(transport: TestTransport) async throws {
        let clock = ManualClock()
        let app = Self.app(clock)
        let runs = RunCount()
        app.get("/posts", config: .revalidate(60)) { "\(runs.next())" }
        try await app.test(transport) { client in
            let first = try await client.get("/posts")
            #expect(first.headers["cache-control"] == "s-maxage=60, stale-while-revalidate=31535940")
            clock.advance(by: .seconds(59))
            let second = try await client.get("/posts")
            #expect(second.headers["x-whippet-cache"] == "HIT")
            #expect(second.headers["age"] == "59")
            #expect(second.headers["cache-status"] == "whippet; hit; ttl=1")
            #expect(try await second.text() == "1")
            clock.advance(by: .seconds(1))
            let third = try await client.get("/posts")
            #expect(third.headers["x-whippet-cache"] == "STALE")
            #expect(third.headers["cache-status"] == "whippet; hit; ttl=0")
            #expect(try await third.text() == "1")
            while runs.value < 2 { await Task.yield() }
            try await app.waitUntilIdle()
            let fourth = try await client.get("/posts")
            #expect(fourth.headers["x-whippet-cache"] == "HIT")
            #expect(fourth.headers["age"] == "0")
            #expect(try await fourth.text() == "2")
        }
    }

    @Test("RT-41: revalidate = false keeps the answer, revalidate = 0 and force-dynamic do not")
    func configurations() async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/never", config: .revalidate(false)) { "\(runs.next())" }
        app.get("/zero", config: .revalidate(0)) { "\(runs.next())" }
        app.get("/dynamic", config: SegmentConfig(dynamic: .forceDynamic, revalidate: 60)) { "\(runs.next())" }
        var seen: [String?] = []
        for path in ["/never", "/never", "/zero", "/zero", "/dynamic", "/dynamic"] {
            seen.append(await app.fetch(Request(path)).headers["x-whippet-cache"])
        }
        #expect(seen == ["MISS", "HIT", nil, nil, nil, nil])
        #expect(runs.value == 5)
    }

    @Test("The nearest scope says what holds")
    func nearestWins() async throws {
        let app = Self.app()
        app.group("/a", config: .forceStatic) { group in
            group.get("/static") { "" }
            group.get("/dynamic", config: .forceDynamic) { "" }
            group.get("/zero", config: .revalidate(0)) { "" }
            group.get("/minute", config: .revalidate(60)) { "" }
        }
        var seen: [String: String?] = [:]
        for path in ["/a/static", "/a/dynamic", "/a/zero", "/a/minute"] {
            seen[path] = await app.fetch(Request(path)).headers["cache-control"]
        }
        #expect(
            seen == [
                "/a/static": "s-maxage=31536000", "/a/dynamic": nil, "/a/zero": nil,
                "/a/minute": "s-maxage=60, stale-while-revalidate=31535940",
            ])
    }

    @Test(
        "A config that contradicts itself is an error at start with its place",
        arguments: [
            (SegmentConfig(revalidate: -1), "revalidate: -1 is negative"),
            (
                SegmentConfig(dynamic: .forceStatic, revalidate: 0),
                "revalidate: 0 keeps nothing, and dynamic: \"force-static\" keeps the answer"
            ),
        ])
    func contradiction(config: SegmentConfig, message: String) {
        let app = Self.app()
        app.route("/items", config: config, GET: { _, _ in Response() })
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.hasSuffix(message) == true)
        #expect(error?.message.contains("CacheTests.swift:") == true)
    }

    @Test("RT-39: under force-static a handler sees a blank request", arguments: [TestTransport.inProcess, .live])
    func blankRequest(transport: TestTransport) async throws {
        let app = Self.app()
        app.get("/items/[slug]", config: .forceStatic) { request, context in
            let cookies = try cookies().getAll().count
            let fields = Array(request.headers).count + Array(try headers()).count
            return "\(context.params.slug) \(request.url.href) \(cookies) \(fields) \(request.ip ?? "nobody") "
                + "\(request.body == nil)"
        }
        try await app.test(transport) { client in
            let response = try await client.get("/items/tea?a=1", headers: ["cookie": "a=b", "x-secret": "7"])
            #expect(try await response.text() == "tea http://localhost/items/tea 0 0 nobody true")
            #expect(response.headers["x-whippet-cache"] == "MISS")
            #expect(try await client.get("/items/tea?b=2").headers["x-whippet-cache"] == "HIT")
        }
    }

    @Test(
        "An answer for which the handler looked at the request is not kept",
        arguments: ["headers", "cookies", "url", "search", "header function", "ip", "copy"])
    func dynamicAccess(what: String) async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/posts", config: .revalidate(60)) { request -> String in
            switch what {
            case "headers": _ = request.headers["accept"]
            case "cookies": _ = request.cookies["a"]
            case "url": _ = request.url
            case "search": _ = request.nextUrl.search
            case "header function": _ = try headers()["accept"]
            case "ip": _ = request.ip
            default: _ = Array(Headers(request.headers))
            }
            return "\(runs.next())"
        }
        #expect(try await app.fetch(Request("/posts")).text() == "1")
        let second = await app.fetch(Request("/posts"))
        #expect(try await second.text() == "2")
        #expect(second.headers["x-whippet-cache"] == nil)
    }

    @Test("A handler may look at method and path without a loss")
    func staticAccess() async throws {
        let app = Self.app()
        app.get("/posts/[id]", config: .revalidate(60)) { request, context in
            "\(request.method) \(request.nextUrl.pathname) \(context.params.id) \(try draftMode().isEnabled)"
        }
        #expect(try await app.fetch(Request("/posts/7")).text() == "GET /posts/7 7 false")
        #expect(await app.fetch(Request("/posts/7")).headers["x-whippet-cache"] == "HIT")
    }

    @Test("With dynamic = error a handler that looks at the request is answered for with 500 and a line")
    func forbiddenAccess() async throws {
        let log = LogRecorder()
        let app = Self.app(log: log)
        app.get("/posts", config: SegmentConfig(dynamic: .error)) { request in request.headers["accept"] ?? "none" }
        app.get("/fine", config: SegmentConfig(dynamic: .error)) { "fine" }
        #expect(await app.fetch(Request("/posts")).status == .internalServerError)
        #expect(
            log.lines == [
                "500 GET /posts: /posts: dynamic is \"error\", and the handler looked at request.headers; "
                    + "use force-static to give it a blank request, or auto"
            ])
        #expect(await app.fetch(Request("/fine")).headers["x-whippet-cache"] == "MISS")
        #expect(await app.fetch(Request("/fine")).headers["x-whippet-cache"] == "HIT")
    }

    @Test("Neither host nor query nor fields nor the spelling of the path make another entry")
    func key() async throws {
        let app = Self.app()
        app.get("/items/[slug]", config: .forceStatic) { _, context in context.params.slug }
        _ = await app.fetch(Request("http://a.example/items/tea?a=1"))
        for url in ["http://b.example/items/tea", "/items/tea?x", "/items/%74ea", "/items/./tea"] {
            #expect(
                await app.fetch(Request(url, headers: ["accept": "x"])).headers["x-whippet-cache"] == "HIT", "\(url)")
        }
        #expect(await app.fetch(Request("/items/Tea")).headers["x-whippet-cache"] == "MISS")
        #expect(await app.fetch(Request("/items/a%2Fb")).headers["x-whippet-cache"] == "MISS")
    }

    @Test("RT-38: a feed of another type is kept with its type")
    func feed() async throws {
        let app = Self.app()
        app.get("/rss.xml", config: .forceStatic) { Response("<rss/>", headers: [.contentType: "text/xml"]) }
        _ = await app.fetch(Request("/rss.xml"))
        let response = await app.fetch(Request("/rss.xml"))
        #expect(response.headers["content-type"] == "text/xml")
        #expect(response.headers["x-whippet-cache"] == "HIT")
    }
}
