// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Whippet
import WhippetExpress

extension Fixture {
    /// The application of a row; nil for a row that nobody has written one for.
    ///
    /// - Parameter folder: Where the files lie.
    static func expressApplication(_ id: String, _ folder: String) -> Application? {
        let app = Application(environment: .production, log: { _ in })
        app.set("x-powered-by", .bool(id == "ex-094"))
        switch id {
        case "ex-003"..."ex-033": sending(app, id)
        case "ex-034"..."ex-057": statusAndJSON(app, id)
        case "ex-060"..."ex-114": headers(app, id)
        case "ex-117"..."ex-161": files(app, id, folder)
        case "ex-165"..."ex-189": requests(app, id)
        case "ex-193"..."ex-229": routing(app, id)
        default: app.use(express.static(folder, staticOptions(id)))
        }
        return app
    }

    private static func staticOptions(_ id: String) -> StaticOptions {
        StaticOptions(extensions: id == "ex-242" ? ["html"] : [], fallthrough: id != "ex-240")
    }

    private static func sending(_ app: Application, _ id: String) {
        switch id {
        case "ex-017": app.disable("etag")
        case "ex-018": app.set("etag", "strong")
        case "ex-019": app.set("etag", .etag { _ in "\"custom\"" })
        default: break
        }
        app.get("/") { _, res in
            switch id {
            case "ex-003": res.send()
            case "ex-005": res.send("Hello World!")
            case "ex-007": res.send(["name": "John Doe"])
            case "ex-009": res.send(true)
            case "ex-013": res.type("text/plain").send("hi")
            case "ex-015": res.set("Content-Type", "text/plain; charset=iso-8859-1").send(Array("hi".utf8))
            case "ex-016", "ex-020": res.set("ETag", "\"asdf\"").send("hi")
            case "ex-022", "ex-023": res.set("ETag", "\"a\"").send("hi")
            case "ex-024": res.status(500).set("ETag", "\"a\"").send("hi")
            case "ex-026": res.set("Last-Modified", "Tue, 02 Jan 2024 03:04:05 GMT").send("hi")
            case "ex-027": res.send("yay")
            case "ex-028": res.status(204).send("foo")
            case "ex-029": res.status(205).send("foo")
            case "ex-030": res.status(304).send("foo")
            case "ex-033": res.sendStatus(599)
            default: res.send("hi")
            }
        }
    }

    private static func statusAndJSON(_ app: Application, _ id: String) {
        if id == "ex-049" {
            app.set(
                "json replacer",
                .replacer { key, value in
                    guard !key.hasPrefix("_") else { return nil }
                    return value
                })
        }
        if id == "ex-050" { app.enable("json escape") }
        app.get("/") { _, res in
            switch id {
            case "ex-035": res.status(99).end()
            case "ex-036": res.status(1000).end()
            case "ex-040": res.status(204).end()
            case "ex-044": res.json("str")
            case "ex-045": res.json()
            case "ex-046": res.json(["a": 1])
            case "ex-047": res.set("Content-Type", "application/vnd.example+json").json(["a": 1])
            case "ex-049": res.json(["n": 1, "_id": 2])
            case "ex-050": res.json(["&": "<script>"])
            case "ex-053": res.jsonp(["count": 1])
            default: res.jsonp(["c": 1])
            }
        }
    }

