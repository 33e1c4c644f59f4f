// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// One question that every server is asked.
struct Scenario: Sendable {
    enum Kind {
        /// Requests in a closed loop.
        case requests(Exchange, connections: Int, depth: Int)
        /// So many connections that do nothing after their first request.
        case idle(connections: Int)
        /// From `exec` to the first answer.
        case start
        /// One large body.
        case transfer(Exchange)
        /// Requests that keep a core busy for a millisecond each, for a server with so many loops on as many cores.
        case loops(Int)
        /// The user instructions of a request where the application has so many routes.
        case routes(Int)
    }

    /// A request, and what its answer must be.
    struct Exchange {
        var method = "GET"
        var path: String
        /// Whether the request carries the page of users.
        var hasPage = false
        var upload = 0
        var expected = Expected.text("Hello, World!")

        enum Expected {
            case text(String)
            case length(Int)
        }

        /// The arguments for `load`.
        func arguments(_ workshop: Workshop) -> [String] {
            var arguments = ["--method", method, "--path", path]
            if hasPage { arguments += ["--body", workshop.page] }
            if upload > 0 { arguments += ["--upload", "\(upload)"] }
            switch expected {
            case .text(let text): arguments += ["--expect", text]
            case .length(let length): arguments += ["--expect-length", "\(length)"]
            }
            return arguments
        }
    }

    let id: String
    let title: String
    let kind: Kind
    /// The servers that it is not for.
    var unsuited: Set<String> = []

    func suits(_ peer: Peer) -> Bool { !unsuited.contains(peer.name) }

    /// The scenario of this name, or all whose names begin with this letter.
    static func named(_ name: String) -> [Scenario] {
        let exact = all.filter { $0.id == name }
        return exact.isEmpty && name.count == 1 ? all.filter { $0.id.hasPrefix(name) } : exact
    }

    static let hello = Exchange(path: "/")
    private static let summary = Exchange.Expected.text(#"{"users":38,"active":25,"tags":114}"#)
    private static let large = 2_147_483_648

    static let all: [Scenario] = [
        Scenario(id: "a", title: "text of 13 bytes", kind: .requests(hello, connections: 64, depth: 1)),
        Scenario(
            id: "b", title: "small JSON, made per request",
            kind: .requests(
                Exchange(path: "/json", expected: .text(#"{"message":"Hello, World!","count":42,"ok":true}"#)),
                connections: 64, depth: 1)),
        Scenario(
            id: "c", title: "/items/[id]?q= as JSON",
            kind: .requests(
                Exchange(path: "/items/42?q=tea", expected: .text(#"{"id":"42","q":"tea"}"#)), connections: 64,
                depth: 1)),
        Scenario(
            id: "d", title: "POST of 10 KB of JSON, decoded",
            kind: .requests(
                Exchange(method: "POST", path: "/users", hasPage: true, expected: summary), connections: 64, depth: 1),
            unsuited: ["nginx"]),
        Scenario(
            id: "d2", title: "the same through a type that reads itself",
            kind: .requests(
                Exchange(method: "POST", path: "/users/typed", hasPage: true, expected: summary), connections: 64,
                depth: 1), unsuited: ["nginx", "node", "deno"]),
        Scenario(
            id: "e", title: "100 × 16 KiB, streamed",
            kind: .requests(Exchange(path: "/stream", expected: .length(1_638_400)), connections: 8, depth: 1)),
        Scenario(id: "f", title: "a, pipelined × 16", kind: .requests(hello, connections: 64, depth: 16)),
        Scenario(id: "g1000", title: "1,000 idle connections", kind: .idle(connections: 1000)),
        Scenario(id: "g10000", title: "10,000 idle connections", kind: .idle(connections: 10_000)),
        Scenario(id: "h", title: "exec to the first answer", kind: .start),
        Scenario(
            id: "i", title: "a force-static hit",
            kind: .requests(Exchange(path: "/static"), connections: 64, depth: 1)),
        Scenario(
            id: "jUpload", title: "upload of 2 GiB",
            kind: .transfer(
                Exchange(method: "POST", path: "/upload", upload: large, expected: .text(#"{"bytes":\#(large)}"#))),
            unsuited: ["nginx"]),
        Scenario(
            id: "jDownload", title: "download of 2 GiB",
            kind: .transfer(Exchange(path: "/download", expected: .length(large))), unsuited: ["nginx"]),
        Scenario(
            id: "k10", title: "one of 10 routes", kind: .routes(10),
            unsuited: ["c", "hyper", "nginx", "node", "deno"]),
        Scenario(
            id: "k10000", title: "one of 10,000 routes", kind: .routes(10_000),
            unsuited: ["c", "hyper", "nginx", "node", "deno"]),
        Scenario(
            id: "l1", title: "1 ms of work for each request, one loop", kind: .loops(1),
            unsuited: ["c", "hyper", "nginx", "node", "deno"]),
        Scenario(
            id: "l2", title: "the same, two loops", kind: .loops(2),
            unsuited: ["c", "hyper", "nginx", "node", "deno"]),
    ]
}
