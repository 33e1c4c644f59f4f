// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// What the build plugin's code declares, and what becomes of it.
struct RouteFileTests {
    private static func routes() -> Routes {
        let routes = Routes()
        routes.folder("", source: "app/not-found.swift") { folder in
            folder.export(notFound: { "nothing here" }, line: 1)
        }
        routes.file("", source: "app/route.swift") { $0.export(.GET, { "root" }, line: 1) }
        routes.file("(shop)/items/[slug]", source: "app/(shop)/items/[slug]/route.swift") { file in
            file.export(dynamic: "force-static", line: 1)
            file.export(revalidate: 60, line: 2)
            file.export(.GET, { (_: Request, context: Context) in "item \(context.params.slug)" }, line: 3)
            file.export(.DELETE, { try redirect("/") }, line: 4)
        }
        routes.folder("(shop)", source: "app/(shop)/middleware.swift") { folder in
            folder.export(matcher: "/items/a", line: 1)
            folder.export(middleware: { (_: Request) -> Response? in .next(headers: ["x-shop": "yes"]) }, line: 2)
        }
        routes.folder("admin", source: "app/admin/error.swift") { folder in
            folder.export(error: { error in Response("admin: \(error)", status: .conflict) }, line: 1)
        }
        routes.file("admin/@panel/users", source: "app/admin/@panel/users/route.swift") { file in
            file.export(.GET, { () -> Response in throw HTTPError(.conflict, "full") }, line: 1)
        }
        routes.file("%5Fown", source: "app/%5Fown/route.swift") { $0.export(.GET, { "own" }, line: 1) }
        return routes
    }

    @Test(
        "Folders become paths; groups and slots do not",
        arguments: [
            ("/", Status.ok, "root"), ("/items/tea", .ok, "item tea"),
            ("/admin/users", .conflict, "admin: HTTPError 409: full"),
            ("/_own", .ok, "own"), ("/shop/items/tea", .notFound, "nothing here"),
        ])
    func paths(path: String, status: Status, text: String) async throws {
        let response = await App(routes: Self.routes(), log: { _ in }).fetch(Request(path))
        #expect(response.status == status)
        #expect(try await response.text() == text)
    }

    @Test(
        "A folder's middleware runs for its routes, and for the paths of its matcher only",
        arguments: [
            ("/items/a", "yes"), ("/items/b", nil), ("/", nil),
        ] as [(String, String?)])
    func middleware(path: String, seen: String?) async {
        let response = await App(routes: Self.routes(), log: { _ in }).fetch(Request(path))
        #expect(response.headers["x-shop"] == seen)
    }

    @Test(
        "A value that the config may not have is an error at start with file and line",
        arguments: [
            (
                "dynamic",
                "app/route.swift:7: dynamic: \"sometimes\" is none of auto, force-dynamic, error and force-static"
            ),
            ("revalidate", "app/route.swift:7: revalidate: -1 is negative"),
            ("maxDuration", "app/route.swift:7: maxDuration: 0 is not a positive number of seconds"),
        ])
    func badValue(name: String, message: String) {
        let routes = Routes()
        routes.file("", source: "app/route.swift") { file in
            switch name {
            case "dynamic": file.export(dynamic: "sometimes", line: 7)
            case "revalidate": file.export(revalidate: -1, line: 7)
            default: file.export(maxDuration: 0, line: 7)
            }
        }
        let error = #expect(throws: RouteError.self) { try App(routes: routes, log: { _ in }).table() }
        #expect(error?.message == message)
    }

    @Test("Files of two groups that make one path are an error that names both")
    func conflict() {
        let routes = Routes()
        routes.file("(a)/about", source: "app/(a)/about/route.swift") { $0.export(.GET, { "a" }, line: 1) }
        routes.file("(b)/about", source: "app/(b)/about/route.swift") { $0.export(.GET, { "b" }, line: 1) }
        let error = #expect(throws: RouteError.self) { try App(routes: routes, log: { _ in }).table() }
        #expect(error?.message.contains("app/(a)/about/route.swift") == true)
        #expect(error?.message.contains("app/(b)/about/route.swift") == true)
    }
}
