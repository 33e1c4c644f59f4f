// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

@Suite("Listening")
struct ListenTests {
    private static func server(_ addresses: ListenAddress..., loops: Int = 2) -> Server {
        var configuration = ServerConfiguration()
        configuration.addresses = addresses
        configuration.loops = loops
        return Server(configuration: configuration, log: { _ in }, handler: { Response($0.url.href) })
    }

    @Test("A port that is taken is one clear line", arguments: [1, 2])
    func takenPort(loops: Int) async throws {
        try await Self.server(.tcp(host: "127.0.0.1", port: 0), loops: loops).test { client in
            let address = try #require(client.address)
            let second = Self.server(address, loops: loops)
            let error = try #require(throws: ListenError.self) { try second.start() }
            #expect(error.message.contains("\(address)"))
            #expect(error.message.contains("Address already in use"))
            #expect(!error.message.contains("\n"))
            #expect(second.addresses == [])
            // The first has lost nothing.
            #expect(try await client.get("/").text() == "\(address)/")
        }
    }

    @Test("Who connects while a server starts is refused or answered, never reset", arguments: [1, 2])
    func earlyClient(loops: Int) async throws {
        for _ in 0..<300 {
            let first = Self.server(.tcp(host: "127.0.0.1", port: 0), loops: 1)
            try first.start()
            guard case .tcp(_, let port)? = first.addresses.first else {
                Issue.record("no address")
                return
            }
            await first.shutdown()
            let server = Self.server(.tcp(host: "127.0.0.1", port: port), loops: loops)
            async let answer = offload { EarlyClient.ask(port: port) }
            do {
                try server.start()
            } catch {
                // Some other test has got the port meanwhile.
                _ = await answer
                continue
            }
            let text = await answer
            await server.shutdown()
            try #require(text.hasPrefix("HTTP/1.1 200"), "\(text)")
        }
    }

    @Test("When the second of two addresses is taken, the first is free again")
    func secondAddressTaken() async throws {
        try await Self.server(.tcp(host: "127.0.0.1", port: 0)).test { client in
            let taken = try #require(client.address)
            let failing = Self.server(.tcp(host: "::1", port: 0), taken)
            #expect(throws: ListenError.self) { try failing.start() }
        }
    }

    @Test("Port 0 lets the system choose, and the address says what it chose")
    func chosenPort() async throws {
        let server = Self.server(.tcp(host: "127.0.0.1", port: 0))
        #expect(server.addresses == [])
        try await server.test { client in
            guard case .tcp("127.0.0.1", let port) = client.address else {
                Issue.record("\(String(describing: client.address))")
                return
            }
            #expect(port > 0)
        }
    }

    @Test("localhost is both loopback addresses, on one port")
    func localhost() async throws {
        let server = Self.server(.tcp(host: "localhost", port: 0))
        try await server.test { client in
            let ports = server.addresses.map { address -> Int in
                guard case .tcp(_, let port) = address else { return -1 }
                return port
            }
            #expect(Set(ports).count == 1)
            for address in server.addresses {
                let request = Request("\(address)/")
                let text = try await client.send(request).text()
                #expect(text == request.url.href)
            }
        }
    }

    @Test("A host that is none is one clear line", arguments: ["no such host", "203.0.113.1"])
    func unknownHost(host: String) throws {
        let error = try #require(throws: ListenError.self) { try Self.server(.tcp(host: host, port: 0)).start() }
        #expect(error.message.contains(host))
        #expect(!error.message.contains("\n"))
    }

    @Test("A Unix socket serves, is not shared, and a file left behind is replaced", arguments: [1, 2])
    func unixSocket(loops: Int) async throws {
        let path = "/tmp/whippet-\(getpid())-\(loops).sock"
        defer { unlink(path) }
        for _ in 0..<3 {
            try await Self.server(.unix(path: path), loops: loops).test { client in
                #expect(client.address == .unix(path: path))
                let response = try await client.post("/a", body: "hello")
                #expect(try await response.text() == "http://localhost/a")
                let second = Self.server(.unix(path: path), loops: loops)
                #expect(throws: ListenError.self) { try second.start() }
                #expect(try await client.get("/b").text() == "http://localhost/b")
            }
        }
    }

    @Test("A path that is too long for a Unix socket is one clear line")
    func longPath() throws {
        let path = "/tmp/" + String(repeating: "x", count: 200)
        let error = try #require(throws: ListenError.self) { try Self.server(.unix(path: path)).start() }
        #expect(error.message.contains("1 to 107 bytes"))
    }

    @Test("Servers that come and go leave no descriptors behind")
    func descriptors() async throws {
        // The first one starts what stays: the client's loop.
        try await Self.server(.tcp(host: "127.0.0.1", port: 0)).test { _ = try await $0.get("/").text() }
        let before = Self.openDescriptors()
        for _ in 0..<50 {
            try await Self.server(.tcp(host: "127.0.0.1", port: 0)).test { client in
                _ = try await client.get("/").text()
                _ = try await client.post("/", body: "x").text()
                let wire = try await client.connect()
                try await wire.send("GET / HTTP/1.1\r\n")
            }
        }
        // Other tests run beside this one; each server that leaked would have left six at least.
        #expect(Self.openDescriptors() < before + 150)
    }

    private static func openDescriptors() -> Int {
        (0..<4096).count { fcntl(Int32($0), F_GETFD) >= 0 }
    }

    @Test(
        "Connections leave descriptors for all else",
        arguments: [
            (10_000, 1_048_576, 10_000), (10_000, 4096, 4032), (10_000, 256, 192), (10_000, 64, 32), (10, 4096, 10),
            (0, 4096, 1),
        ])
    func quota(wanted: Int, descriptors: Int, held: Int) {
        #expect(ConnectionQuota.limit(wanted, descriptors: descriptors) == held)
    }

    @Test("Connections that wait for a loop that is blocked count among those that the server holds")
    func blockedLoop() async throws {
        let path = "/tmp/whippet-\(getpid())-quota.sock"
        defer { unlink(path) }
        let mayGoOn = Locked(false)
        let isBlocked = Event()
        let asked = Counter()
        try await withServer(loops: 2) {
            $0.addresses = [.unix(path: path)]
            $0.connections = 4
        } handler: { request in
            switch request.url.pathname {
            case "/block":
                isBlocked.happen()
                while !mayGoOn.withLock({ $0 }) { usleep(1000) }
            case "/late": asked.add()
            default: break
            }
            return Response("<answer>")
        } test: { client in
            // A Unix socket has one listener, which hands its connections round.
            let wires = [try await client.connect(), try await client.connect()]
            try await wires[0].send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wires[0].receive(until: "<answer>")
            try await wires[1].send("GET /block HTTP/1.1\r\nhost: x\r\n\r\n")
            await isBlocked.wait()
            var late: [WireConnection] = []
            for _ in 0..<6 {
                let wire = try await client.connect()
                try await wire.send("GET /late HTTP/1.1\r\nhost: x\r\n\r\n")
                late.append(wire)
            }
            for _ in 0..<50 {
                try await wires[0].send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                _ = try await wires[0].receive(until: "<answer>")
            }
            mayGoOn.withLock { $0 = true }
            for wire in late.prefix(2) { _ = try await wire.receive(until: "<answer>") }
            _ = try await wires[1].receive(until: "<answer>")
            #expect(asked.count == 2)
        }
    }
}
