// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// A store whose disk is gone.
private struct BrokenStore: CacheStore {
    struct Failure: Error, CustomStringConvertible {
        var description: String { "no disk" }
    }

    func epoch() async throws -> CacheEpoch { throw Failure() }
    func read(_ key: CacheKey) async throws -> CachedEntry? { throw Failure() }
    func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool { throw Failure() }
    func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws { throw Failure() }
    func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease? { throw Failure() }
    func release(_ lease: CacheLease, of key: CacheKey) async throws { throw Failure() }
}

/// A store in memory that has to be waited for, as that of another process.
private struct SlowStore: CacheStore {
    let memory = MemoryStore()

    func epoch() async throws -> CacheEpoch { try await memory.epoch() }
    func read(_ key: CacheKey) async throws -> CachedEntry? {
        await Task.yield()
        return try await memory.read(key)
    }
    func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool {
        try await memory.write(entry, for: key, since: epoch)
    }
    func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws {
        try await memory.invalidate(tags, mode)
    }
    func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease? {
        try await memory.lease(key, for: seconds, at: now)
    }
    func release(_ lease: CacheLease, of key: CacheKey) async throws { try await memory.release(lease, of: key) }
}

/// How kept answers are given out: to HEAD, under conditions, in parts, to editors, from every kind of store.
struct CacheServingTests {
    private static func app(cache: CacheConfiguration = CacheConfiguration(), log: LogRecorder = LogRecorder()) -> App {
        let app = App(environment: .production, clock: ManualClock(), cache: cache, log: log.write)
        app.get("/items/[slug]", config: .forceStatic) { request, context -> Response in
            Response(
                "\(request.method) \(context.params.slug)", headers: ["last-modified": "Sat, 21 Nov 2026 00:00:00 GMT"])
        }
        return app
    }

