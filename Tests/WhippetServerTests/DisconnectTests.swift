// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetFetch
import WhippetServer
import WhippetTesting

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

@Suite("Clients that leave")
struct DisconnectTests {
    /// How a client leaves.
    enum Way: String, CaseIterable, Sendable {
        case close
        case halfClose
        case reset

        func leave(_ wire: WireConnection) {
            switch self {
            case .close: wire.close()
            case .halfClose: wire.halfClose()
            case .reset: wire.reset()
            }
        }
    }

    @Test("The handler's task is cancelled and the request's signal aborted", arguments: Way.allCases)
    func handlerIsCancelled(way: Way) async throws {
        let started = Event()
        let aborted = Event()
        let cancelled = Event()
        try await withServer { request in
            request.signal.onabort { _ in aborted.happen() }
            started.happen()
            await waitForCancellation()
            if Task.isCancelled { cancelled.happen() }
            return Response("late")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await started.wait()
            way.leave(wire)
            await cancelled.wait()
            await aborted.wait()
        }
    }

    @Test(
        "What a listener writes to others when a client has left arrives there, and nothing of what that client was sent",
        arguments: [1, 20_000, 200_000])
    func neighbours(size: Int) async throws {
        let other = Locked<(any BodySink)?>(nil)
        let otherBegan = Event()
        let leaverBegan = Event()
        let ended = Event()
        try await withServer { request in
            guard let sink = RequestScope.current?.opener?.open(Response()) else { return Response(status: 503) }
            if request.url.pathname == "/other" {
                other.withLock { $0 = sink }
                _ = try? sink.put(Array("hello".utf8))
                try? sink.flush()
                otherBegan.happen()
                await ended.wait()
                return .rest()
            }
            request.signal.onabort { _ in
                _ = try? other.withLock { $0 }?.put([UInt8](repeating: 0x21, count: size))
                ended.happen()
            }
            leaverBegan.happen()
            // The loop is kept from its events, so that a write finds out that the client has left.
            for _ in 0..<2000 {
                guard (try? sink.put(Array("secret".utf8))) != nil, (try? sink.flush()) != nil else { break }
                usleep(1000)
            }
            return .rest()
        } test: { client in
            let other = try await client.connect()
            try await other.send("GET /other HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            await otherBegan.wait()
            let leaver = try await client.connect()
            try await leaver.send("GET /leaver HTTP/1.1\r\nhost: x\r\n\r\n")
            await leaverBegan.wait()
            leaver.reset()
            let answer = try await other.receiveToEnd()
            #expect(!answer.contains("secret"))
            #expect(answer.count { $0 == "!" } == size)
            #expect(answer.hasSuffix("!\r\n0\r\n\r\n"))
        }
    }

    @Test("A handler behind a pipelined one is cancelled too", arguments: Way.allCases)
    func secondHandlerIsCancelled(way: Way) async throws {
        let firstStarted = Event()
        let mayGoOn = Event()
        let secondStarted = Event()
        let cancelled = Event()
        try await withServer { request in
            switch request.url.pathname {
            case "/first":
                firstStarted.happen()
                await mayGoOn.wait()
                // On a busy machine the moment may be over already.
                if Task.isCancelled { cancelled.happen() }
                return Response("first")
            case "/second":
                secondStarted.happen()
                await waitForCancellation()
                cancelled.happen()
                return Response("second")
            default:
                return Response("pong")
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET /first HTTP/1.1\r\nhost: x\r\n\r\nGET /second HTTP/1.1\r\nhost: x\r\n\r\n")
            await firstStarted.wait()
            if way == .reset {
                // The first is done when the reset comes.
                mayGoOn.happen()
                await secondStarted.wait()
                wire.reset()
            } else {
                // The end comes while the first still runs, which then finishes in time.
                way.leave(wire)
                _ = try await client.get("/ping").text()
                mayGoOn.happen()
            }
            await cancelled.wait()
        }
    }

    @Test("What is ready goes out to a client that has closed its side")
    func halfCloseIsAnswered() async throws {
        try await withServer {
            Response("<\($0.url.pathname)>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET /a HTTP/1.1\r\nhost: x\r\n\r\nGET /b HTTP/1.1\r\nhost: x\r\n\r\n")
            wire.halfClose()
            let answer = try await wire.receiveToEnd()
            #expect(answer.contains("</a>"))
            #expect(answer.hasSuffix("</b>"))
        }
    }

    @Test("A handler that gives way for a moment still answers a client that has closed its side")
    func halfCloseGetsItsMoment() async throws {
        try await withServer { _ in
            await Task.yield()
            return Response("<answer>")
        } test: { client in
            let wire = try await client.connect()
            // An idle loop's clock is old: the moment must be counted from the event, not from the loop's last turn.
            try await Task.sleep(for: .milliseconds(60))
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            wire.halfClose()
            #expect(try await wire.receiveToEnd().hasSuffix("<answer>"))
        }
    }

    @Test("Content that comes late does not lift the limit for a client that takes no answer")
    func lateContentKeepsTheWriteDeadline() async throws {
        let cancelled = Event()
        try await withServer {
            $0.timeouts.write = 1500
        } handler: { request in
            guard request.url.pathname == "/" else { return Response("pong") }
            let signal = request.signal
            let listener = signal.onabort { _ in cancelled.happen() }
            return Response(
                ByteStream { controller in
                    _ = listener
                    try controller.enqueue([UInt8](repeating: 0, count: 64 * 1024))
                })
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\n")
            // The answer has begun and fills the socket; only then comes the content.
            _ = try await wire.receive(until: "\r\n\r\n")
            _ = try await settled(client) { 0 }
            // A machine that is slow enough has cut the connection already.
            try? await wire.send("x")
            await cancelled.wait()
        }
    }

    @Test("An option has the handler answer a client that has closed its side")
    func halfCloseIsWaitedFor() async throws {
        let started = Event()
        let mayGoOn = Event()
        try await withServer {
            $0.halfClose = .answer
        } handler: { request in
            guard request.url.pathname == "/" else { return Response("pong") }
            started.happen()
            await mayGoOn.wait()
            return Response(Task.isCancelled ? "cancelled" : "<answer>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await started.wait()
            wire.halfClose()
            _ = try await settled(client) { 0 }
            mayGoOn.happen()
            #expect(try await wire.receiveToEnd().hasSuffix("<answer>"))
        }
    }

    @Test("The body's stream ends with an error", arguments: Way.allCases)
    func bodyEnds(way: Way) async throws {
        let started = Event()
        let failed = Event()
        try await withServer { request in
            do {
                for try await _ in try #require(request.body) { started.happen() }
                return Response("complete")
            } catch {
                failed.happen()
                return Response("incomplete")
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n")
            await started.wait()
            way.leave(wire)
            await failed.wait()
        }
    }

    @Test("A producer that waits is cancelled", arguments: Way.allCases)
    func producerIsCancelled(way: Way) async throws {
        let cancelled = Event()
        try await withServer { _ in
            Response(
                Chunks { index in
                    if index == 0 { return "first".bytes }
                    await waitForCancellation()
                    cancelled.happen()
                    return nil
                })
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: "first\r\n")
            way.leave(wire)
            await cancelled.wait()
        }
    }

    @Test("A producer that the client stopped is cancelled", arguments: [Way.close, .reset])
    func stoppedProducerIsCancelled(way: Way) async throws {
        let made = Counter()
        let ended = Event()
        let chunk = [UInt8](repeating: 0x61, count: 64 * 1024)
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response("pong") }
            let stream = ByteStream(cancel: { _ in ended.happen() }) { controller in
                made.add()
                try controller.enqueue(chunk)
            }
            return Response(stream)
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET /stream HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await settled(client) { made.count }
            way.leave(wire)
            await ended.wait()
        }
    }

    @Test("Cancelling the client's task closes its connection")
    func clientIsCancelled() async throws {
        let started = Event()
        let cancelled = Event()
        try await withServer { request in
            started.happen()
            await waitForCancellation()
            cancelled.happen()
            return Response("late")
        } test: { client in
            let asking = Task { try await client.get("/").text() }
            await started.wait()
            asking.cancel()
            await #expect(throws: CancellationError.self) { try await asking.value }
            await cancelled.wait()
        }
    }

    @Test("Aborting the signal of a client's request closes its connection")
    func clientAborts() async throws {
        let started = Event()
        let cancelled = Event()
        try await withServer { request in
            started.happen()
            await waitForCancellation()
            cancelled.happen()
            return Response("late")
        } test: { client in
            let controller = AbortController()
            let request = try Request("http://localhost/", init: RequestInit(signal: controller.signal))
            let asking = Task { try await client.send(request).text() }
            await started.wait()
            controller.abort()
            await #expect(throws: DOMException.self) { try await asking.value }
            await cancelled.wait()
        }
    }

    @Test("A client that lets go of a body closes its connection")
    func clientDropsBody() async throws {
        let ended = Event()
        try await withServer { _ in
            Response(
                Chunks { index in
                    if index == 0 { return "first".bytes }
                    await waitForCancellation()
                    ended.happen()
                    return nil
                })
        } test: { client in
            _ = try await client.get("/")
            await ended.wait()
        }
    }
}
