// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetExpress

/// Files that are sent: which, and which parts of them.
struct FileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var path: String
        var method = Request.Method.GET
        var headers: Headers = [:]
        var status: UInt16
        var fields: [String: String?] = [:]
        var text: String?
    }

    static let cases: [Case] = [
        Case(testDescription: "a file below the root", path: "/send/a.txt", status: 200, text: "0123456789"),
        Case(testDescription: "no file above the root", path: "/send/..%2Fa.txt", status: 403),
        Case(testDescription: "none by going down first", path: "/send/sub%2F..%2F..%2Fa.txt", status: 403),
        Case(testDescription: "up within the root", path: "/send/sub%2F..%2Fa.txt", status: 200, text: "0123456789"),
        Case(testDescription: "no NUL", path: "/send/a.txt%00", status: 400),
        Case(testDescription: "dotfiles are not there", path: "/send/.secret", status: 404),
        Case(testDescription: "nor is what lies in such a folder", path: "/send/.git%2Fconfig", status: 404),
        Case(testDescription: "a folder is the next handler's", path: "/send/sub", status: 404),
        Case(
            testDescription: "several ranges that can't be joined are the whole", path: "/send/a.txt",
            headers: ["range": "bytes=0-1,5-6"], status: 200, fields: ["content-range": nil], text: "0123456789"),
        Case(
            testDescription: "ranges that touch are one", path: "/send/a.txt", headers: ["range": "bytes=0-1,2-3"],
            status: 206, fields: ["content-range": "bytes 0-3/10"], text: "0123"),
        Case(
            testDescription: "a range beyond the end is clipped", path: "/send/a.txt", headers: ["range": "bytes=8-99"],
            status: 206, text: "89"),
        Case(
            testDescription: "a range nowhere is a 416", path: "/send/a.txt", headers: ["range": "bytes=20-"],
            status: 416, fields: ["content-range": "bytes */10"]),
        Case(
            testDescription: "If-Range of another version is the whole", path: "/send/a.txt",
            headers: ["range": "bytes=0-1", "if-range": "\"x\""], status: 200),
        Case(
            testDescription: "If-Range of an older date is the whole", path: "/send/a.txt",
            headers: ["range": "bytes=0-1", "if-range": "Sat, 01 Jan 2000 00:00:00 GMT"], status: 200),
        Case(testDescription: "If-Match * is met", path: "/send/a.txt", headers: ["if-match": "*"], status: 200),
        Case(
            testDescription: "HEAD has the length", path: "/send/a.txt", method: .HEAD, status: 200,
            fields: ["content-length": "10"], text: ""),
        Case(
            testDescription: "HEAD with a range is a 206", path: "/send/a.txt", method: .HEAD,
            headers: ["range": "bytes=0-3"], status: 206, fields: ["content-length": "4"], text: ""),
        Case(
            testDescription: "a date that was seen is a 304", path: "/send/a.txt",
            headers: ["if-modified-since": "Fri, 31 Dec 2100 00:00:00 GMT"], status: 304,
            fields: ["content-type": nil], text: ""),
        Case(
            testDescription: "static: a file", path: "/static/sub/page.html", status: 200,
            fields: ["content-type": "text/html; charset=utf-8"], text: "page"),
        Case(testDescription: "static: an index", path: "/static/sub/", status: 200, text: "index"),
        Case(
            testDescription: "static: a folder keeps the query when it is redirected", path: "/static/sub?x=1",
            status: 301, fields: ["location": "/static/sub/?x=1"]),
        Case(
            testDescription: "static: the mount point too", path: "/static", status: 301,
            fields: ["location": "/static/"]),
        Case(testDescription: "static: traversal is not there", path: "/static/..%2f..%2fetc/passwd", status: 404),
        Case(testDescription: "static: nor are dotfiles", path: "/static/.secret", status: 404),
        Case(testDescription: "static: a bad escape is not there", path: "/static/%zz", status: 404),
        Case(testDescription: "static: other methods pass", path: "/static/a.txt", method: .POST, status: 404),
        Case(
            testDescription: "static: a file with a slash behind it is not there", path: "/static/a.txt/", status: 404),
    ]

    @Test("A file and what is sent of it", arguments: cases)
    func sent(_ behaviour: Case) async throws {
        let folder = try Folder([
            "root/a.txt": "0123456789", "root/sub/index.html": "index", "root/sub/page.html": "page",
            "root/.secret": "s", "root/.git/config": "c", "a.txt": "outside",
        ])
        let app = Application(environment: .production, log: { _ in })
        app.get("/send/:file") { req, res in
            await res.sendFile(req.params.file, .init(root: folder.path + "/root"))
        }
        app.use("/static", express.static(folder.path + "/root"))
        let response = await app.fetch(Request(behaviour.path, method: behaviour.method, headers: behaviour.headers))
        #expect(response.status.rawValue == behaviour.status)
        for (name, value) in behaviour.fields { #expect(response.headers[name] == value, "\(name)") }
        let text = try await response.text()
        if let expected = behaviour.text { #expect(text == expected) }
    }

    @Test("A relative path without a root is an error")
    func relative() async {
        let app = Application(environment: .production, log: { _ in })
        app.get("/") { _, res in await res.sendFile("a.txt") }
        #expect(await app.fetch(Request("/")).status == .internalServerError)
    }

    @Test("A view without an engine, and one without a file, are errors that say so")
    func views() async {
        let app = Application(environment: .production, log: { _ in })
        for (view, rule) in [
            ("x", "No default engine was specified and no extension was provided: \"x\""),
            ("x.tmpl", "No engine was set for views with the extension \"tmpl\""),
        ] {
            let error = await #expect(throws: TypeError.self) { try await app.render(view) }
            #expect(error?.message == rule)
        }
    }
}
