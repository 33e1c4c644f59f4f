// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetStreams

struct ConditionalResponseTests {
    private let ten = Response(
        "0123456789",
        headers: ["etag": "\"a\"", "content-type": "text/csv", "content-language": "en", "cache-control": "no-cache"])

    private func ask(_ response: Response, _ headers: Headers, method: Request.Method = .GET) -> Response {
        response.conditional(for: Request("/", method: method, headers: headers))
    }

    @Test("A client that has the body gets 304 without the fields that speak of it")
    func notModified() async throws {
        let response = ask(ten, ["if-none-match": "\"a\""])
        #expect(response.status == .notModified)
        #expect(response.headers["etag"] == "\"a\"")
        #expect(response.headers["cache-control"] == "no-cache")
        #expect(response.headers["content-type"] == nil)
        #expect(response.headers["content-language"] == nil)
        #expect(response.body == nil)
    }

    @Test("A client that means another version gets 412")
    func failed() {
        #expect(ask(ten, ["if-match": "\"b\""]).status == .preconditionFailed)
    }

    @Test(
        "One range is the body of a 206",
        arguments: [
            ("bytes=0-4", "01234", "bytes 0-4/10"), ("bytes=5-", "56789", "bytes 5-9/10"),
            ("bytes=-3", "789", "bytes 7-9/10"),
            ("bytes=2-3,3-5", "2345", "bytes 2-5/10"), ("bytes=0-99", "0123456789", "bytes 0-9/10"),
        ])
    func part(_ range: String, _ text: String, _ contentRange: String) async throws {
        let bytes = Response(Array("0123456789".utf8))
        let blob = Response(Blob(["01234", "56789"]))
        for source in [ten, bytes, blob] {
            let response = ask(source, ["range": range])
            #expect(response.status == .partialContent)
            #expect(response.headers["content-range"] == contentRange)
            #expect(response.headers["content-length"] == nil)
            #expect(response.headers["etag"] == source.headers["etag"])
            #expect(response.headers["content-type"] == source.headers["content-type"])
            #expect(response.bodyLength == text.utf8.count)
            #expect(try await response.text() == text)
        }
    }

    @Test("Ranges apart are parts, each with its type and place")
    func parts() async throws {
        let text = String(repeating: "0123456789", count: 100)
        let source = Response(text, headers: ["content-type": "text/csv"])
        let response = ask(source, ["range": "bytes=0-4,-2"])
        #expect(response.status == .partialContent)
        #expect(response.headers["content-range"] == nil)
        let type = try #require(response.headers["content-type"])
        let boundary = try #require(type.split(separator: "=").last)
        #expect(type == "multipart/byteranges; boundary=\(boundary)")
        let body = try await response.text()
        #expect(
            body == """
                \r\n--\(boundary)\r
                Content-Type: text/csv\r
                Content-Range: bytes 0-4/1000\r
                \r
                01234\r
                --\(boundary)\r
                Content-Type: text/csv\r
                Content-Range: bytes 998-999/1000\r
                \r
                89\r
                --\(boundary)--\r\n
                """)
        #expect(response.bodyLength == body.utf8.count)
    }

    @Test("Parts of a coded body are not mixed")
    func coded() {
        let source = Response([UInt8](repeating: 7, count: 1000), headers: ["content-encoding": "gzip"])
        #expect(ask(source, ["range": "bytes=0-0,999-"]).status == .ok)
        let part = ask(source, ["range": "bytes=0-0"])
        #expect(part.status == .partialContent)
        #expect(part.headers["content-encoding"] == "gzip")
    }

    @Test("A range that does not exist gets 416 with the length")
    func unsatisfiable() async throws {
        let response = ask(ten, ["range": "bytes=10-"])
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.headers["content-range"] == "bytes */10")
        #expect(response.headers["content-type"] == nil)
        #expect(try await response.text() == "")
    }

    @Test(
        "A refusal has no lifetime: no cache may give it to others",
        arguments: [(["if-match": "\"b\""], 412), (["range": "bytes=10-"], 416)] as [(Headers, UInt16)])
    func lifetime(_ conditions: Headers, _ status: UInt16) {
        let kept = Response(
            "0123456789",
            headers: [
                "etag": "\"a\"", "cache-control": "public, s-maxage=31536000", "age": "5",
                "expires": "Fri, 01 Jan 2038 00:00:00 GMT",
            ])
        let response = ask(kept, conditions)
        #expect(response.status.rawValue == status)
        for name in ["cache-control", "age", "expires"] { #expect(response.headers[Headers.Name(name)] == nil) }
        #expect(ask(kept, ["range": "bytes=0-1"]).headers["cache-control"] == "public, s-maxage=31536000")
    }

    @Test("What can be sent in parts says so, a stream can't")
    func streams() async throws {
        #expect(ask(ten, [:]).headers["accept-ranges"] == "bytes")
        let stream = Response(ReadableStream.from([Array("0123".utf8)]), headers: ["etag": "\"s\""])
        let response = ask(stream, ["range": "bytes=0-1"])
        #expect(response.status == .ok)
        #expect(response.headers["accept-ranges"] == nil)
        #expect(ask(stream, ["if-none-match": "\"s\""]).status == .notModified)
    }

    @Test("Only a 200 has conditions")
    func otherStatus() {
        let error = Response("no", status: .internalServerError, headers: ["etag": "\"a\""])
        #expect(ask(error, ["if-none-match": "\"a\""]).status == .internalServerError)
        let created = Response("0123", status: .created)
        #expect(ask(created, ["range": "bytes=0-1"]).status == .created)
    }

    @Test("What was done already has no conditions any more")
    func otherMethods() {
        for method in [.PUT, .POST, .DELETE] as [Request.Method] {
            #expect(ask(ten, ["if-match": "\"b\"", "range": "bytes=0-1"], method: method).status == .ok)
        }
    }

    @Test("A stored response is not changed by the parts that were sent of it")
    func stored() async throws {
        _ = try await ask(ten, ["range": "bytes=0-4"]).text()
        _ = ask(ten, ["if-none-match": "\"a\""])
        #expect(try await ten.text() == "0123456789")
    }
}
