// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

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

func GET() -> Response {
    Response(Paragraphs(), headers: [.contentType: "text/html;charset=UTF-8"])
}
