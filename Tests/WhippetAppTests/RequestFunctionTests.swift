// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import Whippet
import WhippetTesting

/// The functions that reach the request without a parameter.
struct RequestFunctionTests {
    @Test(
        "redirect and its sisters end the handler with their status",
        arguments: [
            ("/redirect", Status.temporaryRedirect, "/x?y=1"),
            ("/permanent", .permanentRedirect, "https://nextjs.org/"),
        ])
    func redirects(path: String, status: Status, location: String) async {
        let app = App(log: { _ in })
        app.get("/redirect") { try redirect("/x?y=1") }
        app.get("/permanent") { try permanentRedirect("https://nextjs.org/") }
        let response = await app.fetch(Request(path))
        #expect(response.status == status)
        #expect(response.headers["location"] == location)
    }

    @Test(
        "After a form was posted a redirect asks for a GET",
        arguments: [
            ("application/x-www-form-urlencoded", Status.seeOther),
            ("application/x-www-form-urlencoded;charset=UTF-8", .seeOther),
            ("multipart/form-data; boundary=x", .seeOther), ("application/json", .temporaryRedirect),
            ("application/x-www-form-urlencodedx", .temporaryRedirect),
        ])
    func redirectAfterForm(type: String, status: Status) async {
        let app = App(log: { _ in })
        app.post("/") { try redirect("/done") }
        app.put("/") { try redirect("/done") }
        let fields: Headers = ["content-type": type]
        #expect(await app.fetch(Request("/", method: .POST, headers: fields, body: "a=1")).status == status)
        #expect(
            await app.fetch(Request("/", method: .PUT, headers: fields, body: "a=1")).status == .temporaryRedirect)
    }

    @Test("notFound, forbidden and unauthorized end the handler with their status")
    func interrupts() async {
        let app = App(log: { _ in })
        app.get("/a") { () -> String in try notFound() }
        app.get("/b") { () -> String in try forbidden() }
        app.get("/c") { () -> String in try unauthorized() }
        #expect(await app.fetch(Request("/a")).status == .notFound)
        #expect(await app.fetch(Request("/b")).status == .forbidden)
        #expect(await app.fetch(Request("/c")).status == .unauthorized)
    }

    @Test("headers() gives the request's headers, in child tasks too")
    func requestHeaders() async throws {
        @Sendable func nested() async throws -> String {
            async let referer = headers()[.referer] ?? "none"
            return try await referer
        }
        let app = App(log: { _ in })
        app.get("/") { try await nested() }
        #expect(
            try await app.fetch(Request("/", headers: ["referer": "https://a.example/"])).text() == "https://a.example/"
        )
    }

    @Test("Outside of a request the functions throw an error that names them")
    func outside() {
        let error = #expect(throws: OutsideRequestError.self) { try headers() }
        #expect(error?.description.contains("headers()") == true)
        #expect(throws: OutsideRequestError.self) { try after {} }
    }

    @Test("after throws in a task that outlives the answer")
    func afterTheAnswer() async {
        let (answered, answered_) = AsyncStream.makeStream(of: Void.self)
        let (results, results_) = AsyncStream.makeStream(of: Bool.self)
        let app = App(log: { _ in })
        app.get("/") {
            Task {
                for await _ in answered { break }
                do {
                    try after {}
                    results_.yield(false)
                } catch {
                    results_.yield(error is OutsideRequestError)
                }
            }
            return "answered"
        }
        _ = await app.fetch(Request("/"))
        answered_.yield()
        for await isRefused in results {
            #expect(isRefused)
            break
        }
    }

    @Test("headers() may be read while middleware goes on with others")
    func headersWhileReplaced() async throws {
        let app = App(log: { _ in })
        app.use { request, _, next in
            async let read = withTaskGroup(of: Bool.self) { group in
                for _ in 0..<1000 { group.addTask { (try? headers()["x-step"])?.isEmpty == false } }
                return await group.allSatisfy { $0 }
            }
            let response = await next(request)
            #expect(await read)
            return response
        }
        for step in 1...20 {
            app.use { request, _, _ in
                var fields = request.headers
                fields["x-step"] = "\(step)"
                return .next(request: fields)
            }
        }
        app.get("/") { try headers()["x-step"] ?? "none" }
        let response = await app.fetch(Request("/", headers: ["x-step": "0"]))
        #expect(try await response.text() == "20")
    }

    @Test(
        "after runs whatever the answer is, and one operation's error is logged and harms no other",
        arguments: ["/fine", "/redirect", "/notFound", "/throws"])
    func afterAnyAnswer(_ path: String) async throws {
        let (events, events_) = AsyncStream.makeStream(of: String.self)
        let app = App(log: { events_.yield($0) })
        @Sendable func planned() throws {
            try after { throw HTTPError(.conflict, "first") }
            try after {
                do {
                    try cookies().set("late", "1")
                } catch {
                    events_.yield("\(type(of: error)) \(try cookies()["a"] ?? "") \(try headers()["x-a"] ?? "")")
                }
            }
        }
        app.get("/fine") { () -> String in
            try planned()
            return "fine"
        }
        app.get("/redirect") {
            try planned()
            try redirect("/")
        }
        app.get("/notFound") {
            try planned()
            try notFound()
        }
        app.get("/throws") { () -> Response in
            try planned()
            throw HTTPError(.conflict)
        }
        let response = await app.fetch(Request(path, headers: ["cookie": "a=1", "x-a": "2"]))
        #expect(response.headers.getSetCookie() == [])
        var seen = events.makeAsyncIterator()
        #expect(await seen.next() == "after: HTTPError 409: first")
        #expect(await seen.next() == "OutsideRequestError 1 2")
    }

    @Test("after runs when the client leaves before the answer")
    func afterAbort() async throws {
        let (events, events_) = AsyncStream.makeStream(of: String.self)
        let app = App(log: { _ in })
        app.get("/") { () -> String in
            try after { events_.yield("after") }
            events_.yield("handling")
            // Until the handler is cancelled.
            for await _ in AsyncStream(Void.self, { _ in }) {}
            return "nobody reads this"
        }
        try await app.test(.live(loops: 1)) { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            var seen = events.makeAsyncIterator()
            #expect(await seen.next() == "handling")
            wire.reset()
            #expect(await seen.next() == "after")
        }
    }

    @Test("after runs when the last byte of a stream was sent, with the request's functions and further work")
    func afterStream() async throws {
        let (events, events_) = AsyncStream.makeStream(of: String.self)
        let app = App(log: { _ in })
        app.get("/") {
            try after {
                events_.yield("after \(try headers()["x-name"] ?? "")")
                try after {
                    events_.yield("nested")
                    events_.finish()
                }
            }
            let (chunks, chunks_) = AsyncStream.makeStream(of: [UInt8].self)
            Task {
                chunks_.yield(Array("one".utf8))
                events_.yield("streaming")
                chunks_.finish()
            }
            return Response(Body(chunks: chunks))
        }
        try await app.test(.live) { client in
            let response = try await client.get("/", headers: ["x-name": "ada"])
            #expect(try await response.text() == "one")
        }
        var seen: [String] = []
        for await event in events { seen.append(event) }
        #expect(seen == ["streaming", "after ada", "nested"])
    }

    @Test("after runs when the handler throws, and what it throws itself is logged")
    func afterError() async throws {
        let (lines, lines_) = AsyncStream.makeStream(of: String.self)
        let app = App(log: { lines_.yield($0) })
        app.get("/") { () -> String in
            try after { throw HTTPError(.conflict, "late") }
            throw HTTPError(.badRequest)
        }
        #expect(await app.fetch(Request("/")).status == .badRequest)
        var iterator = lines.makeAsyncIterator()
        #expect(await iterator.next() == "after: HTTPError 409: late")
    }

    @Test("A shutdown waits for what after has begun")
    func drain() async throws {
        let (begun, begun_) = AsyncStream.makeStream(of: Void.self)
        let done = Atomic(false)
        let app = App(log: { _ in })
        app.get("/") {
            try after {
                begun_.yield()
                await Task.yield()
                done.store(true, ordering: .sequentiallyConsistent)
            }
            return "ok"
        }
        try await app.test(.live) { client in
            _ = try await client.get("/").text()
            for await _ in begun { break }
        }
        let isDone = done.load(ordering: .sequentiallyConsistent)
        #expect(isDone)
    }

    @Test("A task that a handler leaves behind never sees another request")
    func leftBehind() async throws {
        let (gate, gate_) = AsyncStream.makeStream(of: Void.self)
        let (seen, seen_) = AsyncStream.makeStream(of: String.self)
        let app = App(log: { _ in })
        app.get("/first") {
            Task {
                for await _ in gate { break }
                seen_.yield((try? headers()["x-name"]) ?? "nothing")
            }
            return "first"
        }
        app.get("/second") { try headers()["x-name"] ?? "nobody" }
        try await app.test(.live(loops: 1)) { client in
            _ = try await client.get("/first", headers: ["x-name": "ada"]).text()
            // The same connection, and the same event loop.
            for _ in 0..<3 {
                let text = try await client.get("/second", headers: ["x-name": "grace"]).text()
                #expect(text == "grace")
            }
            gate_.yield()
            var iterator = seen.makeAsyncIterator()
            #expect(await iterator.next() == "ada")
        }
    }

    // MARK: - Cookies

    private static func cookieApp() -> App {
        let app = App(log: { _ in })
        app.get("/set") { request in
            try cookies().set("sid", "a b", httpOnly: true)
            try cookies().set("theme", "dark")
            try cookies().set("sid", "new", httpOnly: true)
            return "\(try cookies()["sid"] ?? "") \(request.cookies["sid"] ?? "none")"
        }
        app.get("/delete") {
            try cookies().delete("sid")
            return "\(try cookies().has("sid")) \(try cookies().getAll().map(\.name))"
        }
        app.get("/own") {
            try cookies().set("sid", "staged")
            try cookies().set("other", "staged")
            return Response("own", headers: ["set-cookie": "sid=own; Path=/x"])
        }
        app.get("/redirect") {
            try cookies().set("sid", "abc")
            try redirect("/")
        }
        app.get("/notfound") {
            try cookies().set("sid", "abc")
            try notFound()
        }
        app.get("/invalid") { try cookies().set("a b", "c") }
        return app
    }

    @Test(
        "Cookies that are set go with the answer and with a redirect, not with an error",
        arguments: [
            ("/set", Status.ok, ["sid=new; Path=/; HttpOnly", "theme=dark; Path=/"]),
            ("/delete", .ok, ["sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]),
            ("/own", .ok, ["sid=own; Path=/x", "other=staged; Path=/"]),
            ("/redirect", .temporaryRedirect, ["sid=abc; Path=/"]), ("/notfound", .notFound, []),
            ("/invalid", .internalServerError, []),
        ])
    func setCookies(path: String, status: Status, lines: [String]) async {
        let response = await Self.cookieApp().fetch(Request(path, headers: ["cookie": "sid=old; a=1"]))
        #expect(response.status == status)
        #expect(response.headers.getSetCookie() == lines)
    }

    @Test(
        "What was set is read at once, while the request's own cookies stay",
        arguments: [
            ("/set", "new old"), ("/delete", "false [\"a\"]"),
        ])
    func readCookies(path: String, text: String) async throws {
        let response = await Self.cookieApp().fetch(Request(path, headers: ["cookie": "sid=old; a=1"]))
        #expect(try await response.text() == text)
    }

    @Test("notFound and its sisters have no body")
    func emptyBody() async throws {
        let response = await Self.cookieApp().fetch(Request("/notfound"))
        #expect(try await response.text() == "")
    }
}