    @Test("What holds between two neighbours is not kept")
    func hopByHop() async throws {
        let app = App(environment: .production, clock: ManualClock())
        app.get("/", config: .forceStatic) {
            Response(
                "x", headers: ["connection": "X-Hop, Keep-Alive", "x-hop": "1", "upgrade": "h3", "x-whole": "2"])
        }
        try await app.test(.live) { client in
            for state in ["MISS", "HIT"] {
                let response = try await client.get("/")
                #expect(response.headers["x-whippet-cache"] == state)
                for name in ["connection", "x-hop", "upgrade"] { #expect(response.headers[name] == nil, "\(name)") }
                #expect(response.headers["x-whole"] == "2")
            }
        }
    }

    @Test("HEAD is answered from what is kept and keeps nothing", arguments: [TestTransport.inProcess, .live])
    func head(transport: TestTransport) async throws {
        let app = Self.app()
        try await app.test(transport) { client in
            let first = try await client.head("/items/tea")
            #expect(first.status == .ok)
            #expect(first.headers["x-whippet-cache"] == "MISS")
            #expect(first.headers["cache-status"] == "whippet; fwd=miss")
            #expect(try await client.get("/items/tea").headers["x-whippet-cache"] == "MISS")
            for _ in 0..<2 {
                let second = try await client.head("/items/tea")
                #expect(second.headers["x-whippet-cache"] == "HIT")
                #expect(second.headers["content-length"] == "7")
                #expect(try await second.text().isEmpty)
            }
            #expect(try await client.get("/items/tea").text() == "GET tea")
        }
    }

    @Test(
        "Conditions and ranges are answered from what is kept",
        arguments: [TestTransport.inProcess, .live],
        [
            ("if-none-match", "ETAG", 304, ""), ("if-none-match", "W/ETAG, \"a\"", 304, ""),
            ("if-none-match", "\"a\"", 200, "GET tea"), ("if-match", "\"a\"", 412, ""),
            ("if-modified-since", "Sat, 21 Nov 2026 00:00:00 GMT", 304, ""),
            ("range", "bytes=4-", 206, "tea"), ("range", "bytes=90-", 416, ""),
        ] as [(String, String, UInt16, String)])
    func conditions(transport: TestTransport, row: (String, String, UInt16, String)) async throws {
        let app = Self.app()
        try await app.test(transport) { client in
            let tag = try #require(try await client.get("/items/tea").headers["etag"])
            let value = row.1.replacing("ETAG", with: tag)
            let response = try await client.get("/items/tea", headers: [Headers.Name(row.0): value])
            #expect(response.status.rawValue == row.2)
            #expect(response.headers["x-whippet-cache"] == "HIT")
            #expect(try await response.text() == row.3)
        }
    }

    @Test("A condition is met by what a miss has made")
    func conditionOnMiss() async throws {
        let app = Self.app()
        let tag = try #require(await app.fetch(Request("/items/tea")).headers["etag"])
        try await app.revalidatePath("/items/tea")
        let response = await app.fetch(Request("/items/tea", headers: ["if-none-match": tag]))
        #expect(response.status == .notModified)
        #expect(response.headers["x-whippet-cache"] == "MISS")
    }

    @Test("The field that tells of the cache has the name that is asked for")
    func statusHeader() async throws {
        let named = Self.app(cache: CacheConfiguration(statusHeader: "x-nextjs-cache"))
        #expect(await named.fetch(Request("/items/tea")).headers["x-nextjs-cache"] == "MISS")
        let silent = Self.app(cache: CacheConfiguration(statusHeader: nil))
        let response = await silent.fetch(Request("/items/tea"))
        #expect(response.headers["x-whippet-cache"] == nil)
    }

    @Test("Requests are answered when the store fails, with one line in the log")
    func brokenStore() async throws {
        let log = LogRecorder()
        let app = Self.app(cache: CacheConfiguration(store: BrokenStore()), log: log)
        for _ in 0..<3 {
            let response = await app.fetch(Request("/items/tea"))
            #expect(response.status == .ok)
            #expect(response.headers["x-whippet-cache"] == "MISS")
            #expect(response.headers["cache-control"] == nil)
        }
        #expect(log.lines == ["cache: no disk; answers are made for each request where the store fails"])
        await #expect(throws: BrokenStore.Failure.self) { try await app.revalidateTag("a") }
    }

    @Test("A store that has to be waited for gives the same answers", arguments: [TestTransport.inProcess, .live])
    func slowStore(transport: TestTransport) async throws {
        let app = Self.app(cache: CacheConfiguration(store: SlowStore()))
        try await app.test(transport) { client in
            #expect(try await client.get("/items/tea").headers["x-whippet-cache"] == "MISS")
            #expect(try await client.get("/items/tea").headers["x-whippet-cache"] == "HIT")
            try await app.revalidateTag("a", .immediate)
            #expect(try await client.get("/items/tea").headers["x-whippet-cache"] == "HIT")
            try await app.revalidatePath("/items/[slug]")
            #expect(try await client.get("/items/tea").headers["x-whippet-cache"] == "MISS")
        }
    }

    @Test("Bodies of any size leave whole, also to requests in a row and to HTTP/1.0")
    func bodies() async throws {
        let app = App(environment: .production, log: { _ in })
        app.get("/[size]", config: .forceStatic) { _, context in
            Response([UInt8](repeating: 7, count: try context.params("size", as: Int.self)))
        }
        try await app.test(.live) { client in
            for size in [0, 1, 8192, 8193, 100_000, 3_000_000] {
                for _ in 0..<3 {
                    let response = try await client.get("/\(size)")
                    #expect(response.headers["content-length"] == "\(size)")
                    #expect(try await response.bytes().count == size)
                }
            }
            let wire = try await client.connect()
            try await wire.send(
                "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let text = try await wire.receiveToEnd()
            #expect(text.split(separator: "HTTP/1.1 200 OK\r\n").count == 2)
            #expect(text.contains("connection: close\r\n"))
            #expect(text.components("date: ") == 2)
            let old = try await client.connect()
            try await old.send("GET /1 HTTP/1.0\r\nHost: a\r\n\r\n")
            let answer = try await old.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n\u{7}"))
        }
    }

    // MARK: - Draft mode

    @Test("Draft mode runs the handler for who has the cookie, and takes a wrong one away")
    func draftMode() async throws {
        let secret = "abcdefghijklmnop"
        let app = App(
            environment: .production, cache: CacheConfiguration(draftModeSecret: secret), log: { _ in })
        let runs = RunCount()
        app.get("/posts", config: .forceStatic) { "\(runs.next()) \(try Whippet.draftMode().isEnabled)" }
        app.get("/enable") { try Whippet.draftMode().enable() }
        app.get("/disable") { try Whippet.draftMode().disable() }
        #expect(
            await app.fetch(Request("/enable")).headers["set-cookie"]
                == "__prerender_bypass=\(secret); Path=/; Secure; HttpOnly; SameSite=None")
        #expect(
            await app.fetch(Request("/disable")).headers["set-cookie"]?
                .contains("Expires=Thu, 01 Jan 1970 00:00:00 GMT") == true)
        #expect(try await app.fetch(Request("/posts")).text() == "1 false")
        let draft = await app.fetch(Request("/posts", headers: ["cookie": "a=b; __prerender_bypass=\(secret)"]))
        #expect(draft.headers["cache-control"] == "private, no-cache, no-store, max-age=0, must-revalidate")
        #expect(draft.headers["x-whippet-cache"] == nil)
        #expect(try await draft.text() == "2 true")
        let wrong = await app.fetch(Request("/posts", headers: ["cookie": "__prerender_bypass=guess"]))
        #expect(wrong.headers["set-cookie"]?.hasPrefix("__prerender_bypass=; Path=/; Expires=Thu, 01 Jan 1970") == true)
        #expect(wrong.headers["x-whippet-cache"] == "HIT")
        #expect(wrong.headers["cache-control"]?.hasPrefix("private, no-cache, no-store") == true)
        #expect(try await wrong.text() == "1 false")
    }

