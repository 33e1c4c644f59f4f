// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetExpress

/// The names of the core and those of this door side by side, none of them qualified.
struct ImportTests {
    @Test("Whippet and WhippetExpress can be imported together")
    func together() async throws {
        let door = express()
        door.get("/express") { (req: ExpressRequest, res: ExpressResponse) in
            if req.query["fail"] == "yes" { throw HTTPError.forbidden("no") }
            res.send("door")
        }
        let app = App()
        app.get("/core") { (request: Request) -> Response in Response("core") }
        app.notFound { request, _ in await door.fetch(request) }
        let core = try await app.fetch(Request("/core")).text()
        #expect(core == "core")
        let other = try await app.fetch(Request("/express")).text()
        #expect(other == "door")
        #expect(await app.fetch(Request("/express?fail=yes")).status == .forbidden)
    }

    @Test("Work after the answer of a mounted application is the outer application's to wait for")
    func afterWhereMounted() async throws {
        let (ran, runs) = AsyncStream.makeStream(of: Bool.self)
        let door = express()
        door.get("/express") { _, res in
            try after { runs.yield(true) }
            res.send("door")
        }
        let app = App()
        app.get("/mounted") { request -> Response in
            let response = await door.fetch(Request("/express"))
            runs.yield(false)
            return response
        }
        #expect(try await app.fetch(Request("/mounted")).text() == "door")
        var order = ran.makeAsyncIterator()
        #expect(await [order.next(), order.next()] == [false, true])
    }

    @Test("Names that both have mean what each says")
    func names() {
        let router: Router = express.Router()
        let application: Application = express()
        application.use("/api", router)
        let response: Response = Response("x")
        let headers: Headers = ["a": "b"]
        let middleware: Middleware = .requestID()
        _ = (response, headers, middleware, URL.self, Next.self, Routes.self)
        #expect(application.enabled("x-powered-by"))
    }
}
