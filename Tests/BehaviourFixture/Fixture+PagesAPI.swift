// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet
import WhippetPagesAPI

extension Fixture {
    private struct Echo: Encodable {
        var body: JSON
        var type: String
        var query: NextApiQuery
        var cookies: NextApiCookies
    }

    /// API routes of Next, one for each case.
    package static func pagesAPI() -> App {
        let cache = CacheConfiguration(draftModeSecret: "0123456789abcdef0123456789abcdef")
        let app = App(environment: .production, cache: cache, log: { _ in })
        answers(app)
        bodies(app)
        paths(app)
        resolver(app)
        return app
    }

    private static func answers(_ app: App) {
        app.api("/hello") { _, res in res.status(200).json(["message": "Hello from Next.js!"]) }
        app.api("/") { _, res in res.status(200).send("Index should work") }
        app.api("/method") { req, res in res.json(["m": JSON(req.method.rawValue)]) }
        app.api("/query") { req, res in res.send(req.query) }
        app.api("/sendnull") { _, res in res.send(.null) }
        app.api("/sendobj") { _, res in res.send(["result": 1]) }
        app.api("/sendstream") { _, res in res.send(ByteStream.from([Array("ab".utf8), Array("cd".utf8)])) }
        app.api("/sendobjct") { _, res in
            res.setHeader("Content-Type", "application/problem+json")
            res.send(["a": 1])
        }
        app.api("/s204") { _, res in res.status(204).json(["hello": "world"]) }
        app.api("/end404") { _, res in res.status(404).end() }
        app.api("/redirect307") { _, res in res.redirect("/login") }
        app.api("/throw") { _, _ in throw Failure() }
        app.api("/throwstatus") { _, _ in throw StatusFailure() }
        app.api("/trycatch") { _, res in
            do { throw Failure() } catch { res.status(500).json(["error": "failed to load data"]) }
        }
        app.api("/write") { _, res in
            res.writeHead(200, ["content-type": "text/plain", "x-w": "1"])
            res.write("a")
            res.write("b")
            res.end("c")
        }
        app.api("/large") { _, res in res.send(String(repeating: ".", count: (4 << 20) + 10)) }
        app.api("/draftstatus") { req, res in
            let status: JSON = [
                "draft": req.draftMode.map { JSON($0) } ?? .null, "preview": req.preview.map { JSON($0) } ?? .null,
                "data": req.previewData,
            ]
            res.json(status)
        }
    }

    private struct StatusFailure: Error { var statusCode = 401 }

    private static func bodies(_ app: App) {
        app.api("/echo") { req, res in
            let type = req.body.stringValue == nil ? "object" : "string"
            res.json(Echo(body: req.body, type: type, query: req.query, cookies: req.cookies))
        }
        app.api("/small", config: NextApiConfig(api: .init(bodyParser: .init(sizeLimit: "1kb")))) { req, res in
            res.json(req.body)
        }
    }

    private static func paths(_ app: App) {
        app.api("/blog") { req, res in res.json([JSON(req.query.object)]) }
        app.api("/blog/[post]/comment/[id]") { req, res in res.json(req.query) }
        app.api("/post/[pid]") { req, res in res.end("Post: \(req.query.pid)") }
        app.api("/post/[...slug]") { req, res in
            let slug: [String] = req.query.slug
            res.end("Catch: \(slug.joined(separator: ", "))")
        }
        app.api("/cat/[...slug]") { req, res in res.json(req.query) }
        app.api("/opt/[[...slug]]") { req, res in res.json(req.query) }
    }

    private static func resolver(_ app: App) {
        app.api("/next-001") { _, res in res.status(200).json(["message": "Hello from Next.js!"]) }
        app.api("/next-002") { _, res in res.json(.null) }
        for id in ["005", "019", "020"] { app.api("/next-\(id)") { _, res in res.send(["a": 1]) } }
        app.api("/next-008") { _, res in
            res.setHeader("Content-Type", "text/html")
            res.send("<p>hi</p>")
        }
        app.api("/next-012") { _, res in res.send(true) }
        app.api("/next-013") { _, res in res.send(.null) }
        app.api("/next-014") { _, res in res.send() }
        app.api("/next-015") { _, res in res.send("") }
        app.api("/next-022") { _, res in res.send("é") }
        app.api("/next-027") { _, res in res.status(404).end() }
        for id in ["029", "032"] { app.api("/next-\(id)") { _, _ in throw Failure() } }
        app.api("/next-030") { _, res in
            res.setHeader("WWW-Authenticate", "Basic")
            throw NextApiError(401, "Authentication required")
        }
        app.api("/next-031") { _, _ in throw NextApiError(403) }
        for id in ["035", "036", "040"] { app.api("/next-\(id)") { req, res in res.json(req.body) } }
        app.api("/next-043") { req, res in res.json(req.cookies) }
    }
}