    @Test(
        "A secret that can be guessed or does not fit into a cookie is an error at start",
        arguments: ["short", "abcdefghijklmno;p"])
    func badSecret(secret: String) {
        let app = App(cache: CacheConfiguration(draftModeSecret: secret), log: { _ in })
        #expect(throws: RouteError.self) { try app.table() }
    }

    // MARK: - generateStaticParams

    @Test("DS-07: generateStaticParams fills the cache at start; a path that fails is named and made later")
    func staticParams() async throws {
        let log = LogRecorder()
        let app = App(environment: .production, log: log.write)
        let runs = RunCount()
        app.route(
            "/posts/[slug]", generateStaticParams: { [["slug": "a"], ["slug": "b c"], ["slug": "bad"]] },
            GET: { _, context in
                runs.next()
                if context.params.slug == "bad" { throw TypeError("down") }
                return Response(context.params.slug)
            })
        app.route(
            "/shop/[[...path]]", generateStaticParams: { [["path": ["x", "y/z"]], [:]] },
            GET: { _, context in Response(context.params.path) })
        try await app.prepare()
        #expect(runs.value == 3)
        #expect(log.lines.contains("GET /posts/bad: 500 when the cache was filled"))
        for path in ["/posts/a", "/posts/b%20c", "/shop/x/y%2Fz", "/shop"] {
            #expect(await app.fetch(Request(path)).headers["x-whippet-cache"] == "HIT", "\(path)")
        }
        #expect(await app.fetch(Request("/posts/other")).headers["x-whippet-cache"] == "MISS")
    }

    @Test("DS-07: an application that is started has the answers before it listens")
    func staticParamsAtStart() async throws {
        var configuration = ServerConfiguration().patient
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        let app = App(configuration: configuration, environment: .production, log: { _ in })
        let runs = RunCount()
        app.route(
            "/posts/[slug]", generateStaticParams: { [["slug": "a"], ["slug": "b"]] },
            GET: { _, context in Response("\(context.params.slug) \(runs.next())") })
        let server = try await app.start()
        #expect(runs.value == 2)
        #expect(await app.fetch(Request("/posts/b")).headers["x-whippet-cache"] == "HIT")
        await server.shutdown()
    }

