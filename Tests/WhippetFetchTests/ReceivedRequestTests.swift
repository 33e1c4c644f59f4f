// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import WhippetFetch
import WhippetInfra
import WhippetStreams
import WhippetURL

@Suite("Request: received")
struct ReceivedRequestTests {
    @Test("a received request shows its head")
    func head() async throws {
        let request = receivedRequest(
            .POST, "/items/1?q=a", fields: [("host", "example.com"), ("x", "1")],
            body: Body(received: [0x61], limit: 1 << 20))
        #expect(request.method == .POST)
        #expect(request.url.href == "http://example.com/items/1?q=a")
        #expect(request.url.searchParams.get("q") == "a")
        #expect(request.headers["X"] == "1")
        #expect(request.mode == .cors)
        #expect(request.bodyLimit == 1 << 20)
        #expect(request.failure == nil)
        #expect(try await request.text() == "a")
    }

    struct Target: CustomTestStringConvertible {
        var target: String
        var authority: String
        var href: String
        var path: String
        var testDescription: String { "\(target) at \(authority)" }
        init(_ target: String, at authority: String = "example.com", _ href: String, _ path: String) {
            (self.target, self.authority, self.href, self.path) = (target, authority, href, path)
        }
    }

    @Test(
        "the URL is made of authority and target, the path is the target's bytes",
        arguments: [
            Target("/", "http://example.com/", "/"),
            Target("/a/b?c?d", "http://example.com/a/b?c?d", "/a/b"),
            Target("/?", "http://example.com/?", "/"),
            Target("/a/../b", "http://example.com/b", "/a/../b"),
            Target("/a%2Fb/%zz", "http://example.com/a%2Fb/%zz", "/a%2Fb/%zz"),
            Target("//evil/x", "http://example.com//evil/x", "//evil/x"),
            Target("/a:b@c", "http://example.com/a:b@c", "/a:b@c"),
            Target("/", at: "EXAMPLE.com:8080", "http://example.com:8080/", "/"),
            Target("/", at: "example.com:80", "http://example.com/", "/"),
            Target("/", at: "[::1]:3000", "http://[::1]:3000/", "/"),
            Target("/x", at: "", "http://127.0.0.1:3000/x", "/x"),
            Target("/x", at: "a%zz", "http://127.0.0.1:3000/x", "/x"),
            Target("/x", at: "1.2.3.4.5", "http://127.0.0.1:3000/x", "/x"),
            Target("*", "http://example.com/*", "*"),
            Target("http://other.example/a?b", "http://other.example/a?b", "/a"),
            Target("https://other.example", "https://other.example/", "/"),
            Target("http://other.example?b", "http://other.example/?b", "/"),
            Target("/http://x/y", "http://example.com/http://x/y", "/http://x/y"),
        ])
    func targets(_ target: Target) {
        let request = receivedRequest(.GET, target.target, authority: target.authority)
        #expect(request.url.href == target.href)
        #expect(request.withPathBytes { String(decoding: $0, as: UTF8.self) } == target.path)
    }

    @Test("requests of one connection each have the host that they name")
    func hosts() {
        let client = testClient()
        let authorities = ["example.com", "example.com:80", "example.com", "Example.org:8080", "[::1]", "example.com"]
        let urls = authorities.map { receivedRequest(.GET, "/a?b", authority: $0, client: client).url.href }
        #expect(
            urls == [
                "http://example.com/a?b", "http://example.com/a?b", "http://example.com/a?b",
                "http://example.org:8080/a?b", "http://[::1]/a?b", "http://example.com/a?b",
            ])
    }

    @Test("the scheme is the connection's")
    func scheme() {
        let request = receivedRequest(.GET, "/", client: testClient(scheme: "https"))
        #expect(request.url.href == "https://example.com/")
    }

    @Test("a copy of the headers can be changed, the request stays")
    func headers() throws {
        let request = receivedRequest(fields: [("x", "1")])
        var copy = request
        copy.headers["x"] = "2"
        #expect(request.headers["x"] == "1")
        #expect(copy.headers["x"] == "2")
        #expect(try Headers(request.headers).get("x") == "1")
    }

    @Test("a clone and a request of it have the same URL and the same signal")
    func derived() throws {
        let client = testClient()
        client.begin(1)
        let request = receivedRequest(.POST, "/a?b", body: Body("x"), client: client)
        let clone = try request.clone()
        let derived = try Request(request)
        #expect(clone.url.href == "http://example.com/a?b")
        #expect(derived.url.href == "http://example.com/a?b")
        client.abort(1, reason: CancellationError())
        #expect(request.signal.aborted)
        #expect(clone.signal.aborted)
        #expect(derived.signal.aborted)
    }
}

