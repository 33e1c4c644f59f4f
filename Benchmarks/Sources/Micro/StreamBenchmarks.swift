// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetStreams

extension Benchmark {
    /// Each operation is one chunk of 64 bytes.
    static func streams() -> [Benchmark] {
        [
            Benchmark("streams/read pushed", countedRuns: 1000) { count in
                var feed: ReadableStreamDefaultController<[UInt8]>?
                let stream = ByteStream(start: { feed = $0 })
                let reader = try stream.getReader()
                for _ in 0..<count {
                    try feed?.enqueue(Inputs.chunk)
                    keep(try await reader.read())
                }
                try feed?.close()
            } peer: {
                (
                    "AsyncStream",
                    { count in
                        let (stream, feed) = AsyncStream.makeStream(of: [UInt8].self)
                        var reader = stream.makeAsyncIterator()
                        for _ in 0..<count {
                            feed.yield(Inputs.chunk)
                            keep(await reader.next())
                        }
                        feed.finish()
                    }
                )
            },
            Benchmark("streams/read pulled synchronously", countedRuns: 1000) { count in
                let stream = ByteStream(pull: pullNow)
                let reader = try stream.getReader()
                for _ in 0..<count { keep(try await reader.read()) }
                try await reader.cancel()
            },
            Benchmark("streams/read pumped", countedRuns: 1000) { count in
                let stream = ByteStream(pull: pullLater)
                let reader = try stream.getReader()
                for _ in 0..<count { keep(try await reader.read()) }
                try await reader.cancel()
            } peer: {
                (
                    "AsyncStream",
                    { count in
                        var reader = AsyncStream(unfolding: { await later() }).makeAsyncIterator()
                        for _ in 0..<count { keep(await reader.next()) }
                    }
                )
            },
            Benchmark("streams/for await", countedRuns: 1000) { count in
                let stream = ByteStream(from: Array(repeating: Inputs.chunk, count: count))
                for try await chunk in stream { keep(chunk) }
            },
            Benchmark("streams/tee, both branches", countedRuns: 1000) { count in
                let (left, right) = try ByteStream(pull: pullNow).tee()
                let (leftReader, rightReader) = (try left.getReader(), try right.getReader())
                for _ in 0..<count {
                    keep(try await leftReader.read())
                    keep(try await rightReader.read())
                }
            },
            Benchmark("streams/read into a buffer", countedRuns: 1000) { count in
                let stream = ByteStream(type: .bytes) { controller in
                    try controller.byobRequest?.respond { bytes in
                        bytes.baseAddress?.initializeMemory(as: UInt8.self, repeating: 0x61, count: 64)
                        return 64
                    }
                }
                let reader = try stream.getReader(mode: .byob)
                var buffer = [UInt8](repeating: 0, count: 64)
                for _ in 0..<count { buffer = try await reader.read(into: consume buffer).buffer }
                keep(buffer)
                try await reader.cancel()
            },
            Benchmark("streams/identity transform", countedRuns: 1000) { count in
                let transform = TransformStream<[UInt8], [UInt8]>(readableStrategy: .count(highWaterMark: 2))
                let writer = try transform.writable.getWriter()
                let reader = try transform.readable.getReader()
                for _ in 0..<count {
                    try await writer.write(Inputs.chunk)
                    keep(try await reader.read())
                }
                try await reader.cancel()
            },
            Benchmark("streams/pipeTo", countedRuns: 1000) { count in
                try await ByteStream(from: Array(repeating: Inputs.chunk, count: count))
                    .pipeTo(WritableStream { chunk, _ in keep(chunk) })
            },
            Benchmark("streams/pipeThrough an identity transform", countedRuns: 1000) { count in
                let source = ByteStream(from: Array(repeating: Inputs.chunk, count: count))
                let reader = try source.pipeThrough(TransformStream()).getReader()
                while let chunk = try await reader.read() { keep(chunk) }
            },
        ]
    }

    private init(
        _ name: String, countedRuns: Int, body: @escaping Work, peer: () -> (name: String, body: Work)
    ) {
        self.init(name, countedRuns: countedRuns, body: body, peer: peer())
    }
}

@Sendable private func pullNow(_ controller: ReadableStreamDefaultController<[UInt8]>) throws {
    try controller.enqueue(Inputs.chunk)
}

@Sendable private func pullLater(_ controller: ReadableStreamDefaultController<[UInt8]>) async throws {
    try controller.enqueue(await later())
}

/// A source that could wait, and here never has to.
private func later() async -> [UInt8] { Inputs.chunk }
