// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
package import Whippet

extension Fixture {
    package static func streaming() -> App {
        let app = app()
        app.get("/s/html") {
            Response(
                Body(pulled(["<p>One</p>", "<p>Two</p>", "<p>Three</p>"])), headers: ["content-type": "text/html"])
        }
        app.get("/s/sse") {
            Response(
                Body(pulled(["data: 0\n\n", "data: 1\n\n", "data: 2\n\n"])),
                headers: ["content-type": "text/event-stream", "cache-control": "no-cache"])
        }
        app.get("/s/errfirst") { Response(Body(ByteStream { _ in throw Failure() })) }
        app.get("/s/err") {
            let isSecond = Atomic(false)
            return Response(
                Body(
                    ByteStream { controller in
                        if isSecond.exchange(true, ordering: .relaxed) { throw Failure() }
                        try controller.enqueue(Array("part".utf8))
                    }))
        }
        app.get("/s/empty") { Response(Body(pulled([]))) }
        app.get("/s/asyncgen") { Response(Body(ReadableStream.from(["a", "b"].map { Array($0.utf8) }))) }
        app.get("/s/ts") { () -> Response in
            let stream = TransformStream<[UInt8], [UInt8]>()
            let writer = try stream.writable.getWriter()
            try after { _ = writer }
            Task {
                try await writer.write(Array("via-ts".utf8))
                try await writer.close()
            }
            return Response(Body(stream.readable))
        }
        app.get("/s/te") { Response(Body(try ReadableStream.from(["x", "é"]).pipeThrough(TextEncoderStream()))) }
        app.get("/s/piped") {
            Response(Body(try pulled(["pi", "ped"]).pipeThrough(TransformStream<[UInt8], [UInt8]>())))
        }
        return app
    }

    /// A stream that makes one chunk for each pull.
    private static func pulled(_ chunks: [String]) -> ByteStream {
        let position = Atomic(0)
        return ByteStream { controller in
            let index = position.add(1, ordering: .relaxed).oldValue
            guard index < chunks.count else { return try controller.close() }
            await Task.yield()
            try controller.enqueue(Array(chunks[index].utf8))
        }
    }
}