@Suite("Request: the client's signal")
struct ClientLinkTests {
    private func request(_ client: ClientLink, _ number: UInt64) -> Request {
        receivedRequest(client: client, number: number)
    }

    @Test("an abort reaches the signal of the request that runs, with its reason")
    func abort() {
        let client = testClient()
        client.begin(1)
        let signal = request(client, 1).signal
        #expect(!signal.aborted)
        client.abort(1, reason: TypeError("the client left"))
        #expect(signal.aborted)
        #expect(signal.reason as? TypeError == TypeError("the client left"))
    }

    @Test("a signal asked for after the abort is aborted, with the first reason")
    func askedLate() {
        let client = testClient()
        client.begin(1)
        client.abort(1, reason: TypeError("first"))
        client.abort(1, reason: TypeError("second"))
        #expect(request(client, 1).signal.reason as? TypeError == TypeError("first"))
    }

    @Test("a request has one signal, whoever asks")
    func identity() {
        let client = testClient()
        client.begin(1)
        #expect(request(client, 1).signal === request(client, 1).signal)
    }

    @Test("an abort never reaches another request's signal")
    func otherRequest() {
        let client = testClient()
        client.begin(1)
        let first = request(client, 1).signal
        client.end(1)
        client.begin(2)
        let second = request(client, 2).signal
        client.abort(1, reason: CancellationError())
        #expect(!first.aborted)
        #expect(!second.aborted)
        client.abort(2, reason: CancellationError())
        #expect(!first.aborted)
        #expect(second.aborted)
        #expect(!request(client, 1).signal.aborted)
    }

    @Test("a request that was answered is not aborted any more")
    func afterEnd() {
        let client = testClient()
        client.begin(1)
        let signal = request(client, 1).signal
        client.end(1)
        client.abort(1, reason: CancellationError())
        #expect(!signal.aborted)
        #expect(!request(client, 1).signal.aborted)
    }

    @Test("a late end does not end the next request")
    func lateEnd() {
        let client = testClient()
        client.begin(2)
        let signal = request(client, 2).signal
        client.end(1)
        client.abort(2, reason: CancellationError())
        #expect(signal.aborted)
    }

    @Test("the link lets go of a signal whose request is over")
    func release() {
        let client = testClient()
        client.begin(1)
        weak let signal = request(client, 1).signal
        #expect(signal != nil)
        client.end(1)
        #expect(signal == nil)
    }

    @Test("listeners may ask for the signal again, and begin another request")
    func reentrancy() async {
        let client = testClient()
        client.begin(1)
        let request = request(client, 1)
        let heard = Atomic(false)
        let registration = request.signal.onabort { _ in
            _ = request.signal.aborted
            client.begin(2)
            heard.store(true, ordering: .releasing)
        }
        client.abort(1, reason: CancellationError())
        let wasHeard = heard.load(ordering: .acquiring)
        #expect(wasHeard)
        _ = registration
    }

    @Test("signals asked for by many threads while requests come and go are never those of others")
    func threads() async {
        let client = testClient()
        await withTaskGroup(of: Void.self) { group in
            for number in UInt64(1)...200 {
                client.begin(number)
                group.addTask {
                    let signal = receivedRequest(client: client, number: number).signal
                    if let reason = signal.reason as? RangeError { #expect(reason.message == "\(number)") }
                }
                if number.isMultiple(of: 3) { client.abort(number, reason: RangeError("\(number)")) }
                client.end(number)
            }
        }
    }

    @Test("a made request has a signal, which nobody aborts")
    func madeRequest() {
        #expect(!Request("/").signal.aborted)
    }
}
