// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("Connections and their requests")
struct KeepAliveTests {
    @Test("A connection serves one request after another")
    func keepAlive() async throws {
        try await withServer {
            Response($0.url.pathname)
        } test: { client in
            let wire = try await client.connect()
            for path in ["/a", "/b", "/c"] {
                try await wire.send("GET \(path) HTTP/1.1\r\nhost: x\r\n\r\n")
                let head = try await wire.receive(until: "\r\n\r\n")
                #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(!head.contains("connection:"))
                #expect(try await wire.receive(until: path) == path)
            }
        }
    }

    @Test("A client's request comes back with status, headers and body")
    func roundTrip() async throws {
        try await withServer { request in
            let text = (try? await request.text()) ?? "?"
            return Response(
                "\(request.method) \(request.url.pathname)\(request.url.search) \(text)", status: .created,
                headers: ["x-seen": request.headers["x-sent"] ?? "-"])
        } test: { client in
            for _ in 0..<3 {
                let response = try await client.post("/a/b?c=d", headers: ["x-sent": "1"], body: "hello")
                #expect(response.status == .created)
                #expect(response.statusText == "Created")
                #expect(response.headers["x-seen"] == "1")
                #expect(try await response.text() == "POST /a/b?c=d hello")
            }
        }
    }
}
