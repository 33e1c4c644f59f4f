// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension BrowserFixture {
    /// Content that is packed on its way.
    static func declareCompressedRoutes(_ app: App) {
        app.get("/compressed/[name]") { _, context in
            let formats: [String: CompressionFormat] = ["gzip": .gzip, "deflate": .deflate]
            let name: String = context.params.name
            guard let format = formats[name] else { try notFound() }
            let text = String(repeating: "the same words again and again, ", count: 10_000)
            return Response(
                try ReadableStream.from([Array(text.utf8)]).pipeThrough(CompressionStream(format)),
                headers: [.contentType: "text/plain;charset=utf-8", .contentEncoding: name])
        }
    }
}
