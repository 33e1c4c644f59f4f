// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetExpress
import WhippetTesting

/// What Express's documentation of the response promises, by the numbers of the checklist.
struct ChecklistTests {
    /// Asks an application through a socket, since some promises are about what a client sees.
    private func ask(
        _ path: String, headers: Headers = [:], _ declare: (Application) -> Void,
        _ check: (Response) async throws -> Void
    ) async throws {
        let app = Application(environment: .production, log: { _ in })
        declare(app)
        var configuration = ServerConfiguration().patient
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.loops = 1
        try await app.makeServer(configuration).test { client in
            try await check(try await client.get(path, headers: headers))
        }
    }

    @Test("EX-01: the response is the second argument of a handler")
    func secondArgument() async throws {
        try await ask("/users/7") { app in
            app.get("/users/:id") { request, response in
                response.send("User \(request.params.id)")
            }
        } _: { answer in
            let text = try await answer.text()
            #expect(text == "User 7")
        }
    }

    @Test("EX-02: redirect sends the client elsewhere")
    func redirect() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in response.redirect("/login") }
        } _: { answer in
            #expect(answer.status == .found)
            #expect(answer.headers[.location] == "/login")
        }
    }

    @Test("EX-03: send sends the data")
    func send() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in response.send(Array("data".utf8)) }
        } _: { answer in
            #expect(answer.headers[.contentType] == "application/octet-stream")
            let text = try await answer.text()
            #expect(text == "data")
        }
    }

    @Test("EX-04: json sends JSON and forces its headers")
    func json() async throws {
        struct User: Encodable { var name: String }
        try await ask("/") { app in
            app.get("/") { request, response in response.json(User(name: "John Doe")) }
        } _: { answer in
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let text = try await answer.text()
            #expect(text == #"{"name":"John Doe"}"#)
        }
    }

    @Test("EX-05: sendFile sends a file and calls back")
    func sendFile() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/express-\(UInt64.random(in: 0...UInt64.max)).txt"
        try Data("file".utf8).write(to: Foundation.URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        for (file, expected) in [(path, "file"), (path + ".missing", "404")] {
            try await ask("/") { app in
                app.get("/") { request, response in
                    await response.sendFile(file, .init(maxAge: .seconds(60))) { error in
                        if let error = error as? HTTPError { response.sendStatus(Int(error.status.rawValue)) }
                    }
                }
            } _: { answer in
                let text = try await answer.text()
                #expect(text == expected || text == "Not Found" && expected == "404")
                #expect(answer.headers[.cacheControl] == (expected == "404" ? nil : "public, max-age=60"))
            }
        }
    }

    /// An engine that writes what it is given.
    private struct Engine: ViewEngine {
        func render(_ template: String, _ locals: JSON.Object, in folder: String) -> String {
            template + (locals["title"]?.stringValue ?? "") + (locals["user"]?.stringValue ?? "")
        }
    }

    private func withViews(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/express-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("view:".utf8).write(to: Foundation.URL(fileURLWithPath: folder + "/index.own"))
        try await body(folder)
    }

    @Test("EX-06: render renders a template with its locals, and calls back")
    func render() async throws {
        try await withViews { folder in
            try await ask("/") { app in
                app.engine("own", Engine()).set("views", .string(folder))
                app.get("/") { request, response in
                    await response.render("index.own", ["title": "a"]) { error, text in
                        response.send("[\(text ?? "\(String(describing: error))")]")
                    }
                }
            } _: { answer in
                let text = try await answer.text()
                #expect(text == "[view:a]")
            }
        }
    }

    @Test("EX-07: response.locals are what the template sees")
    func locals() async throws {
        try await withViews { folder in
            try await ask("/") { app in
                app.engine("own", Engine()).set("views", .string(folder)).set("view engine", "own")
                app.use { request, response, next in
                    response.locals["user"] = "ada"
                    next()
                }
                app.get("/") { request, response in await response.render("index", ["title": "b"]) }
            } _: { answer in
                #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
                let text = try await answer.text()
                #expect(text == "view:bada")
            }
        }
    }

    @Test("EX-08: status takes the codes of the example", arguments: [404, 200, 401])
    func status(_ code: Int) async throws {
        try await ask("/user/x?exists=\(code != 404)&authorized=\(code == 200)") { app in
            app.get("/user/:id") { request, response in
                if request.query["exists"] == "false" {
                    response.status(404)
                } else if request.query["authorized"] == "true" {
                    response.status(200)
                } else {
                    response.status(401)
                }
                response.end()
            }
        } _: { answer in
            #expect(answer.status.rawValue == code)
        }
    }

    @Test(
        "EX-09: statuses of every family go out, a 3xx with what the client must do", arguments: [204, 303, 410, 503])
    func families(_ code: Int) async throws {
        try await ask("/") { app in
            app.get("/") { request, response in
                if code == 303 { response.redirect(303, "/next") } else { response.sendStatus(code) }
            }
        } _: { answer in
            #expect(answer.status.rawValue == code)
            #expect(answer.headers[.location] == (code == 303 ? "/next" : nil))
        }
    }

    @Test("EX-10: send('Hello World!') answers with it")
    func hello() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in response.send("Hello World!") }
        } _: { answer in
            let text = try await answer.text()
            #expect(text == "Hello World!")
        }
    }

    @Test("EX-11: the type follows the argument: text, array, object")
    func types() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in response.send("Hello World!") }
        } _: {
            #expect($0.headers[.contentType] == "text/html; charset=utf-8")
        }
        try await ask("/") { app in
            app.set("string type", "text/plain")
            app.get("/") { request, response in response.send("Hello World!") }
        } _: {
            #expect($0.headers[.contentType] == "text/plain; charset=utf-8")
        }
        try await ask("/") { app in
            app.get("/") { request, response in response.send([5, 7, 9]) }
        } _: { answer in
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let text = try await answer.text()
            #expect(text == "[5,7,9]")
        }
        try await ask("/") { app in
            app.get("/") { request, response in response.send(["name": "John Doe"]) }
        } _: { answer in
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let text = try await answer.text()
            #expect(text == #"{"name":"John Doe"}"#)
        }
    }

    @Test("EX-12: a type that was set stays")
    func presetType() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in
                response.set("Content-Type", "text/plain")
                response.send("Just regular text, no html expected!")
            }
        } _: { answer in
            #expect(answer.headers[.contentType] == "text/plain; charset=utf-8")
            let text = try await answer.text()
            #expect(text == "Just regular text, no html expected!")
        }
    }

    @Test("EX-13: status(204).end() has no body")
    func noContent() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in response.status(204).end() }
        } _: { answer in
            #expect(answer.status == .noContent)
            #expect(answer.headers[.contentType] == nil)
            let text = try await answer.text()
            #expect(text == "")
        }
    }

    @Test("EX-14: status(404).end() has an empty body")
    func emptyNotFound() async throws {
        try await ask("/") { app in
            app.get("/") { request, response in response.status(404).end() }
        } _: { answer in
            #expect(answer.status == .notFound)
            #expect(answer.headers[.contentLength] == "0")
            let text = try await answer.text()
            #expect(text == "")
        }
    }
}
