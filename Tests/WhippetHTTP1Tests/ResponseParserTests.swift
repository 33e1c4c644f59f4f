// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1
import WhippetInfra

/// A response and what must be read from it.
struct ResponseCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: String
    var requestMethod = HTTPMethod.GET
    var startLine = ["1.1", "200", "OK"]
    var fields: [String]?
    var body = BodyFraming.untilClose
    var keepsAlive = false
    var rest = ""
}

/// A response that is refused.
struct InvalidResponse: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: String
    let error: MessageError

    init(_ description: String, _ input: String, _ error: MessageError) {
        testDescription = description
        self.input = input
        self.error = error
    }
}

@Suite("ResponseParser")
struct ResponseParserTests {
    @Test("a valid head is read, however it is cut", arguments: validCases)
    func valid(_ row: ResponseCase) throws {
        let input = bytes(row.input)
        let outcome = parseResponse(input, cuts: [input.count], requestMethod: row.requestMethod)
        let head = try #require(outcome.head)
        #expect(head.startLine == row.startLine)
        #expect(head.body == row.body)
        #expect(head.keepsAlive == row.keepsAlive)
        #expect(head.rest == row.rest)
        if let fields = row.fields { #expect(head.fields == fields) }
        expectSame(input, row.requestMethod, outcome)
    }

    @Test("an invalid head is refused, however it is cut", arguments: invalidCases)
    func invalid(_ row: InvalidResponse) {
        let input = bytes(row.input)
        #expect(parseResponse(input, cuts: [input.count]) == .failed(row.error))
        expectSame(input, .GET, .failed(row.error))
    }

    @Test("the final response follows an informational one")
    func informational() {
        var parser = ResponseParser(requestMethod: .POST)
        let head = MessageHead()
        let input = bytes(
            "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok")
        input.withUnsafeBufferPointer { whole in
            guard case .complete(let first, let framing) = parser.parse(whole, into: head) else {
                Issue.record("the informational response is complete")
                return
            }
            #expect(head.storage.pointee.statusCode == 103)
            #expect(framing.body == BodyFraming.none)
            #expect(framing.keepsAlive)
            parser.reset(requestMethod: .POST)
            let rest = UnsafeBufferPointer(rebasing: whole[first...])
            guard case .complete(_, let final) = parser.parse(rest, into: head) else {
                Issue.record("the final response is complete")
                return
            }
            #expect(head.storage.pointee.statusCode == 201)
            #expect(final.body == .length(2))
        }
    }

    private func expectSame(_ input: [UInt8], _ method: HTTPMethod, _ outcome: HeadOutcome) {
        #expect(parseResponse(input, cuts: 0...input.count, requestMethod: method) == outcome, "byte by byte")
        for cut in input.indices
        where parseResponse(input, cuts: [cut, input.count], requestMethod: method) != outcome {
            Issue.record("cut at \(cut)")
            return
        }
    }

    static let validCases: [ResponseCase] = [
        ResponseCase(
            testDescription: "a length", input: "HTTP/1.1 200 OK\r\nContent-Length:  219 \r\nX: y\r\n\r\n<T",
            fields: ["content-length: 219", "x: y"], body: .length(219), keepsAlive: true, rest: "<T"),
        ResponseCase(
            testDescription: "a length of 0", input: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", body: .none,
            keepsAlive: true),
        ResponseCase(
            testDescription: "chunked",
            input: "HTTP/1.1 200 OK\r\nContent-Length-X: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
            body: .chunked, keepsAlive: true),
        ResponseCase(
            testDescription: "neither", input: "HTTP/1.1 200 OK\r\n\r\nhello", body: .untilClose, rest: "hello"),
        ResponseCase(
            testDescription: "neither, with keep-alive", input: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n",
            startLine: ["1.0", "200", "OK"], body: .untilClose),
        ResponseCase(
            testDescription: "no reason", input: "HTTP/1.1 301 \r\nContent-Length: 0\r\n\r\n",
            startLine: ["1.1", "301", ""], body: .none, keepsAlive: true),
        ResponseCase(
            testDescription: "no space before no reason", input: "HTTP/1.1 301\r\nContent-Length: 0\r\n\r\n",
            startLine: ["1.1", "301", ""], body: .none, keepsAlive: true),
        ResponseCase(
            testDescription: "a space before the reason belongs to it", input: "HTTP/1.1 200  OK\r\n\r\n",
            startLine: ["1.1", "200", " OK"]),
        ResponseCase(
            testDescription: "bytes above 127 in the reason", input: "HTTP/1.1 500 Ori\u{EB}ntatieprobleem\r\n\r\n",
            startLine: ["1.1", "500", "Ori\u{EB}ntatieprobleem"]),
        ResponseCase(
            testDescription: "an unknown status", input: "HTTP/1.1 999 x\r\n\r\n", startLine: ["1.1", "999", "x"]),
        ResponseCase(
            testDescription: "close", input: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n",
            body: .length(1)),
        ResponseCase(
            testDescription: "HTTP/1.0 with keep-alive and a length",
            input: "HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n",
            startLine: ["1.0", "200", "OK"], body: .length(1), keepsAlive: true),
        ResponseCase(
            testDescription: "the answer to HEAD has no body", input: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            requestMethod: .HEAD, body: .none, keepsAlive: true),
        ResponseCase(
            testDescription: "204 has no body", input: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
            startLine: ["1.1", "204", "No Content"], body: .none, keepsAlive: true),
        ResponseCase(
            testDescription: "304 has no body", input: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
            startLine: ["1.1", "304", "Not Modified"], body: .none, keepsAlive: true),
        ResponseCase(
            testDescription: "100 has no body", input: "HTTP/1.1 100 Continue\r\n\r\nHTTP",
            startLine: ["1.1", "100", "Continue"], body: .none, keepsAlive: true, rest: "HTTP"),
        ResponseCase(
            testDescription: "101 has no body", input: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\u{81}",
            startLine: ["1.1", "101", "Switching Protocols"], body: .none, keepsAlive: true, rest: "\u{81}"),
        ResponseCase(
            testDescription: "an open tunnel has no body",
            input: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            requestMethod: .CONNECT, body: .none, keepsAlive: true),
        ResponseCase(
            testDescription: "a refused tunnel has one", input: "HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\n",
            requestMethod: .CONNECT, startLine: ["1.1", "407", "No"], body: .length(2), keepsAlive: true),
        ResponseCase(
            testDescription: "Host and Expect decide nothing",
            input: "HTTP/1.1 200 OK\r\nHost: \r\nHost: b\r\nExpect: x\r\n\r\n",
            fields: ["host: ", "host: b", "expect: x"]),
    ]

    static let invalidCases: [InvalidResponse] = [
        InvalidResponse("a first byte that is not H", "\r\nHTTP/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("another protocol", "ICE/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("HTTPER", "HTTPER/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("HTP", "HTP/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("two digits before the point", "HTTP/11.1 200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("two digits behind the point", "HTTP/1.01 200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a tab behind the version", "HTTP/1.1\t200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("two spaces behind the version", "HTTP/1.1  200 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a status of one digit", "HTTP/1.1 2 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a status of two digits", "HTTP/1.1 20\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a status below 100", "HTTP/1.1 099 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a status with a letter", "HTTP/1.1 2x0 OK\r\n\r\n", .malformedStatusLine),
        InvalidResponse("a control byte in the reason", "HTTP/1.1 200 O\0K\r\n\r\n", .malformedStatusLine),
        InvalidResponse("CR in the reason", "HTTP/1.1 200 OK\rContent-Length: 0\r\n\r\n", .malformedStatusLine),
        InvalidResponse("HTTP/0.9", "HTTP/0.9 200 OK\r\n\r\n", .unsupportedVersion),
        InvalidResponse("HTTP/5.6", "HTTP/5.6 200 OK\r\n\r\n", .unsupportedVersion),
        InvalidResponse("letters for digits", "HTTP/x.y 200 OK\r\n\r\n", .malformedVersion),
        InvalidResponse("LF alone", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", .bareLineFeed),
        InvalidResponse("CR between fields", "HTTP/1.1 200 OK\r\nFoo: 1\rBar: 2\r\n\r\n", .bareCarriageReturn),
        InvalidResponse(
            "white space before the first field", "HTTP/1.1 200 OK\r\n Host: foo\r\n\r\n", .obsoleteLineFolding),
        InvalidResponse("a space in a name", "HTTP/1.1 200 OK\r\nen-US Content-Type: a\r\n\r\n", .invalidFieldName),
        InvalidResponse(
            "chunked before another coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, deflate\r\n\r\n",
            .chunkedNotFinal),
        InvalidResponse(
            "a length and chunked", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            .contentLengthWithTransferEncoding),
        InvalidResponse(
            "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .repeatedContentLength),
    ]
}
