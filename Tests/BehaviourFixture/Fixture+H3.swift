// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Whippet
package import WhippetH3

extension Fixture {
    private static let shared = Response(status: 302, headers: ["location": "/l"])

    /// An application of h3's, one handler for each case.
    package static func h3() -> H3 {
        let app = H3(log: { _ in })
        values(app)
        prepared(app)
        helpers(app)
        errors(app)
        routing(app)
        requests(app)
        origins(app)
        assets(app)
        more(app)
        return app
    }

    private static func values(_ app: H3) {
        app.get("/h3-001") { _ in ["hello": "world"] }
        app.get("/h3-003") { _ in 42 }
        app.get("/h3-007") { _ in false }
        app.get("/h3-010") { _ in "" }
        app.get("/h3-011") { _ -> String? in nil }
        app.get("/h3-012") { _ in }
        app.get("/h3-014") { _ in await Task { "value" }.value }
        app.get("/h3-016") { _ in Date(timeIntervalSince1970: 1_704_164_645) }
        app.get("/h3-024") { _ -> EventValue in .notFound }
        app.get("/h3-025") { _ -> EventValue in .handled }
        app.get("/h3-026") { _ -> [UInt8] in [104, 105] }
        app.get("/h3-029") { _ in Blob(["abc"], type: "text/html") }
        app.get("/h3-030") { _ in Blob(["abc"]) }
        app.get("/h3-032") { _ in File(["<b>"], name: "hello ❤️.html", type: "text/html") }
        app.get("/h3-033") { _ in File(["x"], name: "a\"b.txt", type: "text/plain") }
        app.get("/h3-036") { _ in Response("hi", status: 201, headers: ["x-a": "1"]) }
        app.get("/h3-038") { _ in Response(status: 204) }
        app.get("/h3-039") { _ in HTTPResponse("x", status: 418, statusText: "teapot", headers: ["x-a": "1"]) }
        app.get("/h3-044") { _ in URLSearchParams("x=%20") }
    }

    private static func prepared(_ app: H3) {
        app.get("/h3-045") { event in
            event.res.status = 201
            event.res.statusText = "Created"
            event.res.headers["x-a"] = "1"
            return "ok"
        }
        app.get("/h3-047") { event in
            event.res.headers[.contentType] = "application/vnd.api+json"
            return ["a": 1]
        }
        app.get("/h3-051") { event in
            event.res.status = 999
            return "x"
        }
        app.get("/h3-054") { event in
            event.res.statusText = "OK\r\nX-Inject: 1"
            return "x"
        }
        app.get("/h3-056") { event in
            event.res.headers.append(.setCookie, "staged=s; Path=/")
            var response = Response(status: 204)
            response.headers.append(.setCookie, "a=1; Path=/")
            response.headers.append(.setCookie, "b=2; Path=/")
            return response
        }
        app.get("/h3-057") { event in
            event.res.headers.append(.setCookie, "sid=1; Path=/")
            return Response(status: 302, headers: ["location": "/login"])
        }
        app.get("/h3-059") { event -> String in
            event.res.status = 201
            event.res.headers["x-a"] = "1"
            throw HTTPError(status: 400, message: "bad")
        }
        app.get("/h3-063") { event -> String? in
            event.res.headers["x-a"] = "1"
            return nil
        }
        app.get("/h3-064") { event in
            event.res.headers.append(.setCookie, "sid=u2; Path=/")
            return shared
        }
    }