    private static func headers(_ app: Application, _ id: String) {
        if id == "ex-106" { app.use(express.cookieParser("foo bar baz")) }
        app.get("/") { _, res in
            switch id {
            case "ex-062": res.redirect("<la'me>")
            case "ex-066": res.redirect("https://g.com?q=\u{2603} §10&x=%A710")
            case "ex-068": res.redirect("back")
            case "ex-072": res.location("https://google.com\\@apple.com").end()
            case "ex-073": res.location("http://x.com\nFoo: bar").end()
            case "ex-074": res.set(["X-A": "1", "X-B": "2"]).end()
            case "ex-077": res.append("Link", "<http://a/>").append("Link", "<http://b/>").end()
            case "ex-081": res.type("rawr").end("x")
            case "ex-083":
                let names = ["json", "html", "png", ".css", "txt", "xml", "svg", "js"]
                let types = names.map { res.type($0).get("Content-Type").map { JSON($0) } ?? nil }
                res.send(JSON(types))
            case "ex-087": res.vary(["Accept", "Accept-Language"]).end()
            case "ex-092": res.attachment("/a/the \"plans\" x.pdf").send("p")
            case "ex-094": res.send("x")
            case "ex-096": res.cookie("n", "to bi;=,é").end()
            case "ex-100":
                let cookie = res.cookie("n", "t", .init(maxAge: .seconds(1))).get("Set-Cookie") ?? ""
                res.json(JSON(cookie.replacing(/Expires=.*/, with: "Expires=X")))
            case "ex-101": res.cookie("n", "t", .init(sameSite: .strict)).end()
            case "ex-106", "ex-107": res.cookie("name", "tobi", .init(signed: true)).end()
            case "ex-109": res.clearCookie("sid", .init(maxAge: .seconds(9), path: "/admin")).end()
            case "ex-110", "ex-114":
                res.format([
                    "text/plain": { res.send("hey") }, "text/html": { res.send("<p>hey</p>") },
                    "application/json": { res.send(["message": "hey"]) },
                ])
            default: res.redirect("http://google.com")
            }
        }
    }

    /// An engine that knows one variable.
    private struct Engine: ViewEngine {
        func render(_ template: String, _ locals: JSON.Object, in folder: String) -> String {
            template.replacing("$name", with: locals["name"]?.stringValue ?? "")
        }
    }

    private static func files(_ app: Application, _ id: String, _ folder: String) {
        app.engine("tmpl", Engine()).set("views", .string(folder)).set("view engine", "tmpl")
        app.locals = ["name": "app"]
        app.get("/") { _, res in
            switch id {
            case "ex-117": await res.sendFile(folder + "/name.txt")
            case "ex-122": await res.sendFile(folder + "/missing.txt")
            case "ex-123": await res.sendFile(folder + "/sub")
            case "ex-126": await res.sendFile(".hidden", .init(dotfiles: .deny, root: folder))
            case "ex-130", "ex-131": await res.sendFile("name.txt", .init(root: folder))
            case "ex-145":
                await res.sendFile("nums.txt", .init(immutable: true, maxAge: .seconds(4 * 3600), root: folder))
            case "ex-149": await res.set("Content-Type", "text/plain; charset=x").sendFile(folder + "/page.html")
            case "ex-150": await res.sendFile(folder + "/noext")
            case "ex-151": await res.sendFile(folder + "/a.json")
            case "ex-153": await res.sendFile(folder + "/empty.txt")
            case "ex-154": await res.sendFile("% of dogs.txt", .init(root: folder))
            case "ex-155": await res.download(folder + "/name.txt")
            case "ex-156": await res.download(folder + "/name.txt", "document.pdf")
            case "ex-158":
                await res.download(folder + "/missing.txt") { error in
                    let status = Int((error as? HTTPError)?.status.rawValue ?? 500)
                    res.status(status).send("failed:" + (res.get("Content-Disposition") ?? "none"))
                }
            case "ex-160":
                res.locals["name"] = "res"
                await res.render("user", ["name": "opt"])
            case "ex-161":
                res.locals["name"] = "res"
                await res.render("user")
            default: await res.sendFile(folder + "/nums.txt")
            }
        }
    }