    @Test(
        "RT-40: with dynamicParams = false a path that generateStaticParams does not name is a 404",
        arguments: [true, false])
    func dynamicParams(isPrepared: Bool) async throws {
        let app = App(environment: .production, log: { _ in })
        app.route(
            "/posts/[slug]", config: SegmentConfig(dynamicParams: false), generateStaticParams: { [["slug": "a"]] },
            GET: { _, context in Response(context.params.slug) })
        if isPrepared { try await app.prepare() }
        #expect(await app.fetch(Request("/posts/a")).status == .ok)
        #expect(await app.fetch(Request("/posts/b")).status == .notFound)
    }

    @Test("With dynamicParams = false, paths that can't be found out are a 500, not a 404")
    func unknownParams() async {
        struct Offline: Error {}
        let log = LogRecorder()
        let app = App(environment: .production, log: log.write)
        app.route(
            "/posts/[slug]", config: SegmentConfig(dynamicParams: false),
            generateStaticParams: { () -> [StaticParams] in throw Offline() },
            GET: { _, context in Response(context.params.slug) })
        #expect(await app.fetch(Request("/posts/a")).status == .internalServerError)
        #expect(log.lines.contains { $0.contains("Offline") })
    }

    @Test(
        "Parameters that make no path of the route are an error at start",
        arguments: [["name": "a"], ["slug": ["a"]], ["slug": ".."], ["slug": ""]] as [StaticParams])
    func badParams(params: StaticParams) async {
        let app = App(environment: .production, log: { _ in })
        app.route("/posts/[slug]", generateStaticParams: { [params] }, GET: { _, _ in Response() })
        let error = await #expect(throws: RouteError.self) { try await app.prepare() }
        #expect(error?.message.hasPrefix("/posts/[slug]: generateStaticParams: ") == true)
    }

    // MARK: - Files

    @Test("RT-39 to RT-44: the exports of route files and folders say how answers are kept")
    func files() async throws {
        let routes = Routes()
        routes.folder("a", source: "app/a/middleware.swift") { folder in
            folder.export(dynamic: "force-static", line: 1)
            folder.export(revalidate: 60, line: 2)
        }
        routes.file("a/b", source: "app/a/b/route.swift") { file in
            file.export(fetchCache: "auto", line: 1)
            file.export(runtime: "nodejs", line: 1)
            file.export(preferredRegion: "auto", line: 1)
            file.export(dynamicParams: true, line: 1)
            file.export(.GET, { "b" }, line: 3)
        }
        routes.file("a/c", source: "app/a/c/route.swift") { file in
            file.export(dynamic: "force-dynamic", line: 1)
            file.export(.GET, { "c" }, line: 3)
        }
        routes.file("d/[slug]", source: "app/d/[slug]/route.swift") { file in
            let generateStaticParams: @Sendable () -> [[String: String]] = { [["slug": "x"]] }
            file.export(generateStaticParams: generateStaticParams, line: 1)
            file.export(.GET, { "d" }, line: 3)
        }
        let app = App(routes: routes, environment: .production, log: { _ in })
        #expect(
            await app.fetch(Request("/a/b")).headers["cache-control"] == "s-maxage=60, stale-while-revalidate=31535940")
        #expect(await app.fetch(Request("/a/c")).headers["cache-control"] == nil)
        try await app.prepare()
        #expect(await app.fetch(Request("/d/x")).headers["x-whippet-cache"] == "HIT")
    }

    @Test("A folder's config that is wrong is an error at start with file and line")
    func badFolder() {
        let routes = Routes()
        routes.folder("a", source: "app/a/middleware.swift") { $0.export(runtime: "deno", line: 3) }
        let error = #expect(throws: RouteError.self) { try App(routes: routes, log: { _ in }).table() }
        #expect(error?.message == "app/a/middleware.swift:3: runtime: \"deno\" is neither nodejs nor edge")
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