    private static func helpers(_ app: H3) {
        app.get("/h3-068") { _ in
            let nothing: String? = nil
            return html("<i>\(nothing)\(0)</i>")
        }
        app.get("/h3-069") { redirect($0, "/next") }
        app.get("/h3-070") { redirect($0, "https://e.com", status: 301) }
        app.get("/h3-071") { redirect($0, "/a?b=\"<c>&d", status: 307) }
        app.get("/h3-078") { noContent($0) }
        app.get("/h3-080") { event in
            writeEarlyHints(event, link: ["</a.css>; rel=preload"])
            return "ok"
        }
        app.get("/h3-082") { event in try await iterable(event, texts("a", "b", "c")) }
        app.get("/h3-083") { event in
            try await iterable(
                event,
                AsyncStream {
                    event.res.status = 202
                    let isFirst = event.context["done"] == nil
                    event.context["done"] = true
                    return isFirst ? "x" : nil
                })
        }
        app.get("/h3-086") { event in
            handleCacheHeaders(event, maxAge: 60, etag: "\"x\"", modifiedTime: 1_700_000_000_000) ? "" : "body"
        }
        app.get("/h3-088") { event in
            handleCacheHeaders(event, maxAge: 60, cacheControls: ["private"]) ? "" : "body"
        }
        app.get("/h3-160") { event in
            setCookie(event, SetCookie("a", "1", domain: "a.com"))
            setCookie(event, SetCookie("a", "2", domain: "b.com"))
            return "ok"
        }
        app.get("/h3-161") { event in
            deleteCookie(event, "a", domain: "x.com")
            return "ok"
        }
        app.get("/h3-163") { JSON(parseCookies($0)) }
        app.get("/h3-165") { event in ["v": getCookie(event, "__proto__") ?? ""] }
        app.get("/h3-166") { event in
            setChunkedCookie(event, SetCookie("s", "0123456789"), chunkMaxLength: 4)
            return "ok"
        }
        app.get("/h3-167") { getChunkedCookie($0, "s") }
    }

    private static func texts(_ texts: String...) -> AsyncStream<String> {
        AsyncStream { stream in
            for text in texts { stream.yield(text) }
            stream.finish()
        }
    }

    private static func errors(_ app: H3) {
        app.get("/h3-089") { _ -> String in
            throw HTTPError(
                status: 422, statusText: "Unprocessable", data: ["test": 123], body: ["topLevel": "works"])
        }
        app.get("/h3-094") { _ -> String in throw Failure() }
        app.get("/h3-099") { _ -> String in throw Failure() }
        app.get("/h3-102") { _ -> String in
            throw HTTPError(status: 401, message: "auth", headers: ["www-authenticate": "Basic"])
        }
        app.get("/h3-105") { _ -> String in
            throw HTTPError(status: 500, message: "secret", data: ["a": 1], body: ["b": 2], unhandled: true)
        }
        hooked(app, "/h3-107", H3Configuration(onError: { error, _ in EventValue(["handled": error.message]) })) {
            throw HTTPError(status: 400, message: "x")
        }
        hooked(app, "/h3-108", H3Configuration(onError: { _, _ in .nothing })) {
            throw HTTPError(status: 400, message: "x")
        }
        hooked(app, "/h3-110", H3Configuration(onError: { _, _ in throw Failure() })) {
            throw HTTPError(status: 400, message: "x")
        }
        hooked(app, "/h3-111", H3Configuration(onResponse: { _, _ in throw Failure() })) { "ok" }
    }

    /// Declares the only handler of an application with hooks.
    private static func hooked(
        _ app: H3, _ path: String, _ configuration: H3Configuration,
        _ handler: @escaping @Sendable () async throws -> String
    ) {
        let other = H3(configuration, log: { _ in })
        other.get(path) { _ in try await handler() }
        app.get(path) { event in await other.fetch(event.req) }
    }

    private static func routing(_ app: H3) {
        app.get("/u/:id") { getRouterParam($0, "id") }
        app.get("/w/**") { event -> JSON in
            let params = JSON(getRouterParams(event))
            return params["_"].stringValue == nil ? ["p": ["_": ""]] : params
        }
        app.get("/t/") { _ in "t" }
        app.get("/admin") { event in "\(event.url.pathname)|\(event.req.url.pathname)" }
        app.get("/h") { _ in ["h": 1] }
        app.head("/own-head") { event in event.res.headers["x-head"] = "1" }
        app.all("/any") { event in event.req.method.rawValue }
        app.get("/a/:x/b/:y") { JSON(getRouterParams($0)) }
        app.get("/n/:id(\\d+)") { JSON(getRouterParams($0)) }
        app.use("/h3-147") { _ in "early" }
        app.get("/h3-147") { _ in "late" }
        app.use("/api/**") { event in event.res.headers["x-m"] = "1" }
        app.get("/api/z") { _ in "r" }
        app.use(
            "/h3-154",
            onResponse { response, _ in Response("replaced:\(response.status.rawValue)", status: 299) })
        app.get("/h3-154") { _ in "original" }
    }

    private static func requests(_ app: H3) {
        app.get("/h3-192") { JSON(getQuery($0)) }
        for path in ["/h3-193", "/h3-194", "/h3-195"] { app.post(path) { try await readBody($0) } }
    }
}
