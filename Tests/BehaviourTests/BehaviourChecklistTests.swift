// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Synchronization
import Testing
import Whippet
@_spi(Conformance) import WhippetTesting

/// What Next's documentation promises, by the numbers of the checklist; what needs a cache has its tests beside it.
struct BehaviourChecklistTests {
    @Test(
        "The examples of the documentation", arguments: BehaviourTests.transports, try Behaviour.load("checklist"))
    func examples(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.checklist(), transport)
    }

    @Test("RT-09: a handler's answer is not kept")
    func notCached() async throws {
        let count = Atomic(0)
        let app = Fixture.app()
        app.get("/") { "\(count.add(1, ordering: .relaxed).newValue)" }
        for turn in 1...3 {
            let text = try await app.fetch(Request("/")).text()
            #expect(text == "\(turn)")
        }
    }

    @Test("RT-32: chunks reach the client when they are made, not when all are there")
    func progressive() async throws {
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let app = Fixture.app()
        app.get("/") {
            Response(
                AsyncStream<[UInt8]> { stream in
                    stream.yield(Array("<p>One</p>".utf8))
                    Task {
                        for await _ in gate { break }
                        stream.yield(Array("<p>Two</p>".utf8))
                        stream.finish()
                    }
                })
        }
        try await app.test(.live(loops: 1)) { client in
            let response = try await client.get("/")
            var chunks: [String] = []
            for try await chunk in try #require(response.body) {
                chunks.append(String(decoding: chunk, as: UTF8.self))
                // The second is made only after the first has arrived.
                opening.yield()
            }
            #expect(chunks == ["<p>One</p>", "<p>Two</p>"])
        }
    }

    @Test("RT-39 to RT-44: a route file's config is accepted with Next's default values")
    func segmentConfig() async throws {
        let routes = Routes()
        routes.file("", source: "app/route.swift") { file in
            file.export(dynamic: "auto", line: 1)
            file.export(dynamicParams: true, line: 2)
            file.export(revalidate: false, line: 3)
            file.export(fetchCache: "auto", line: 4)
            file.export(runtime: "nodejs", line: 5)
            file.export(preferredRegion: "auto", line: 6)
            file.export(.GET, { "configured" }, line: 7)
        }
        let text = try await Fixture.app(routes: routes).fetch(Request("/")).text()
        #expect(text == "configured")
    }

    @Test("DS-17 to DS-19: parameters have the type that the handler asks for")
    func typed() async throws {
        let app = Fixture.app()
        app.get("/one/[slug]") { _, context -> String in
            let slug: String = context.params.slug
            return slug
        }
        app.get("/all/[...slug]") { _, context -> String in
            let slug: [String] = context.params.slug
            return "\(slug.count)"
        }
        app.get("/opt/[[...slug]]") { _, context -> String in
            let slug: [String]? = context.params.slug
            return "\(slug?.count ?? -1)"
        }
        for (path, expected) in [("/one/a", "a"), ("/all/a/b", "2"), ("/opt", "-1"), ("/opt/a", "1")] {
            let text = try await app.fetch(Request(path)).text()
            #expect(text == expected)
        }
    }

    @Test("RG-03: two groups that make one path are an error that names both")
    func groups() {
        let routes = Routes()
        for group in ["(marketing)", "(shop)"] {
            routes.file("\(group)/about", source: "app/\(group)/about/route.swift") { file in
                file.export(.GET, { "about" }, line: 1)
            }
        }
        let error = #expect(throws: RouteError.self) { try Fixture.app(routes: routes).table() }
        #expect(error?.message.contains("app/(marketing)/about/route.swift") == true)
        #expect(error?.message.contains("app/(shop)/about/route.swift") == true)
    }

    @Test("AD-07: input is checked, requests are limited, and an error tells nothing of the inside")
    func security() async throws {
        let app = Fixture.app()
        app.use(.rateLimit(2, per: .seconds(3600)) { _ in "everybody" })
        app.get("/items/[id]") { _, context -> String in
            if try context.params("id", as: Int.self) == 0 { throw Fixture.Failure() }
            return "item"
        }
        #expect(await app.fetch(Request("/items/x")).status == .badRequest)
        let failed = await app.fetch(Request("/items/0"))
        #expect(failed.status == .internalServerError)
        let text = try await failed.text()
        #expect(text == "")
        let limited = await app.fetch(Request("/items/1"))
        #expect(limited.status == .tooManyRequests)
        #expect(limited.headers["retry-after"] != nil)
    }
}
