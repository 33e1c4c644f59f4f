// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization
internal import Whippet

/// A server of event streams that tells what they cost; `listeners.py` asks it.
@main
enum Listeners {
    static func main() async {
        var configuration = ServerConfiguration()
        configuration.loops = 1
        let app = App(configuration: configuration)
        let topic = Topic()
        let ends = Mutex<[UInt64]>([])
        app.get("/events") {
            let events = topic.listen()
            return Response.sse { writer in
                // The end of a cancelled task's loop is the moment at which the handler knows.
                defer { if Task.isCancelled { ends.withLock { $0.append(monotonic()) } } }
                for await event in events { try await writer.send(event) }
            }
        }
        app.post("/broadcast/[count]") { _, context in
            let count = Int(context.params.count) ?? 0
            for number in 0..<count {
                topic.send(try ServerSentEvent(data: "event \(number)", event: "tick", id: "\(number)"))
                // Listeners get each event by itself, as they would if it came by itself.
                try await Task.sleep(for: .milliseconds(2))
            }
            return Response(status: .noContent)
        }
        // So many small parts, written one after another: what one costs.
        app.get("/parts/[count]") { _, context in
            let count = Int(context.params.count) ?? 0
            return Response.stream { writer in
                for _ in 0..<count { try await writer.write("a small part of it") }
            }
        }
        let items = (0..<100).map {
            JSON([
                "id": JSON($0), "name": "item number \($0)", "tags": ["a", "b", "c"], "price": JSON(Double($0) * 1.25),
            ])
        }
        let document = JSON(items).serialize()
        app.get("/plain") { Response(document, headers: [.contentType: "application/json"]) }
        app.group("/packed") { packed in
            packed.use(.compression())
            packed.get("") { Response(document, headers: [.contentType: "application/json"]) }
        }
        app.get("/figures") {
            Response.json([
                "rss": JSON(residentKiB()), "cpu": JSON(processorMicroseconds()), "bytes": JSON(document.count),
            ])
        }
        app.get("/ends") { Response.json(JSON(ends.withLock { $0 }.map { JSON(Int($0)) })) }
        await app.listen()
    }

    private static func monotonic() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// User and system time of the process.
    private static func processorMicroseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }

    private static func residentKiB() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let fields = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: 0x20)
        return fields.count > 1 ? (Int(String(decoding: fields[1], as: UTF8.self)) ?? 0) * 4 : 0
    }
}

/// Hands events to all who listen.
final class Topic: Sendable {
    private struct State {
        var count = 0
        var listeners: [Int: AsyncStream<ServerSentEvent>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func listen() -> AsyncStream<ServerSentEvent> {
        let (events, input) = AsyncStream.makeStream(of: ServerSentEvent.self, bufferingPolicy: .bufferingNewest(64))
        let number = state.withLock { state in
            state.count += 1
            state.listeners[state.count] = input
            return state.count
        }
        input.onTermination = { [self] _ in state.withLock { $0.listeners[number] = nil } }
        return events
    }

    func send(_ event: ServerSentEvent) {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield(event) }
    }
}
