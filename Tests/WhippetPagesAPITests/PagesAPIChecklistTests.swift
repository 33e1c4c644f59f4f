// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import Whippet
import WhippetPagesAPI

/// What Next's pages on API routes promise, by the numbers of the checklist.
struct PagesAPIChecklistTests {
    private struct Failure: Error {}
    private struct ResponseData: Encodable, Sendable {
        var message: String
    }

    private func ask(
        _ app: App, _ path: String, _ method: HTTPMethod = .GET, headers: Headers = [:], body: String? = nil
    ) async throws -> (response: Response, text: String) {
        let response = await app.fetch(Request(path, method: method, headers: headers, body: body))
        return (response, try await response.text())
    }

    @Test("AR-01, AR-02, AR-16, AR-17, AR-21: a handler answers below /api with a status and JSON")
    func hello() async throws {
        let app = App()
        app.api("/hello") { req, res in res.status(200).json(["message": "Hello from Next.js!"]) }
        let (response, text) = try await ask(app, "/api/hello")
        #expect(response.status == 200)
        #expect(text == #"{"message":"Hello from Next.js!"}"#)
    }

    @Test("AR-03: no other origin is allowed unless the application says so")
    func origins() async throws {
        let app = App()
        app.api("/own") { _, res in res.end("own") }
        app.group("", cors: CORS()) { open in open.api("/open") { _, res in res.end("open") } }
        let own = try await ask(app, "/api/own", headers: ["origin": "https://example.com"])
        #expect(own.response.headers[.accessControlAllowOrigin] == nil)
        let open = try await ask(app, "/api/open", headers: ["origin": "https://example.com"])
        #expect(open.response.headers[.accessControlAllowOrigin] == "*")
        let preflight = try await ask(
            app, "/api/open", .OPTIONS,
            headers: ["origin": "https://example.com", "access-control-request-method": "PATCH"])
        #expect(preflight.response.status == 204)
        #expect(preflight.response.headers[.accessControlAllowMethods] == "PATCH")
    }

    @Test("AR-06: a handler tells methods apart itself", arguments: [HTTPMethod.POST, .OPTIONS, "PROPFIND"])
    func methods(_ method: HTTPMethod) async throws {
        let app = App()
        app.api("/method") { req, res in req.method == .GET ? res.end("get") : res.end("other \(req.method)") }
        #expect(try await ask(app, "/api/method").text == "get")
        #expect(try await ask(app, "/api/method", method).text == "other \(method)")
    }

    @Test("AR-07, AR-08: cookies and query are empty objects when there are none")
    func empty() async throws {
        let app = App()
        app.api("/") { req, res in res.json(["cookies": req.cookies["a"] ?? "none", "query": req.query["a"] ?? "none"])
        }
        app.api("/objects") { req, res in res.json([Objects(cookies: req.cookies, query: req.query)]) }
        #expect(try await ask(app, "/api/objects").text == #"[{"cookies":{},"query":{}}]"#)
    }

    private struct Objects: Encodable {
        var cookies: NextApiCookies
        var query: NextApiQuery
    }

