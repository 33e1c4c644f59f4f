// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// Routes that can't be served: the error names the rule and both places.
struct RouteErrorTests {
    private static func nothing(_ request: Request, _ context: Context) async throws -> Response { Response() }

    @Test("Two routes of one path are an error that names both places")
    func samePath() {
        let app = App(log: { _ in })
        app.route("/items/[slug]", GET: Self.nothing)
        let first = #line - 1
        app.route("/items/[slug]", POST: Self.nothing)
        let second = #line - 1
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("/items/[slug]") == true)
        #expect(error?.message.contains("RouteErrorTests.swift:\(first)") == true)
        #expect(error?.message.contains("RouteErrorTests.swift:\(second)") == true)
    }

    @Test(
        "A malformed pattern is an error that names its place", arguments: ["items", "/[a", "/[...a]/b", "/a/", "/[]"])
    func malformed(_ path: String) {
        let app = App(log: { _ in })
        app.route(path, GET: Self.nothing)
        let line = #line - 1
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("\"\(path)\"") == true)
        #expect(error?.message.contains("RouteErrorTests.swift:\(line)") == true)
    }

    @Test("A method that no route may handle is an error")
    func connect() {
        let app = App(log: { _ in })
        app.route("/", other: [.CONNECT: Self.nothing])
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.hasSuffix("CONNECT can't be handled by a route") == true)
    }

    @Test("An application with a conflict answers 500 and says why in its log")
    func fetchWithConflict() async {
        let log = LogRecorder()
        let app = App(log: log.write)
        app.route("/a", GET: Self.nothing)
        app.route("/a", GET: Self.nothing)
        let response = await app.fetch(Request("http://localhost/a"))
        #expect(response.status == .internalServerError)
        #expect(log.lines.count == 1)
    }

    @Test("A route declared after the first request is a mistake of the program")
    func lateRoute() async {
        await #expect(processExitsWith: .failure) {
            let app = App(log: { _ in })
            app.route("/a", GET: { _, _ in Response() })
            _ = await app.fetch(Request("http://localhost/a"))
            app.route("/b", GET: { _, _ in Response() })
        }
    }
}
