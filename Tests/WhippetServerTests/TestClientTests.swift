// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

@Suite("Testing an application")
struct TestClientTests {
    private static let stored = Response("stored")

    private static func app() -> App {
        let app = App(log: { _ in })
        app.route(
            "/items/[slug]",
            GET: { request, context in
                Response("\(context.params.slug) \(request.url.search) \(request.headers["x-a"] ?? "-")")
            },
            POST: { request, _ in Response(try await request.text(), status: .created) },
            PUT: { request, _ in Response("\(request.method) \(try await request.text())") },
            PATCH: { request, _ in Response("\(request.method) \(try await request.text())") },
            DELETE: { _, _ in Response(status: .noContent) })
        app.route("/stored", GET: { _, _ in stored })
        app.route("/throw", GET: { _, _ in throw HTTPError(.conflict, "twice") })
        app.route("/stream", GET: { _, _ in Response(Chunks { $0 < 3 ? "\($0)".bytes : nil }) })
        return app
    }

    static let transports: [TestTransport] = [.inProcess, .live, .live(loops: 2)]

    @Test("A test reads the same in process and through a socket", arguments: transports)
    func oneFace(transport: TestTransport) async throws {
        try await Self.app().test(transport) { client in
            let got = try await client.get("/items/tea?size=2", headers: ["x-a": "b"])
            #expect(got.status == .ok)
            #expect(got.headers[.contentType] == "text/plain;charset=UTF-8")
            #expect(try await got.text() == "tea ?size=2 b")
            let posted = try await client.post("/items/tea", body: "hello")
            #expect(posted.status == .created)
            #expect(try await posted.text() == "hello")
            #expect(try await client.put("/items/tea", body: "x".bytes).text() == "PUT x")
            #expect(
                try await client.patch("/items/tea", body: Body(chunks: Chunks { $0 < 2 ? "y".bytes : nil })).text()
                    == "PATCH yy")
            let deleted = try await client.delete("/items/tea")
            #expect(deleted.status == .noContent)
            let head = try await client.head("/items/tea")
            #expect(head.headers["content-length"] == "6")
            #expect(try await head.text() == "")
            let missing = try await client.get("/nowhere")
            #expect(missing.status == .notFound)
            let refused = try await client.send("PURGE", "/items/tea")
            #expect(refused.status == .methodNotAllowed)
            #expect(refused.headers["allow"] != nil)
            #expect(try await client.get("/throw").text() == "twice\n")
            #expect(try await client.get("/stream").text() == "012")
            for _ in 0..<3 { #expect(try await client.get("/stored").text() == "stored") }
            let other = try await client.send(Request("http://elsewhere.test/items/milk"))
            #expect(try await other.text() == "milk  -")
        }
    }

    @Test("The limit of bodies holds in process too", arguments: transports)
    func bodyLimit(transport: TestTransport) async throws {
        try await Self.app().test(transport) { client in
            let body = [UInt8](repeating: 0x61, count: 1024 * 1024 + 1)
            let response = try await client.post("/items/tea", body: body)
            #expect(response.status == .contentTooLarge)
        }
    }

    @Test("What the test throws comes out, and the server is gone", arguments: [true, false])
    func throwing(isLive: Bool) async throws {
        // A path that no other test takes when it is free again, as may happen to a port.
        let path = "/tmp/whippet-throwing-\(getpid()).sock"
        let transport: TestTransport = isLive ? .live(at: .unix(path: path)) : .inProcess
        var address: ListenAddress?
        await #expect(throws: Failure.self) {
            try await Self.app().test(transport) { client in
                address = client.address
                _ = try await client.get("/stored")
                throw Failure()
            }
        }
        guard let address else { return }
        let client = try HTTPClient()
        await #expect(throws: ClientError.self) { try await client.send(Request("http://x/"), to: address) }
    }

    @Test("Routes that conflict are an error of the test", arguments: transports)
    func conflictingRoutes(transport: TestTransport) async throws {
        let app = Self.app()
        app.route("/items/[id]", GET: { _, _ in Response("never") })
        await #expect(throws: RouteError.self) { try await app.test(transport) { _ in } }
    }

    @Test("There is no wire in process")
    func noWire() async throws {
        try await Self.app().test { client in
            #expect(client.address == nil)
            await #expect(throws: ClientError.self) { try await client.connect() }
        }
    }
}