    @Test(
        "AR-09: bodies are read by their type",
        arguments: [
            ("application/json", "[1]", "[1]"), ("application/json", "", "{}"),
            ("application/ld+json; charset=utf-8", "{\"a\":1}", "{\"a\":1}"),
            ("application/x-www-form-urlencoded", "a=1&b=x+y&a=2", #"{"a":["1","2"],"b":"x y"}"#),
            ("text/plain", "tea", "\"tea\""), ("application/octet-stream", "tea", "\"tea\""),
            ("application/json;", "[1]", "\"[1]\""),
        ])
    func parsed(_ type: String, _ body: String, _ expected: String) async throws {
        let app = App()
        app.api("/echo") { req, res in res.json(req.body) }
        #expect(try await ask(app, "/api/echo", .POST, headers: ["content-type": type], body: body).text == expected)
    }

    @Test("AR-09: a body in another charset is read by it, in none that is known refused")
    func charset() async throws {
        let app = App()
        app.api("/echo") { req, res in res.json(req.body) }
        let latin = await app.fetch(
            Request(
                "/api/echo", method: .POST, headers: ["content-type": "text/plain; charset=iso-8859-1"],
                body: [0xE9] as [UInt8]))
        #expect(try await latin.text() == "\"é\"")
        let unknown = try await ask(
            app, "/api/echo", .POST, headers: ["content-type": "text/plain; charset=klingon"], body: "x")
        #expect(unknown.response.status == 400)
        #expect(unknown.text == "Invalid body")
    }

    @Test("AR-10: a body of 1 MiB passes, one byte more is refused")
    func defaultLimit() async throws {
        let app = App()
        app.api("/length") { req, res in res.end("\(req.bytes.count)") }
        let most = String(repeating: "x", count: 1 << 20)
        #expect(try await ask(app, "/api/length", .POST, body: most).text == "1048576")
        let (response, text) = try await ask(app, "/api/length", .POST, body: most + "x")
        #expect(response.status == 413)
        #expect(response.statusText == "Body exceeded 1mb limit")
        #expect(text == "Body exceeded 1mb limit")
    }

    @Test("AR-11: without a body parser the body is a stream, as it came")
    func raw() async throws {
        let app = App()
        app.api("/webhook", config: NextApiConfig(api: .init(bodyParser: false))) { req, res in
            var bytes: [UInt8] = []
            for try await chunk in try #require(req.stream) { bytes += chunk }
            res.json([req.body.isNull ? "null" : "body", String(decoding: bytes, as: UTF8.self)])
        }
        let (_, text) = try await ask(
            app, "/api/webhook", .POST, headers: ["content-type": "application/json"], body: "{ \"a\": 1 }")
        #expect(text == #"["null","{ \"a\": 1 }"]"#)
    }

    @Test(
        "AR-12: a limit may be written in any form of bytes",
        arguments: [
            ("1mb", 1 << 20), ("1MB", 1 << 20), ("500kb", 512_000), ("1 tb", 1 << 40), ("1.5kb", 1536), ("1024", 1024),
            ("1mb extra", 1), ("0.5gb", 1 << 29), ("2pb", 2 << 50), ("12b", 12), ("+1kb", 1024),
        ])
    func sizes(_ text: String, _ bytes: Int) {
        #expect(ByteLimit(text).bytes == bytes)
    }

    @Test(
        "AR-12: a limit that is none is an error at start", arguments: ["", "much", "kb", "-1kb", "99999999999999pb"])
    func malformedSize(_ text: String) {
        let app = App()
        app.api("/x", config: NextApiConfig(api: .init(bodyParser: .init(sizeLimit: ByteLimit(text))))) { _, res in
            res.end()
        }
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("bodyParser.sizeLimit: \"\(text)\" is no number of bytes") == true)
    }

    @Test("AR-13: a handler that does not answer is warned of, unless another answers")
    func unresolved() async throws {
        let log = Lines()
        let app = App(log: log.add)
        app.api("/silent") { _, _ in }
        app.api("/elsewhere", config: NextApiConfig(api: .init(externalResolver: true))) { _, _ in }
        #expect(try await ask(app, "/api/silent").response.status == 500)
        #expect(log.all == ["API resolved without sending a response for /api/silent"])
        #expect(try await ask(app, "/api/elsewhere").response.status == 200)
        #expect(log.all.count == 1)
    }

