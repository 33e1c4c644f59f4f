// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

@Suite("Headers: received, and on the wire")
struct HeadersWireTests {
    let received = Headers(
        received: receivedHead(fields: [
            ("host", "example.com"), ("accept", "a"), ("cookie", "a=1"), ("accept", "b"), ("cookie", "b=2"),
        ]))

    @Test("received headers answer like a list")
    func reading() throws {
        #expect(try received.get("Accept") == "a, b")
        #expect(received[.cookie] == "a=1; b=2")
        #expect(try received.has("HOST"))
        #expect(try !received.has("hos"))
        #expect(try received.get("x") == nil)
        #expect(received.pairs == ["accept: a, b", "cookie: a=1; b=2", "host: example.com"])
        #expect(received.wire == ["host: example.com", "accept: a", "cookie: a=1", "accept: b", "cookie: b=2"])
    }

    @Test("a change makes a list of the received fields, in their order")
    func changing() throws {
        var headers = received
        try headers.set("ACCEPT", "c")
        try headers.append("X-New", "1")
        try headers.delete("host")
        #expect(headers.wire == ["accept: c", "cookie: a=1", "cookie: b=2", "X-New: 1"])
        #expect(try received.get("accept") == "a, b")
    }

    @Test("received values are Latin-1: each byte is one character")
    func latin1() throws {
        let bytes: [UInt8] = [0x61, 0xE4, 0xFF, 0x80]
        let headers = Headers(received: receivedHead(byteFields: [(Array("x".utf8), bytes)]))
        #expect(try headers.get("x") == "aäÿ\u{80}")
        var changed = headers
        changed["y"] = "1"
        #expect(changed.wire == ["x: aäÿ\u{80}", "y: 1"])
    }

    @Test("values leave as Latin-1")
    func wireBytes() {
        let headers: Headers = ["X-Name": "aäÿ"]
        var values: [[UInt8]] = []
        headers.forEachField { _, value in values.append(Array(value)) }
        #expect(values == [[0x61, 0xE4, 0xFF]])
    }

    @Test("an empty value leaves empty")
    func emptyValue() {
        #expect((["x": ""] as Headers).wire == ["x: "])
    }

    @Test("the Content-Type of a body is a header like the others")
    func implicitType() throws {
        let headers = Response("a", headers: ["x": "1"]).headers
        #expect(headers.wire == ["x: 1", "content-type: text/plain;charset=UTF-8"])
        #expect(try headers.get("CONTENT-type") == "text/plain;charset=UTF-8")
        #expect(try headers.has("content-type"))
        #expect(headers.pairs == ["content-type: text/plain;charset=UTF-8", "x: 1"])
    }

    @Test("the Content-Type of a body can be changed, removed and followed by others")
    func implicitTypeChanges() throws {
        let original = Response("a").headers
        var replaced = original
        replaced[.contentType] = "text/html"
        #expect(replaced.wire == ["content-type: text/html"])
        var removed = original
        try removed.delete("Content-Type")
        #expect(removed.wire.isEmpty)
        var appended = original
        appended["x"] = "1"
        try appended.append("content-type", "b/c")
        #expect(
            appended.wire == ["content-type: text/plain;charset=UTF-8", "x: 1", "content-type: b/c"])
        #expect(appended[.contentType] == "text/plain;charset=UTF-8, b/c")
        #expect(original.wire == ["content-type: text/plain;charset=UTF-8"])
    }
}
