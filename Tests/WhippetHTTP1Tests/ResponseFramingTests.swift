// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1
import WhippetInfra

/// A response about to be sent, and how it is framed.
struct FramingCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var method = HTTPMethod.GET
    var minorVersion: UInt8 = 1
    var status: UInt16 = 200
    var bodyLength: Int?
    let body: BodyFraming
    var contentLength: Int?
    var mayCarryOwn = false
}

@Suite("ResponseFraming")
struct ResponseFramingTests {
    @Test("method, version, status and length decide", arguments: cases)
    func decide(_ row: FramingCase) {
        let framing = ResponseFraming.decide(
            requestMethod: row.method, minorVersion: row.minorVersion, status: row.status, bodyLength: row.bodyLength)
        #expect(framing.body == row.body)
        #expect(framing.contentLength == row.contentLength)
        #expect(framing.mayCarryOwnContentLength == row.mayCarryOwn)
    }

    static let cases: [FramingCase] = [
        FramingCase(testDescription: "known length", bodyLength: 5, body: .length(5), contentLength: 5),
        FramingCase(testDescription: "empty", bodyLength: 0, body: .none, contentLength: 0),
        FramingCase(testDescription: "unknown length", body: .chunked),
        FramingCase(testDescription: "unknown length in HTTP/1.0", minorVersion: 0, body: .untilClose),
        FramingCase(
            testDescription: "HEAD", method: .HEAD, bodyLength: 5, body: .none, contentLength: 5, mayCarryOwn: true),
        FramingCase(testDescription: "HEAD, unknown length", method: .HEAD, body: .none, mayCarryOwn: true),
        FramingCase(testDescription: "HEAD and 204", method: .HEAD, status: 204, bodyLength: 0, body: .none),
        FramingCase(testDescription: "100", status: 100, bodyLength: 0, body: .none),
        FramingCase(testDescription: "101", status: 101, body: .none),
        FramingCase(testDescription: "204", status: 204, bodyLength: 5, body: .none),
        FramingCase(testDescription: "205", status: 205, bodyLength: 5, body: .none, contentLength: 0),
        FramingCase(testDescription: "205, unknown length", status: 205, body: .none, contentLength: 0),
        FramingCase(testDescription: "304", status: 304, bodyLength: 0, body: .none, mayCarryOwn: true),
        FramingCase(testDescription: "an open tunnel", method: .CONNECT, bodyLength: 0, body: .none),
        FramingCase(
            testDescription: "a refused tunnel", method: .CONNECT, status: 405, bodyLength: 3, body: .length(3),
            contentLength: 3),
    ]
}
