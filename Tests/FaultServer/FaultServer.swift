// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Whippet

/// The server that `Scripts/check-faults` starves, floods, resets, blocks and kills.
///
/// Its configuration is that of the defaults; `FAULT_HEAD`, `FAULT_CONTENT`, `FAULT_KEEP_ALIVE` and `FAULT_WRITE` shorten
/// a timeout to so many milliseconds, `FAULT_CONNECTIONS` changes how many connections are held, `FAULT_FILE` names the
/// file that is sent.
@main
enum FaultServer {
    static func main() async {
        var configuration = ServerConfiguration()
        if let time = number("FAULT_HEAD") { configuration.timeouts.head = Int64(time) }
        if let time = number("FAULT_CONTENT") { configuration.timeouts.content = Int64(time) }
        if let time = number("FAULT_KEEP_ALIVE") { configuration.timeouts.keepAlive = Int64(time) }
        if let time = number("FAULT_WRITE") { configuration.timeouts.write = Int64(time) }
        if let count = number("FAULT_CONNECTIONS") { configuration.connections = count }
        let app = App(configuration: configuration)
        declareAnswers(app)
        declareFaults(app)
        await app.listen()
    }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    private static func parameter(_ name: String, of request: Request, or fallback: Int) -> Int {
        request.url.searchParams.get(name).flatMap { Int($0) } ?? fallback
    }

    /// A large answer that is made once.
    private static let stored = Response([UInt8](repeating: 0x61, count: 8 << 20))

    /// Answers of each kind.
    private static func declareAnswers(_ app: App) {
        app.route("/", GET: { _, _ in Response("Hello, world!") })
        let echo: Handler = { request, _ in Response(try await request.bytes()) }
        app.route(
            "/echo", GET: echo, POST: echo, PUT: echo, PATCH: echo, DELETE: echo, QUERY: echo,
            other: [HTTPMethod(rawValue: "BREW"): echo])
        app.route("/count", POST: { request, _ in Response("\(try await request.bytes().count)") })
        app.route(
            "/sum", bodyLimit: .max,
            POST: { request, _ in
                var count = 0
                if let body = request.body { for try await chunk in body { count += chunk.count } }
                return Response("\(count)")
            })
        app.route("/ignore", GET: { _, _ in Response("ignored") }, POST: { _, _ in Response("ignored") })
        app.route("/next", GET: { _, _ in Response("next") })
        app.route(
            "/wait",
            GET: { _, _ in
                await Task.yield()
                return Response("waited")
            })
        app.route("/empty", GET: { _, _ in Response(status: .noContent) })
        app.route("/unchanged", GET: { _, _ in Response(status: .notModified) })
        app.route("/stored", GET: { _, _ in stored })
        let path = ProcessInfo.processInfo.environment["FAULT_FILE"] ?? ""
        app.route("/file", GET: { _, _ in Response(try await File(path: path)) })
        app.route(
            "/large",
            GET: { request, _ in Response([UInt8](repeating: 0x61, count: parameter("bytes", of: request, or: 1 << 20)))
            })
        app.route(
            "/stream",
            GET: { request, _ in
                let count = parameter("parts", of: request, or: 3)
                let size = parameter("bytes", of: request, or: 10)
                let pause = parameter("pause", of: request, or: 0)
                return Response.stream { writer in
                    for number in 0..<count {
                        if pause > 0, number > 0 { try await Task.sleep(for: .milliseconds(pause)) }
                        try await writer.write([UInt8](repeating: 0x61, count: size))
                    }
                }
            })
    }

    /// Handlers that do what handlers should not.
    private static func declareFaults(_ app: App) {
        let cancelled = Locked(0)
        app.route("/cancelled", GET: { _, _ in Response("\(cancelled.withLock { $0 })") })
        app.route(
            "/slow",
            GET: { request, _ in
                try await Task.sleep(for: .milliseconds(parameter("for", of: request, or: 100)))
                return Response("slow")
            })
        app.route(
            "/hang",
            GET: { _, _ in
                do {
                    try await Task.sleep(for: .seconds(3600))
                } catch {
                    cancelled.withLock { $0 += 1 }
                    throw error
                }
                return Response("never")
            })
        app.route("/throw", GET: { _, _ in throw Fault() })
        app.route(
            "/break",
            GET: { _, _ in
                Response.stream { writer in
                    try await writer.write("begun")
                    try await writer.flush()
                    throw Fault()
                }
            })
        app.route("/split", GET: { _, _ in Response("never", headers: ["x-split": "a\r\nb: c"]) })
        app.route(
            "/block",
            GET: { request, _ in
                usleep(UInt32(parameter("for", of: request, or: 1000)) * 1000)
                return Response("blocked")
            })
        app.route(
            "/offload",
            GET: { request, _ in
                let time = UInt32(parameter("for", of: request, or: 1000)) * 1000
                _ = await offload { usleep(time) }
                return Response("offloaded")
            })
    }
}

/// What a handler throws here.
private struct Fault: Error {}