    private static func requests(_ app: Application, _ id: String) {
        if id == "ex-177" { app.set("query parser", false) }
        if id == "ex-182" { app.set("trust proxy", true) }
        if id == "ex-184" { app.set("trust proxy", "loopback, 2.2.2.2") }
        let answer: ExpressHandler = { req, res in
            func list(_ values: [String]) -> JSON { JSON(values.map { JSON($0) }) }
            func text(_ value: String?) -> JSON { value.map { JSON($0) } ?? false }
            switch id {
            case "ex-165": res.json(text(req.accepts("html")))
            case "ex-170":
                res.json([
                    text(req.acceptsLanguages("en-us")), text(req.acceptsLanguages("fr")), list(req.acceptsLanguages()),
                ])
            case "ex-171": res.json([text(req.acceptsCharsets("utf-8")), text(req.acceptsCharsets("utf-16"))])
            case "ex-177": res.json(req.query)
            case "ex-178": res.json(JSON(req.xhr))
            case "ex-181": res.json([text(req.hostname), text(req.protocol), JSON(req.secure)])
            case "ex-182":
                res.json([text(req.hostname), text(req.protocol), JSON(req.secure), text(req.ip), list(req.ips)])
            case "ex-184": res.json([text(req.ip), list(req.ips)])
            case "ex-186":
                guard case .ranges(let ranges)? = req.range(120) else { return }
                res.json([
                    JSON(ranges.map { ["start": JSON($0.lowerBound), "end": JSON($0.upperBound - 1)] as JSON }),
                    "bytes",
                ])
            default: res.json([text(req.path), text(req.url), text(req.originalUrl), text(req.baseUrl)])
            }
        }
        let router = express.Router()
        router.get("/b", answer)
        app.use("/a", router)
        app.get("/", answer)
    }

    private static func routing(_ app: Application, _ id: String) {
        switch id {
        case "ex-193", "ex-195": app.get("/user") { _, res in res.send("ok") }
        case "ex-196": app.enable("strict routing").get("/user") { _, res in res.send("ok") }
        case "ex-199": app.get("/o{/:id}") { req, res in res.json(req.params) }
        case "ex-203": app.get("/x") { _, res in res.send("x") }
        case "ex-204", "ex-205":
            app.get("/x") { _, res in res.send("x") }
            app.put("/x") { _, res in res.send("x") }
        case "ex-207":
            let skip: ExpressMiddleware = { _, _, next in next("route") }
            app.get("/x", skip) { _, res in res.send("first") }
            app.get("/x") { _, res in res.send("second") }
        case "ex-210", "ex-211":
            app.get("/x") { _, _ in throw HTTPError(.serviceUnavailable, "boom") }
            app.use { error, _, res, _ in
                let error = error as? HTTPError
                res.status(Int(error?.status.rawValue ?? 500)).send("h:\(error?.message ?? "")")
            }
        case "ex-213":
            app.get("/x") { _, _ in throw HTTPError.unauthorized("no", headers: ["WWW-Authenticate": "Basic"]) }
        case "ex-214": app.get("/x") { _, _ in throw HTTPError(200, "odd") }
        case "ex-215", "ex-216":
            app.param("id") { req, _, next, value in
                if id == "ex-216" { throw HTTPError(.badRequest, "bad id") }
                let count: Int = req["count"] ?? 0
                req["count"] = count + 1
                req["user"] = "u" + value
                next()
            }
            app.get("/u/:id") { _, _, next in next() }
            app.get("/u/:id") { req, res in
                let (user, count): (String?, Int?) = (req["user"], req["count"])
                res.send("\(user ?? ""):\(count ?? 0)")
            }
            app.use { error, _, res, _ in res.status(400).send((error as? HTTPError)?.message ?? "") }
        case "ex-218":
            let children = express.Router()
            children.get("/:cid") { req, res in res.json(req.params) }
            app.use("/p/:pid/c", children)
        case "ex-219": app.use("/api") { _, res in res.send("api") }
        case "ex-221": app.all("/z") { req, res in res.send(req.method.rawValue) }
        default:
            app.use(express.json())
            app.post("/") { req, res in res.json(req.body) }
            app.use { error, _, res, _ in
                let error = error as? BodyParserError
                res.status(Int(error?.status.rawValue ?? 500)).json(["type": JSON(error?.type ?? "")])
            }
        }
    }
}
