// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension Demo {
    /// Answers that are made while they are sent.
    static func declareStreamRoutes() {
        app.route(
            "/stream",
            GET: { _, _ in
                Response(Paragraphs(), headers: [.contentType: "text/html;charset=UTF-8"])
            })

        // The body that comes in goes out again, chunk by chunk, without ever being held whole.
        app.route(
            "/echo",
            POST: { request, _ in
                Response(request.body, headers: [.contentType: "application/octet-stream"])
            })
    }

    /// Three paragraphs, each 200 milliseconds after the one before.
    struct Paragraphs: AsyncSequence, AsyncIteratorProtocol {
        private var rest = ["One", "Two", "Three"][...]

        mutating func next() async throws -> [UInt8]? {
            guard let word = rest.popFirst() else { return nil }
            if word != "One" { try await Task.sleep(for: .milliseconds(200)) }
            return Array("<p>\(word)</p>\n".utf8)
        }

        func makeAsyncIterator() -> Self { self }
    }
}
