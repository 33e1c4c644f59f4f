// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    package static func cookieApp() -> App {
        let app = app()
        staged(app)
        own(app)
        app.get("/c/reqset") { request -> JSON in
            var changed = request
            try changed.cookies.set("a", "new")
            changed.cookies.delete("b")
            return [
                "header": JSON(changed.headers["cookie"] ?? ""), "request": JSON(changed.cookies["a"] ?? ""),
                "store": JSON(try cookies()["a"] ?? ""),
            ]
        }
        app.get("/c/read") { request -> JSON in
            var object: JSON.Object = [:]
            for cookie in request.cookies { object[cookie.name] = JSON(cookie.value) }
            return JSON(object)
        }
        return app
    }

    /// Cookies of `cookies()`.
    private static func staged(_ app: App) {
        let steps: [(path: String, run: @Sendable (CookieStore) throws -> Void)] = [
            ("/c/set", { try $0.set("a", "1") }),
            ("/c/setenc", { try $0.set("n", "a b;c,d=é\"") }),
            (
                "/c/setall",
                {
                    try $0.set(
                        SetCookie(
                            "n", "v", path: "/x", domain: "ex.com", expires: 1_445_412_480_000, maxAge: .seconds(60),
                            secure: true, httpOnly: true, sameSite: .lax, partitioned: true, priority: .high))
                }
            ),
            ("/c/expnum", { try $0.set(SetCookie("n", "v", path: "/", expires: 0)) }),
            ("/c/delete", { $0.delete("a") }),
            ("/c/delobj", { $0.delete("a", path: "/x", domain: "ex.com") }),
            (
                "/c/twice",
                {
                    try $0.set("a", "1")
                    try $0.set("b", "2")
                    try $0.set("a", "3")
                }
            ),
            (
                "/c/setdelete",
                {
                    try $0.set("a", "1")
                    try $0.set("b", "2")
                    $0.delete("a")
                }
            ),
            ("/c/partitioned", { try $0.set(SetCookie("a", "b", path: "/", partitioned: true)) }),
        ]
        for (path, run) in steps {
            app.get(path) { () -> String in
                try run(try cookies())
                return "ok"
            }
        }
        app.get("/c/one") { request -> String in
            let wanted = request.nextUrl.searchParams
            try cookies().set(
                SetCookie(
                    wanted.get("name") ?? "foo", wanted.get("value") ?? "", path: wanted.get("path"),
                    domain: wanted.get("domain"),
                    maxAge: wanted.get("maxAge").flatMap { Int($0) }.map { .seconds($0) }))
            return "ok"
        }
        app.get("/c/setget") { request -> JSON in
            let store = try cookies()
            try store.set("a", "new")
            return [
                "get": JSON(store.get("a")?.value ?? ""), "has": JSON(store.has("a")),
                "req": JSON(request.cookies["a"] ?? ""), "all": JSON(store.getAll().map { JSON($0.name) }),
            ]
        }
    }

    /// Cookies of the response itself, alone and with those of `cookies()`.
    private static func own(_ app: App) {
        app.get("/c/merge") { () -> Response in
            try cookies().set("a", "fromapi")
            try cookies().set("z", "9")
            var response = Response("ok")
            try response.headers.append("set-cookie", "a=fromresponse; Path=/r")
            try response.headers.append("set-cookie", "k=1")
            return response
        }
        app.get("/c/nextresp") { () -> NextResponse in
            var response = NextResponse.json(["ok": 1])
            response.cookies.set("a", "1", httpOnly: true)
            response.cookies.set("b", "2")
            return response
        }
        app.get("/c/both") { () -> NextResponse in
            try cookies().set("api", "1")
            var response = NextResponse("ok")
            response.cookies.set("resp", "2")
            return response
        }
        app.get("/c/header") { Response("ok", headers: ["set-cookie": "token=1; HttpOnly"]) }
    }
}
