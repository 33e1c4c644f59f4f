// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// Who answers for an error: the nearest handler, then outwards, then the host.
struct ErrorHandlerTests {
    struct Broken: Error {}

    private static func app() -> App {
        let app = App(log: { _ in })
        app.onError { error, _, _ in Response("app: \(error)", status: .internalServerError) }
        app.notFound { request, _ in Response("app has no \(request.url.pathname)", status: .notFound) }
        app.get("/fails") { () -> String in throw Broken() }
        app.group("/shop") { shop in
            shop.onError { error, _, context in
                guard error is Broken else { throw error }
                return Response("shop: \(context.route)", status: .badGateway)
            }
            shop.notFound { _, _ in Response("not in the shop", status: .notFound) }
            shop.get("/fails") { () -> String in throw Broken() }
            shop.get("/conflict") { () -> String in throw HTTPError(.conflict, "sold") }
            shop.get("/gone") { () -> String in try notFound() }
            shop.group("/inner") { inner in
                inner.get("/fails") { () -> String in throw Broken() }
            }
        }
        return app
    }

    @Test(
        "The nearest handler answers, and what it throws goes outwards",
        arguments: [
            ("/fails", Status.internalServerError, "app: Broken()"),
            ("/shop/fails", .badGateway, "shop: /shop/fails"),
            ("/shop/inner/fails", .badGateway, "shop: /shop/inner/fails"),
            ("/shop/conflict", .internalServerError, "app: HTTPError 409: sold"),
        ])
    func nearest(path: String, status: Status, text: String) async throws {
        let response = await Self.app().fetch(Request(path))
        #expect(response.status == status)
        #expect(try await response.text() == text)
    }

    @Test(
        "A path that is nowhere is answered by the nearest folder that has an answer",
        arguments: [
            ("/nowhere", "app has no /nowhere"), ("/shop/nowhere", "not in the shop"),
            ("/shop/inner/nowhere", "not in the shop"), ("/shop/gone", "not in the shop"),
            ("/shopping", "app has no /shopping"),
        ])
    func notFoundHandlers(path: String, text: String) async throws {
        let response = await Self.app().fetch(Request(path))
        #expect(response.status == .notFound)
        #expect(try await response.text() == text)
    }

    @Test("A redirect is no error: no error handler sees it")
    func redirection() async {
        let app = Self.app()
        app.get("/away") { try redirect("/elsewhere") }
        let response = await app.fetch(Request("/away"))
        #expect(response.status == .temporaryRedirect)
        #expect(response.headers["location"] == "/elsewhere")
    }

    @Test("EH-06: who wants to know of errors is told each one once, whoever answers for it")
    func reported() async throws {
        let told = Locked<[String]>([])
        let app = App(
            instrumentation: Instrumentation(onRequestError: { error, request, context in
                told.withLock { $0.append("\(context.route): \(error)") }
            }), log: { _ in })
        app.onError { _, _, _ in Response("sorry", status: .internalServerError) }
        app.group("/inner") { inner in
            // Leaves it to the one outside.
            inner.onError { error, _, _ in throw error }
            inner.get("/fails") { () -> String in throw Broken() }
        }
        let text = try await app.fetch(Request("/inner/fails")).text()
        #expect(text == "sorry")
        #expect(told.withLock { $0 } == ["/inner/fails: Broken()"])
    }

    @Test("EH-07: what has failed once works when it is tried again", arguments: [SegmentConfig(), .forceStatic])
    func again(config: SegmentConfig) async throws {
        let app = App(log: { _ in })
        let isBroken = Locked(true)
        app.onError { _, _, _ in Response("try again", status: .internalServerError) }
        app.get("/", config: config) { () -> String in
            if isBroken.withLock({ $0 }) { throw Broken() }
            return "fine"
        }
        for _ in 0..<2 {
            let text = try await app.fetch(Request("/")).text()
            #expect(text == "try again")
        }
        isBroken.withLock { $0 = false }
        let text = try await app.fetch(Request("/")).text()
        #expect(text == "fine")
    }

    // MARK: - The host's own answer

    @Test(
        "An HTTPError is plain text, or problem details where the client names JSON",
        arguments: [
            (nil, false), ("*/*", false), ("text/html, application/*;q=0.9", false), ("application/json", true),
            ("application/problem+json", true), ("text/html;q=0.5, application/json", true),
            ("application/json;q=0", false),
        ] as [(String?, Bool)])
    func problemDetails(accept: String?, isProblem: Bool) async throws {
        let app = App(log: { _ in })
        app.get("/") { () -> String in throw HTTPError(.conflict, "It is sold.", headers: ["x-why": "sold"]) }
        let response = await app.fetch(Request("/", headers: accept.map { ["accept": $0] } ?? [:]))
        #expect(response.status == .conflict)
        #expect(response.headers["x-why"] == "sold")
        if isProblem {
            #expect(response.headers["content-type"] == "application/problem+json")
            let problem = try await response.json()
            #expect(problem == ["type": "about:blank", "title": "Conflict", "status": 409, "detail": "It is sold."])
        } else {
            #expect(response.headers["content-type"] == "text/plain;charset=UTF-8")
            #expect(try await response.text() == "It is sold.\n")
        }
    }

    @Test("Problem details of an error without a message have no detail")
    func problemWithoutDetail() async throws {
        let app = App(log: { _ in })
        app.get("/") { try forbidden() }
        let problem = try await app.fetch(Request("/", headers: ["accept": "application/json"])).json()
        #expect(problem == ["type": "about:blank", "title": "Forbidden", "status": 403])
    }

    @Test(
        "An unexpected error is shown to the client in development only",
        arguments: [
            (RuntimeEnvironment.development, "Broken()\n"), (.production, ""),
        ])
    func cause(environment: RuntimeEnvironment, text: String) async throws {
        let app = App(environment: environment, log: { _ in })
        app.get("/") { () -> String in throw Broken() }
        let response = await app.fetch(Request("/"))
        #expect(response.status == .internalServerError)
        #expect(try await response.text() == text)
    }
}
