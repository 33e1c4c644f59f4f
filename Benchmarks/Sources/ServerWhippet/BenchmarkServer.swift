// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Whippet

#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// What `compare` asks of every server, written as a user would; `PORT` says where it listens.
@main
enum BenchmarkServer {
    static func main() async {
        var configuration = ServerConfiguration()
        configuration.loops = number("LOOPS") ?? 1
        configuration.connections = 20_000
        // A connection that idles is counted, not closed.
        configuration.timeouts.keepAlive = 600_000
        configuration.addresses = [.tcp(host: "127.0.0.1", port: number("PORT") ?? 3000)]
        let app = App(configuration: configuration, environment: .production)
        declareRoutes(of: app)
        for index in 0..<(number("ROUTES") ?? 0) {
            app.get("/area\(index)/items/[id]") { _, context in context.params.id }
        }
        do {
            // Not `listen`, which would print the routes, ten thousand of them at times.
            try await app.start().waitUntilStopped()
        } catch {
            StandardError.write("\(error)")
            exit(1)
        }
    }

    private static func number<Number: FixedWidthInteger>(_ name: String) -> Number? {
        getenv(name).flatMap { Number(String(cString: $0)) }
    }

    private static func declareRoutes(of app: App) {
        app.route("/", GET: { _, _ in Response("Hello, World!") })
        app.get("/json") { Greeting(message: "Hello, World!", count: 42, ok: true) }
        app.get("/items/[id]") { request, context in
            Found(id: context.params.id, q: request.url.searchParams.get("q"))
        }
        app.post("/users") { request in Summary(try await request.json(as: Page.self)) }
        app.post("/users/typed") { request in Summary(try await request.json(as: TypedPage.self)) }
        app.get("/stream") { Response(Repeated(chunk: chunk, count: 100)) }
        app.get("/static", config: .forceStatic) { "Hello, World!" }
        app.post("/upload") { request in
            var count = 0
            if let body = request.body { for try await chunk in body { count += chunk.count } }
            return Size(bytes: count)
        }
        app.get("/burn") {
            burn(nanoseconds: 1_000_000)
            return "1 ms"
        }
        app.get("/download") { Response(Repeated(chunk: chunk, count: 131_072)) }
    }

    /// Keeps the thread's core busy for so long.
    private static func burn(nanoseconds: Int) {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        let end = time.tv_sec * 1_000_000_000 + time.tv_nsec + nanoseconds
        while time.tv_sec * 1_000_000_000 + time.tv_nsec < end { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) }
    }

    private static let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 16 * 1024)
}

/// The same bytes again and again.
struct Repeated: AsyncSequence, AsyncIteratorProtocol {
    let chunk: [UInt8]
    var count: Int

    mutating func next() async -> [UInt8]? {
        guard count > 0 else { return nil }
        count -= 1
        return chunk
    }

    func makeAsyncIterator() -> Self { self }
}
