// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing
import Whippet
import WhippetTesting

/// How often a SIGPIPE has come.
private let brokenPipes = Atomic(0)

/// Large files, most of which the system takes from the disk to the socket itself.
@Suite("Large files")
struct FileTransferTests {
    /// A file of a test, which goes with the object.
    final class Scratch: Sendable {
        let path: String

        /// Makes a file that was changed long ago.
        init(_ bytes: [UInt8]) throws {
            path = FileManager.default.temporaryDirectory.appendingPathComponent("whippet-\(UUID().uuidString)").path
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_704_164_645)], ofItemAtPath: path)
        }

        deinit {
            unlink(path)
        }

        /// Writes over a part of the file.
        func overwrite(_ bytes: [UInt8], at offset: Int) throws {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: bytes)
            try handle.close()
        }

        /// How many descriptors of the process lead to the file.
        var openCount: Int {
            let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            return numbers.filter {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
            }.count
        }
    }

    /// Bytes that are others at any other place that an error of counting would lead to.
    private static func pattern(_ count: Int) -> [UInt8] {
        // The length is a prime number.
        let block = (0..<65_521).map { UInt8(truncatingIfNeeded: ($0 &* 0x9E37_79B1) >> 16) }
        var bytes: [UInt8] = []
        while bytes.count + block.count <= count { bytes += block }
        return bytes + block[..<(count - bytes.count)]
    }

    private static let mebibyte = 1024 * 1024
    private static let request = "GET / HTTP/1.1\r\nhost: x\r\n\r\n"
    /// Has the connection end with the answer, so that nobody waits for more.
    private static let lastRequest = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"

    /// Serves a part of a file at `/`, and a word everywhere else.
    private func serve(
        _ file: Scratch, _ part: Range<Int>? = nil, configure: (inout ServerConfiguration) -> Void = { _ in },
        test: (TestClient, Server) async throws -> Void
    ) async throws {
        try await withServer(configure: configure) { request in
            guard request.url.pathname == "/" else { return Response("pong") }
            guard let file = try? await File(path: file.path) else { return Response(status: 500) }
            return Response(part.map { file.slice($0.lowerBound, $0.upperBound) } ?? file.slice())
        } test: { client, server in
            try await test(client, server)
        }
    }

    /// What comes on a connection that was asked for the file, until its end or so many bytes.
    private func body(_ wire: WireConnection, _ count: Int = .max) async -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, let chunk = try? await wire.receive() { bytes += chunk }
        return bytes
    }

    @Test("The whole comes, over TCP and a Unix socket, and the connection goes on", arguments: [true, false])
    func whole(isTCP: Bool) async throws {
        let bytes = Self.pattern(9 * Self.mebibyte + 17)
        let file = try Scratch(bytes)
        try await serve(file) {
            if !isTCP { $0.addresses = [.unix(path: file.path + ".sock")] }
        } test: { client, _ in
            let wire = try await client.connect()
            try await wire.send(
                Self.request + Self.request + "GET /ping HTTP/1.1\r\nconnection: close\r\nhost: x\r\n\r\n")
            var rest = await body(wire)[...]
            for _ in 0..<2 {
                let end = try #require(rest.firstRange(of: "\r\n\r\n".bytes)).upperBound
                #expect(String(decoding: rest[..<end], as: UTF8.self).contains("content-length: \(bytes.count)\r\n"))
                rest = rest[end...]
                #expect(Array(rest.prefix(bytes.count)) == bytes)
                rest = rest.dropFirst(bytes.count)
            }
            #expect(String(decoding: rest, as: UTF8.self).hasSuffix("pong"))
        }
    }

    @Test(
        "A part comes, wherever it begins and ends",
        arguments: [
            (1, 6 * 1024 * 1024), (4095, 4095 + 1024 * 1024 + 64 * 1024), (65_536, 65_536 + 1024 * 1024 + 65_535),
            (1024 * 1024 + 1, 3 * 1024 * 1024 + 2), (0, 1024 * 1024 + 64 * 1024 - 1),
        ])
    func parts(_ start: Int, _ end: Int) async throws {
        let bytes = Self.pattern(6 * Self.mebibyte + 5)
        let file = try Scratch(bytes)
        try await serve(file, start..<end) { client, _ in
            let got = try await client.get("/").bytes()
            #expect(got == Array(bytes[start..<end]))
        }
    }

    @Test("Places beyond 2 GiB are right, in a file that is mostly a hole")
    func sparse() async throws {
        let file = try Scratch([])
        let middle = 2048 * Self.mebibyte
        let bytes = Self.pattern(3 * Self.mebibyte)
        let start = middle - Self.mebibyte
        try file.overwrite(bytes, at: start)
        try await serve(file, start - 10..<start + bytes.count) { client, _ in
            let got = try await client.get("/").bytes()
            #expect(got == [UInt8](repeating: 0, count: 10) + bytes)
        }
    }

    @Test("A slow client gets the whole, and the others don't wait for it")
    func slow() async throws {
        let bytes = Self.pattern(12 * Self.mebibyte)
        let file = try Scratch(bytes)
        try await serve(file) { client, _ in
            let wire = try await client.connect()
            try await wire.send(Self.request)
            _ = try await wire.receive(until: "\r\n\r\n")
            var got: [UInt8] = []
            while got.count < bytes.count, let chunk = try await wire.receive() {
                got += chunk
                if got.count % 7 == 0 { #expect(try await client.get("/ping").text() == "pong") }
            }
            #expect(got == bytes)
        }
    }

    @Test("A client that leaves ends it, and the file is closed", arguments: DisconnectTests.Way.allCases)
    func leaving(way: DisconnectTests.Way) async throws {
        let file = try Scratch(Self.pattern(24 * Self.mebibyte))
        try await serve(file) { client, _ in
            let wire = try await client.connect()
            try await wire.send(Self.request)
            _ = try await wire.receive(until: "\r\n\r\n")
            way.leave(wire)
            #expect(try await eventually(client) { file.openCount == 0 })
        }
    }

    @Test("A client of a Unix socket that leaves in the middle ends nothing else")
    func brokenPipe() async throws {
        // Were the signal let through, it would end a process that does not expect it.
        signal(SIGPIPE) { _ in brokenPipes.add(1, ordering: .relaxed) }
        let file = try Scratch(Self.pattern(24 * Self.mebibyte))
        try await serve(file) {
            $0.addresses = [.unix(path: file.path + ".sock")]
        } test: { client, _ in
            for count in 1...40 {
                let wire = try await client.connect()
                try await wire.send(Self.request)
                _ = await body(wire, count * 100_000)
                wire.close()
            }
            #expect(try await eventually(client) { file.openCount == 0 })
        }
        #expect(brokenPipes.load(ordering: .relaxed) == 0)
    }

    @Test("A client that takes nothing for too long is given up")
    func stalled() async throws {
        let file = try Scratch(Self.pattern(24 * Self.mebibyte))
        try await serve(file) {
            $0.timeouts.write = 1000
        } test: { client, _ in
            let wire = try await client.connect()
            try await wire.send(Self.lastRequest)
            _ = try await wire.receive(until: "\r\n\r\n")
            var tries = 0
            while file.openCount > 0, tries < 100 {
                tries += 1
                // The clock is the server's: it looks at its deadlines once a second.
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(file.openCount == 0)
            #expect(await body(wire).count < 24 * Self.mebibyte)
        }
    }

    @Test("A file that is cut while it is sent ends the connection before its end")
    func truncated() async throws {
        let size = 24 * Self.mebibyte
        let file = try Scratch(Self.pattern(size))
        try await serve(file) { client, _ in
            let wire = try await client.connect()
            try await wire.send(Self.lastRequest)
            _ = try await wire.receive(until: "\r\n\r\n")
            try #require(truncate(file.path, 100) == 0)
            #expect(await body(wire).count < size)
        }
    }

    @Test(
        "A file that is written over while a client has not got it all ends the connection before its end",
        arguments: [24 * 1024, 1100, 2048])
    func overwritten(_ kibibytes: Int) async throws {
        // The smaller ones lie in the buffers of the system, but for their end.
        let size = kibibytes * 1024
        let file = try Scratch(Self.pattern(size))
        try await serve(file) { client, _ in
            let wire = try await client.connect()
            try await wire.send(Self.lastRequest)
            _ = try await wire.receive(until: "\r\n\r\n")
            _ = try await settled(client) { 0 }
            try file.overwrite([1, 2, 3], at: size / 2)
            #expect(await body(wire).count < size)
        }
    }

    @Test("A file that is replaced while it is sent is sent as it was")
    func replaced() async throws {
        let bytes = Self.pattern(12 * Self.mebibyte)
        let file = try Scratch(bytes)
        let other = try Scratch([UInt8](repeating: 7, count: bytes.count))
        try await serve(file) { client, _ in
            let wire = try await client.connect()
            try await wire.send(Self.lastRequest)
            _ = try await wire.receive(until: "\r\n\r\n")
            try #require(rename(other.path, file.path) == 0)
            #expect(await body(wire, bytes.count) == bytes)
        }
    }

    @Test("A server that stops sends it to its end")
    func draining() async throws {
        let bytes = Self.pattern(24 * Self.mebibyte)
        let file = try Scratch(bytes)
        try await serve(file) { client, server in
            let wire = try await client.connect()
            try await wire.send(Self.request)
            _ = try await wire.receive(until: "\r\n\r\n")
            async let shutdown: Void = server.shutdown(within: .seconds(60))
            // Once nobody is let in any more the shutdown has begun.
            while (try? await client.connect()) != nil {}
            #expect(await body(wire) == bytes)
            await shutdown
        }
    }
}
