// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    private struct Search: Codable, Sendable {
        var name: String
        var email: String
    }

    /// Declares one route file.
    private static func file(_ routes: Routes, _ folder: String, _ export: (inout RouteFile) -> Void) {
        routes.file(folder, source: "app/\(folder)/route.swift", export)
    }

    /// The examples of Next's documentation, as the route files that the build plugin would declare.
    package static func checklist() -> App {
        let routes = Routes()
        handlers(routes)
        request(routes)
        contents(routes)
        segments(routes)
        service(routes)
        return app(routes: routes)
    }

    private static func handlers(_ routes: Routes) {
        file(routes, "api") { $0.export(.GET, { (_: Request) in Response("custom") }, line: 1) }
        file(routes, "api/hello") { file in
            file.export(.GET, { Response.json(["message": "Hello from Next.js!"]) }, line: 1)
        }
        file(routes, "api/empty") { $0.export(.GET, { (_: Request) in }, line: 1) }
        file(routes, "a/b/c/d") { $0.export(.GET, { "nested" }, line: 1) }
        file(routes, "verbs") { file in
            for method: HTTPMethod in [.GET, .HEAD, .POST, .PUT, .PATCH, .DELETE, .OPTIONS] {
                file.export(
                    method, { (_: Request) in Response(method.rawValue, headers: ["x-verb": "\(method)"]) }, line: 1)
            }
        }
        file(routes, "next") { file in
            file.export(
                .GET,
                { (request: NextRequest) -> NextResponse in .json(["pathname": JSON(request.nextUrl.pathname)]) },
                line: 1)
        }
        file(routes, "away") { $0.export(.GET, { () -> Response in try redirect("https://nextjs.org/") }, line: 1) }
        file(routes, "rss.xml") { file in
            file.export(
                .GET,
                {
                    Response(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><rss version=\"2.0\"></rss>",
                        headers: ["content-type": "text/xml"])
                }, line: 1)
        }
        file(routes, "cors") { file in
            let fields: Headers = [
                "access-control-allow-origin": "*",
                "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
                "access-control-allow-headers": "Content-Type, Authorization",
            ]
            file.export(.GET, { Response("Hello, Next.js!", headers: fields) }, line: 1)
        }
        routes.folder("many", source: "app/many/middleware.swift") { folder in
            folder.export(cors: CORS(origins: ["https://a.example"]), line: 1)
        }
        file(routes, "many/one") { $0.export(.GET, { "one" }, line: 1) }
    }

    private static func request(_ routes: Routes) {
        @Sendable func token() throws -> String { try cookies()["token"] ?? "" }
        file(routes, "token") { file in
            file.export(
                .GET,
                { () -> Response in
                    Response("Hello, Next.js!", headers: try Headers(["set-cookie": "token=\(token())"]))
                }, line: 1)
        }
        file(routes, "token/set") { file in
            file.export(
                .GET,
                { () -> String in
                    try cookies().set("token", "new")
                    return "set"
                }, line: 1)
        }
        file(routes, "token/request") { file in
            file.export(.GET, { (request: Request) -> String in request.cookies["token"] ?? "" }, line: 1)
        }
        file(routes, "referer") { file in
            file.export(
                .GET,
                { () -> Response in
                    let referer = try headers()["referer"] ?? ""
                    return Response("Hello, Next.js!", headers: try Headers(["referer": referer]))
                }, line: 1)
        }
        file(routes, "headers/copy") { file in
            file.export(
                .GET,
                { (request: Request) -> String in
                    var copy = Headers(request.headers)
                    copy["x-b"] = "2"
                    return "\(copy["x-a"] ?? "") and \(request.headers["x-b"] ?? "nothing")"
                }, line: 1)
        }
        file(routes, "api/search") { file in
            file.export(
                .GET, { (request: Request) -> String in request.nextUrl.searchParams.get("query") ?? "" }, line: 1)
        }
    }

    private static func contents(_ routes: Routes) {
        file(routes, "chat") { file in
            file.export(
                .POST,
                { (request: Request) -> Response in
                    let words: JSON = try await request.json()
                    let chunks = (words["messages"].arrayValue ?? []).compactMap(\.stringValue)
                    return Response(Body(ReadableStream.from(chunks.map { Array($0.utf8) })))
                }, line: 1)
        }
        file(routes, "stream") { file in
            file.export(
                .GET,
                {
                    Response(
                        AsyncStream<[UInt8]> { stream in
                            for word in ["One", "Two", "Three"] { stream.yield(Array("<p>\(word)</p>".utf8)) }
                            stream.finish()
                        })
                }, line: 1)
        }
        file(routes, "echo") { file in
            file.export(
                .POST,
                { (request: Request) -> Response in
                    let res: JSON = try await request.json()
                    return Response.json(["res": res])
                }, line: 1)
        }
        file(routes, "form") { file in
            file.export(.POST, { (request: Request) -> Search in try await request.formData(as: Search.self) }, line: 1)
        }
        file(routes, "webhook") { file in
            file.export(
                .POST,
                { (request: Request) -> Response in
                    let text = try await request.text()
                    guard text.hasPrefix("{") else { return Response("Webhook error: \(text)", status: .badRequest) }
                    return Response("Success!")
                }, line: 1)
        }
    }

    private static func segments(_ routes: Routes) {
        for folder in ["items", "blog"] {
            file(routes, "\(folder)/[slug]") { file in
                file.export(
                    .GET, { (_: Request, context: Context) -> JSON in ["slug": JSON(context.params.slug)] }, line: 1)
            }
        }
        file(routes, "shop/[...slug]") { file in
            file.export(
                .GET,
                { (_: Request, context: Context) -> JSON in
                    let slug: [String] = context.params.slug
                    return ["slug": JSON(slug.map { JSON($0) })]
                }, line: 1)
        }
        file(routes, "store/[[...slug]]") { file in
            file.export(
                .GET,
                { (_: Request, context: Context) -> JSON in
                    let slug: [String]? = context.params.slug
                    guard let slug else { return [:] }
                    return ["slug": JSON(slug.map { JSON($0) })]
                }, line: 1)
        }
        file(routes, "c/[categoryId]/i/[itemId]") { file in
            file.export(
                .GET,
                { (_: Request, context: Context) -> JSON in
                    ["categoryId": JSON(context.params.categoryId), "itemId": JSON(context.params.itemId)]
                }, line: 1)
        }
        file(routes, "(shop)/account") { $0.export(.GET, { "account" }, line: 1) }
        file(routes, "@analytics/views") { $0.export(.GET, { "views" }, line: 1) }
    }

    /// The example service, and errors.
    private static func service(_ routes: Routes) {
        file(routes, "(api)/search/places") { file in
            file.export(
                .GET,
                { (request: Request) -> Response in
                    guard let query = request.nextUrl.searchParams.get("query") else {
                        return Response.json(["error": "Missing required parameters"], status: .badRequest)
                    }
                    do {
                        if query == "fail" { throw Failure() }
                        return Response.json(["results": [JSON(query)]])
                    } catch {
                        return Response.json(["error": "Failed to fetch results"], status: .internalServerError)
                    }
                }, line: 1)
        }
        file(routes, "posts") { file in
            file.export(
                .POST,
                { (request: Request) -> Response in
                    let post: JSON = try await request.json()
                    guard post["title"].stringValue != nil else {
                        return Response.json(["error": "title is missing"], status: .unprocessableContent)
                    }
                    return Response(status: .created)
                }, line: 1)
        }
        file(routes, "article") { file in
            file.export(
                .GET,
                { (request: Request) -> Response in
                    switch request.nextUrl.searchParams.get("source") {
                    case "down": return Response("There was an error.", status: .badGateway)
                    case "moved": try redirect("/articles")
                    default: return Response("article")
                    }
                }, line: 1)
        }
        routes.folder("dashboard", source: "app/dashboard/error.swift") { folder in
            folder.export(
                error: { (_: any Error) in Response("dashboard", status: .internalServerError) }, line: 1)
        }
        routes.folder("dashboard/inner", source: "app/dashboard/inner/error.swift") { folder in
            folder.export(error: { (error: any Error) -> Response in throw error }, line: 1)
        }
        routes.folder("dashboard/closed", source: "app/dashboard/closed/error.swift") { folder in
            folder.export(error: { (_: any Error) in Response("closed", status: .internalServerError) }, line: 1)
        }
        for folder in ["dashboard", "dashboard/inner", "dashboard/closed", ""] {
            file(routes, folder.isEmpty ? "broken" : "\(folder)/broken") { file in
                file.export(.GET, { () -> Response in throw Failure() }, line: 1)
            }
        }
    }
}
