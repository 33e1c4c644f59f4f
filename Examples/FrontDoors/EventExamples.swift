// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet
import WhippetH3

/// What h3's page "Sending Response" shows.
enum EventExamples {
    static var app: H3 {
        let app = H3()
        app.get("/json", defineEventHandler { _ in ["hello": "world"] })
        app.get(
            "/prepared",
            defineEventHandler { event in
                event.res.status = 200
                event.res.statusText = "OK"
                event.res.headers[.contentType] = "text/html"
                return "<h1>Hello, World</h1>"
            })
        app.get("/text") { event in
            event.res.headers[.contentType] = "text/html;charset=UTF-8"
            return "<h1>hello world</h1>"
        }
        app.get("/html") { event in html(event, "<h1>hello world</h1>") }
        app.get("/response") { _ in Response.json(["hello": "world"]) }
        app.get("/stream") { _ in ByteStream.from(["one\n", "two\n"].map { Array($0.utf8) }) }
        app.get("/bytes") { _ in Array("bytes\n".utf8) }
        app.get("/blob") { _ in Blob(["<p>blob</p>"], type: "text/html") }
        app.get("/file") { _ in File(["a,b\n"], name: "table.csv", type: "text/csv") }
        app.get("/nothing") { _ in }
        app.get("/thrown") { _ -> String in throw HTTPError(status: 418, message: "I am a teapot") }
        app.get("/returned") { _ in HTTPError(status: 418, message: "I am a teapot") }
        app.get("/integer") { _ in UInt128.max }
        app.get("/missing") { _ -> EventValue in .notFound }
        return app
    }
}
