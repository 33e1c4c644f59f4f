// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetTesting

/// Requests of hostile, broken and unusual clients on a socket: who is answered what, how often, and whether the
/// connection goes on.
///
/// The rules themselves have their tables beside the parsers; this one has whole exchanges, most of them made from every
/// byte that could stand in a place. `WHIPPET_WIRE_SERVER` names another server that they are asked of, such as one built
/// with Address Sanitizer: http://127.0.0.1:3000.
@Suite("Hostile requests on the wire", .serialized)
struct WireTests {
    @Test("Each is answered once, as RFC 9110 and RFC 9112 have it, and nothing is smuggled", arguments: WireGroup.all)
    func exchange(_ group: WireGroup) async throws {
        try await Self.withServer { client in
            for row in group.cases {
                let received = try await Self.exchange(row.bytes + WireCase.next.utf8, client)
                let fault = row.fault(in: received)
                #expect(fault == nil, "\(group.name): \(row.name)")
            }
        }
    }

    @Test("Byte by byte the answers are the same", arguments: WireGroup.all)
    func byteByByte(_ group: WireGroup) async throws {
        try await Self.withServer { client in
            // Each of them in each place is the parsers' tables' matter.
            for row in group.cases.enumerated().filter({ $0.offset % 7 == 0 && $0.element.bytes.count < 300 }) {
                let bytes = row.element.bytes + Array(WireCase.next.utf8)
                let received = try await Self.exchange(bytes, client, step: 1)
                let fault = row.element.fault(in: received)
                #expect(fault == nil, "\(group.name): \(row.element.name)")
            }
        }
    }

    @Test("The table is as large as it was")
    func count() {
        #expect(WireGroup.all.reduce(0) { $0 + $1.cases.count } == 1332)
    }

    /// Sends bytes, in steps of so many, and returns all that comes back.
    private static func exchange(_ bytes: [UInt8], _ client: TestClient, step: Int = .max) async throws -> [UInt8] {
        let wire = try await client.connect()
        var rest = bytes[...]
        // The server may have closed the connection by now.
        while !rest.isEmpty, (try? await wire.send(Array(rest.prefix(step)))) != nil { rest = rest.dropFirst(step) }
        var received: [UInt8] = []
        while let part = try await wire.receive() { received += part }
        return received
    }

    private static func withServer(_ test: (TestClient) async throws -> Void) async throws {
        if let url = ProcessInfo.processInfo.environment["WHIPPET_WIRE_SERVER"] {
            try await test(TestClient(url))
        } else {
            try await app.test(.live, test)
        }
    }

    private static var app: App {
        let app = App(environment: .production, log: { _ in })
        app.route("/", GET: { _, _ in Response("hello") })
        app.route("/next", GET: { _, _ in Response("next") })
        app.route("/ignore", POST: { _, _ in Response("ignored") })
        app.route("/empty", GET: { _, _ in Response(status: .noContent) })
        app.route("/throw", GET: { _, _ in throw Failure() })
        app.route("/count", POST: { request, _ in Response("\(try await request.bytes().count)") })
        app.route("/echo", POST: { request, _ in Response(try await request.bytes()) })
        app.route("/stream", GET: { _, _ in Response(Chunks { $0 < 3 ? "\($0)".bytes : nil }) })
        app.route(
            "/wait",
            GET: { _, _ in
                await Task.yield()
                return Response("waited")
            })
        return app
    }
}