    @Test("AR-14: a large response is warned of and sent")
    func large() async throws {
        let log = Lines()
        let app = App(log: log.add)
        app.api("/default") { _, res in res.send([UInt8](repeating: 46, count: 4 << 20)) }
        app.api("/never", config: NextApiConfig(api: .init(responseLimit: false))) { _, res in
            res.send([UInt8](repeating: 46, count: 4 << 20))
        }
        app.api("/small", config: NextApiConfig(api: .init(responseLimit: "1kb"))) { _, res in
            res.send([UInt8](repeating: 46, count: 1024))
        }
        #expect(try await ask(app, "/api/default").text.utf8.count == 4 << 20)
        #expect(try await ask(app, "/api/never").response.status == 200)
        #expect(try await ask(app, "/api/small").response.status == 200)
        #expect(
            log.all == ["API response for /api/default exceeds 4MB.", "API response for /api/small exceeds 1kb."])
    }

    @Test("AR-15: a handler that takes longer than maxDuration is answered for")
    func duration() async throws {
        let app = App(clock: ImmediateClock())
        app.api("/slow", config: NextApiConfig(maxDuration: 5)) { _, res in
            try await Task.sleep(for: .seconds(3600))
            res.end("late")
        }
        #expect(try await ask(app, "/api/slow").response.status == 504)
    }

    @Test("AR-16: a status that is none makes a 500", arguments: [Status(99), 700, 999])
    func invalidStatus(_ status: Status) async throws {
        let app = App(log: { _ in })
        app.api("/x") { _, res in res.status(status).end("x") }
        #expect(try await ask(app, "/api/x").response.status == 500)
    }

    @Test("AR-18: text has no type, bytes and streams are octets, objects are JSON")
    func send() async throws {
        let app = App()
        app.api("/text") { _, res in res.send("text") }
        app.api("/bytes") { _, res in res.send([104, 105] as [UInt8]) }
        app.api("/object") { _, res in res.send(ResponseData(message: "m")) }
        #expect(try await ask(app, "/api/text").response.headers[.contentType] == nil)
        #expect(try await ask(app, "/api/bytes").response.headers[.contentType] == "application/octet-stream")
        #expect(try await ask(app, "/api/object").text == #"{"message":"m"}"#)
    }

    @Test("AR-19, NE-01: redirect sends 307, or the status that is given, and the URL as body")
    func redirects() async throws {
        let app = App()
        app.api("/default") { _, res in res.redirect("/login") }
        app.api("/other") { _, res in res.redirect(301, "/töö") }
        let (response, text) = try await ask(app, "/api/default")
        #expect(response.status == 307)
        #expect(response.headers[.location] == "/login")
        #expect(text == "/login")
        let other = try await ask(app, "/api/other").response
        #expect(other.status == 301)
        #expect(other.headers[.location] == "/t%C3%B6%C3%B6")
    }

    @Test("AR-19: a URL that would break the header makes a 500")
    func brokenRedirect() async throws {
        let app = App(log: { _ in })
        app.api("/bad") { _, res in res.redirect("/a\r\nset-cookie: x=1") }
        let (response, _) = try await ask(app, "/api/bad")
        #expect(response.headers.getSetCookie() == [])
    }

    @Test("AR-20: a kept answer is made anew when an API route says so")
    func revalidate() async throws {
        let count = Atomic(0)
        let app = App()
        app.get("/kept", config: .forceStatic) { "\(count.add(1, ordering: .relaxed).newValue)" }
        app.api("/revalidate") { req, res in
            try await res.revalidate(req.query["path"] ?? "")
            res.json(["revalidated": true])
        }
        #expect(try await ask(app, "/kept").text == "1")
        #expect(try await ask(app, "/kept").text == "1")
        #expect(try await ask(app, "/api/revalidate?path=/kept").text == #"{"revalidated":true}"#)
        #expect(try await ask(app, "/kept").text == "2")
    }

    @Test("AR-20: what is no path is an error")
    func revalidateNoPath() async throws {
        let app = App(log: { _ in })
        app.api("/revalidate") { _, res in try await res.revalidate("kept") }
        #expect(try await ask(app, "/api/revalidate").response.status == 500)
    }

    @Test("The draft mode is turned on and off, and its data comes back")
    func draft() async throws {
        let app = App()
        app.api("/on") { _, res in try res.setPreviewData(["post": 7]).end("on") }
        app.api("/off") { _, res in try res.clearDraftMode().end("off") }
        app.api("/status") { req, res in
            let status: JSON = [
                "draft": req.draftMode.map { JSON($0) } ?? .null, "preview": req.preview.map { JSON($0) } ?? .null,
                "data": req.previewData,
            ]
            res.json(status)
        }
        #expect(try await ask(app, "/api/status").text == #"{"draft":null,"preview":null,"data":false}"#)
        let set = try await ask(app, "/api/on").response.headers.getSetCookie()
        #expect(set.count == 2)
        let pairs = set.compactMap { $0.split(separator: ";").first.map(String.init) }
        let on = try await ask(app, "/api/status", headers: ["cookie": pairs.joined(separator: "; ")])
        #expect(on.text == #"{"draft":true,"preview":true,"data":{"post":7}}"#)
        let bypass = pairs.filter { $0.hasPrefix("__prerender_bypass") }.joined()
        #expect(
            try await ask(app, "/api/status", headers: ["cookie": bypass]).text
                == #"{"draft":true,"preview":true,"data":{}}"#)
        let forged = bypass + "; __next_preview_data=%7B%22post%22%3A8%7D.AAAA"
        #expect(
            try await ask(app, "/api/status", headers: ["cookie": forged]).text
                == #"{"draft":true,"preview":true,"data":{}}"#)
        let off = try await ask(app, "/api/off").response.headers.getSetCookie()
        #expect(off.count == 2)
        #expect(off.allSatisfy { $0.contains("Expires=Thu, 01 Jan 1970") })
    }

    @Test("AR-22, AR-23: what is caught is answered with 500 and JSON")
    func caught() async throws {
        let app = App()
        app.api("/data") { _, res in
            do {
                throw Failure()
            } catch {
                res.status(500).json(["error": "failed to load data"])
            }
        }
        let (response, text) = try await ask(app, "/api/data")
        #expect(response.status == 500)
        #expect(text == #"{"error":"failed to load data"}"#)
    }

    @Test("AR-24: a form is read, and the client sent elsewhere")
    func form() async throws {
        struct Form: Decodable {
            var name: String
            var message: String
        }
        let app = App()
        app.api("/form") { req, res in
            do {
                let form = try req.body(as: Form.self)
                res.setHeader("x-name", form.name)
                res.redirect(307, "/")
            } catch {
                res.status(500).send(["error": "failed to fetch data"])
            }
        }
        let headers: Headers = [.contentType: "application/x-www-form-urlencoded"]
        let (response, _) = try await ask(app, "/api/form", .POST, headers: headers, body: "name=Ada&message=hi")
        #expect(response.status == 307)
        #expect(response.headers["x-name"] == "Ada")
        #expect(try await ask(app, "/api/form", .POST, headers: headers, body: "name=Ada").response.status == 500)
    }

    @Test("AR-25: a response can have one type of data, a body be decoded as a type")
    func typed() async throws {
        let app = App()
        app.api("/typed") { (req: NextApiRequest, res: NextApiResponse<ResponseData>) in
            res.status(200).json(ResponseData(message: try req.body(as: [String: String].self)["m"] ?? ""))
        }
        let headers: Headers = [.contentType: "application/json"]
        #expect(
            try await ask(app, "/api/typed", .POST, headers: headers, body: #"{"m":"x"}"#).text == #"{"message":"x"}"#)
        #expect(try await ask(app, "/api/typed", .POST, headers: headers, body: "[1]").response.status == 400)
    }

    private func dynamic() -> App {
        let app = App()
        app.api("/post/create") { _, res in res.end("create") }
        app.api("/post/[pid]") { req, res in res.end("Post: \(req.query.pid)") }
        app.api("/post/[...slug]") { req, res in
            let slug: [String] = req.query.slug
            res.end("Post: \(slug.joined(separator: ", "))")
        }
        app.api("/opt/[[...slug]]") { req, res in res.json(req.query) }
        return app
    }

    @Test(
        "AR-26, AR-27, AR-29, AR-30: dynamic segments, catch-alls, and which wins",
        arguments: [
            ("/api/post/create", "create"), ("/api/post/abc", "Post: abc"), ("/api/post/1/2", "Post: 1, 2"),
            ("/api/post/a/b/c", "Post: a, b, c"), ("/api/opt", "{}"), ("/api/opt/a", #"{"slug":["a"]}"#),
            ("/api/opt/a/b", #"{"slug":["a","b"]}"#),
        ])
    func paths(_ path: String, _ expected: String) async throws {
        #expect(try await ask(dynamic(), path).text == expected)
    }

    @Test("AR-28: a path's parameters win over the query, and names that repeat are arrays")
    func query() async throws {
        let app = App()
        app.api("/[id]") { req, res in res.json(req.query) }
        #expect(try await ask(app, "/api/7?id=9&a=1&a=2").text == #"{"id":"7","a":["1","2"]}"#)
    }

    @Test("AR-32: headers are set, appended, read and removed; the body written piece by piece")
    func node() async throws {
        let app = App()
        app.api("/node") { _, res in
            res.setHeader("x-a", "1").appendHeader("x-a", "2").setHeader("x-b", "1").removeHeader("x-b")
            res.setHeader("set-cookie", ["a=1", "b=2"])
            res.write(res.getHeader("x-a") ?? "")
            res.write("|")
            res.end("\(res.hasHeader("x-b"))")
        }
        let (response, text) = try await ask(app, "/api/node")
        #expect(response.headers.getSetCookie() == ["a=1", "b=2"])
        #expect(text == "1, 2|false")
    }

    @Test("AR-32: what comes after the end is left out and logged")
    func afterEnd() async throws {
        let log = Lines()
        let app = App(log: log.add)
        app.api("/twice") { _, res in
            res.status(201).end("first")
            res.status(500).json(["second": true])
        }
        let (response, text) = try await ask(app, "/api/twice")
        #expect(response.status == 201)
        #expect(text == "first")
        #expect(
            log.all == [
                "/api/twice: res.status: the answer has been sent already",
                "/api/twice: res.json: the answer has been sent already",
            ])
    }

    @Test("NE-02, NE-03, NE-04: an error has its status, its message or the usual one, and the headers set before")
    func errors() async throws {
        let app = App()
        app.api("/message") { _, res in
            res.setHeader("WWW-Authenticate", "Basic")
            throw NextApiError(401, "Authentication required")
        }
        app.api("/usual") { _, _ in throw NextApiError(403) }
        let (response, text) = try await ask(app, "/api/message")
        #expect(response.status == 401)
        #expect(response.statusText == "Authentication required")
        #expect(response.headers["www-authenticate"] == "Basic")
        #expect(text == "Authentication required")
        #expect(try await ask(app, "/api/usual").text == "Forbidden")
    }

    @Test("NE-02: a message does not break the status line")
    func sanitized() async throws {
        let app = App()
        app.api("/bad") { _, _ in throw NextApiError(400, "a\r\nx-b: é") }
        #expect(try await ask(app, "/api/bad").response.statusText == "ax-b: ")
    }

    @Test("NE-05: one function guards the methods that change something")
    func guarded() async throws {
        @Sendable func authorize(_ req: NextApiRequest, _ res: NextApiResponse<Any>) throws {
            guard req.headers[.authorization] != nil else {
                res.setHeader("WWW-Authenticate", "Basic")
                throw NextApiError(401, "Authentication required")
            }
            guard req.headers[.authorization] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" else { throw NextApiError(403) }
        }
        let app = App()
        app.api("/items") { req, res in
            if req.method == .DELETE {
                try authorize(req, res)
                res.status(204).end()
            } else if req.method == .GET {
                res.json(["hello": "world"])
            }
        }
        #expect(try await ask(app, "/api/items").text == #"{"hello":"world"}"#)
        #expect(try await ask(app, "/api/items", .DELETE).response.status == 401)
        let wrong: Headers = [.authorization: "Basic eA=="]
        #expect(try await ask(app, "/api/items", .DELETE, headers: wrong).response.status == 403)
        let right: Headers = [.authorization: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="]
        #expect(try await ask(app, "/api/items", .DELETE, headers: right).response.status == 204)
    }

    @Test("What steers the request is the host's matter")
    func steering() async throws {
        let app = App()
        app.api("/away") { _, _ in try redirect("/elsewhere") }
        let (response, _) = try await ask(app, "/api/away")
        #expect(response.status == .temporaryRedirect)
        #expect(response.headers[.location] == "/elsewhere")
    }

    @Test(
        "Cookies are read as by the package cookie",
        arguments: [
            ("a=1; a=2", #"{"a":"1"}"#), ("flag; a=1", #"{"a":"1"}"#), ("a=%zz", #"{"a":"%zz"}"#),
            ("a=\"x y\"", #"{"a":"x y"}"#), (" a = 1 ; b=%20%22", #"{"a":"1","b":" \""}"#),
        ])
    func cookieRules(_ header: String, _ expected: String) async throws {
        let app = App()
        app.api("/cookies") { req, res in res.json(req.cookies) }
        #expect(try await ask(app, "/api/cookies", headers: ["cookie": header]).text == expected)
    }

    /// Lines of a log.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        var add: @Sendable (String) -> Void { { line in self.lines.withLock { $0.append(line) } } }
    }

    /// A clock on which no time passes until something waits for it.
    private struct ImmediateClock: Clock {
        let clock = ContinuousClock()
        var now: ContinuousClock.Instant { clock.now }
        var minimumResolution: Duration { clock.minimumResolution }
        func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {}
    }
}
