// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetExpress

/// What each option of `sendFile`, `download` and `express.static` changes.
struct FileOptionTests {
    /// Options, and what the answer must have.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var file = "a.txt"
        var options: @Sendable (_ root: String) -> SendFileOptions
        var headers: Headers = [:]
        var status: Status = 200
        var fields: [String: String?] = [:]
    }

    static let cases: [Case] = [
        Case(
            testDescription: "the defaults", options: { .init(root: $0) },
            fields: ["accept-ranges": "bytes", "cache-control": "public, max-age=0"]),
        Case(
            testDescription: "acceptRanges: false sends the whole", options: { .init(acceptRanges: false, root: $0) },
            headers: ["range": "bytes=0-1"], fields: ["accept-ranges": nil, "content-range": nil]),
        Case(
            testDescription: "cacheControl: false",
            options: { .init(cacheControl: false, maxAge: .seconds(9), root: $0) },
            fields: ["cache-control": nil]),
        Case(
            testDescription: "lastModified: false", options: { .init(lastModified: false, root: $0) },
            fields: ["last-modified": nil]),
        Case(
            testDescription: "maxAge has a year at most", options: { .init(maxAge: .seconds(99_999_999), root: $0) },
            fields: ["cache-control": "public, max-age=31536000"]),
        Case(
            testDescription: "immutable", options: { .init(immutable: true, maxAge: .seconds(60), root: $0) },
            fields: ["cache-control": "public, max-age=60, immutable"]),
        Case(
            testDescription: "headers",
            options: { .init(headers: ["X-Own": "1", "Cache-Control": "no-store"], root: $0) },
            fields: ["x-own": "1", "cache-control": "no-store"]),
        Case(testDescription: "dotfiles: .allow", file: ".secret", options: { .init(dotfiles: .allow, root: $0) }),
        Case(
            testDescription: "dotfiles: .deny", file: ".secret", options: { .init(dotfiles: .deny, root: $0) },
            status: 403),
        Case(testDescription: "dotfiles: .ignore", file: ".secret", options: { .init(root: $0) }, status: 404),
    ]

    private func ask(_ app: Application, _ path: String, _ headers: Headers = [:]) async -> Response {
        await app.fetch(Request(path, headers: headers))
    }

    @Test("EX-05: sendFile takes an option", arguments: cases)
    func sendFile(_ row: Case) async throws {
        let folder = try Folder(["a.txt": "0123456789", ".secret": "s"])
        let app = Application(environment: .production, log: { _ in })
        app.get("/") { _, res in await res.sendFile(row.file, row.options(folder.path)) }
        let response = await ask(app, "/", row.headers)
        #expect(response.status == row.status)
        for (name, value) in row.fields { #expect(response.headers[name] == value, "\(name)") }
    }

    @Test("download takes a root and a range, and calls back with what went wrong")
    func download() async throws {
        let folder = try Folder(["a.txt": "0123456789"])
        let app = Application(environment: .production, log: { _ in })
        app.get("/:file") { req, res in
            await res.download(req.params.file, "data.txt", .init(root: folder.path)) { error in
                if error != nil { res.status(410).send("gone") }
            }
        }
        let part = await ask(app, "/a.txt", ["range": "bytes=2-4"])
        #expect(part.status == 206)
        #expect(part.headers[.contentDisposition] == "attachment; filename=\"data.txt\"")
        #expect(try await part.text() == "234")
        let missing = await ask(app, "/b.txt")
        #expect(missing.status == 410)
        #expect(missing.headers[.contentDisposition] == nil)
    }

    @Test("static takes options of files, endings, an index and whether it falls through")
    func staticOptions() async throws {
        let folder = try Folder(["a.txt": "a", "page.html": "page", "sub/start.html": "start", "bare/x": "x"])
        let app = Application(environment: .production, log: { _ in })
        app.use(
            "/s",
            express.static(
                folder.path,
                .init(files: .init(maxAge: .seconds(60)), extensions: ["html"], index: "start.html", redirect: false)))
        app.use("/strict", express.static(folder.path, .init(fallthrough: false, index: nil)))
        app.use { _, res in res.status(404).send("next") }
        let file = await ask(app, "/s/a.txt")
        #expect(file.headers[.cacheControl] == "public, max-age=60")
        let page = try await ask(app, "/s/page").text()
        let index = try await ask(app, "/s/sub/").text()
        let passed = try await ask(app, "/s/sub").text()
        #expect([page, index, passed] == ["page", "start", "next"])
        let refused = await app.fetch(Request("/strict/a.txt", method: .POST))
        #expect(refused.status == 405)
        #expect(refused.headers[.allow] == "GET, HEAD")
        #expect(await ask(app, "/strict/none").status == 404)
        #expect(try await ask(app, "/strict/none").text() != "next")
    }
}
