// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Whippet

/// A stream that other requests fill, so that nothing in the checks depends on time.
final class Channel: Sendable {
    let chunks: AsyncStream<[UInt8]>
    private let input: AsyncStream<[UInt8]>.Continuation
    private let ending: AsyncStream<String>

    init() {
        (chunks, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(64))
        let (ending, signal) = AsyncStream.makeStream(of: String.self)
        self.ending = ending
        input.onTermination = { reason in
            signal.yield(reason == .cancelled ? "cancelled" : "finished")
            signal.finish()
        }
    }

    func send(_ chunk: [UInt8]) {
        input.yield(chunk)
    }

    func finish() {
        input.finish()
    }

    /// How the stream ended, once it has.
    func end() async -> String {
        for await reason in ending { return reason }
        return "asked twice"
    }
}

/// The channels by name; the first who names one makes it.
final class Channels: Sendable {
    private let channels = Mutex<[String: Channel]>([:])

    subscript(name: String) -> Channel {
        channels.withLock { channels in
            if let channel = channels[name] { return channel }
            let channel = Channel()
            channels[name] = channel
            return channel
        }
    }
}

extension BrowserFixture {
    /// Streams that the page reads, ends and leaves.
    static func declareChannelRoutes(_ app: App, _ channels: Channels) {
        app.get("/channels/[name]") { request, context in
            let type = request.url.searchParams.get("type") ?? "text/plain;charset=utf-8"
            return Response(channels[context.params.name].chunks, headers: [.contentType: type])
        }
        app.post("/channels/[name]") { request, context in
            channels[context.params.name].send(try await request.bytes())
            return Response(status: .noContent)
        }
        app.delete("/channels/[name]") { _, context in
            channels[context.params.name].finish()
            return Response(status: .noContent)
        }
        app.get("/channels/[name]/end") { _, context in await channels[context.params.name].end() }

        // What comes after the first chunk can't become a 500 any more.
        app.get("/broken") {
            Response(
                AsyncThrowingStream { continuation in
                    continuation.yield(Array("a part".utf8))
                    continuation.finish(throwing: Failure())
                })
        }

        // A handler that answers only when its client has left, and tells that to a channel.
        app.get("/waits/[name]") { request, context in
            let channel = channels[context.params.name]
            channel.send(Array("waiting".utf8))
            do {
                try await Task.sleep(for: .seconds(60))
            } catch {
                channel.send(Array((request.signal.aborted ? ", aborted" : ", cancelled only").utf8))
                channel.finish()
            }
            return Response(status: .noContent)
        }
    }
}
