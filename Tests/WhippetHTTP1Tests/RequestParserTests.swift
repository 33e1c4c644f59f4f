// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1
import WhippetInfra

/// A request that is valid, and what must be read from it.
struct ValidRequest: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: String
    var method = "GET"
    var target = "/"
    var path: String?
    var version = "1.1"
    var authority = "a"
    var fields: [String]?
    var body = BodyFraming.none
    var keepsAlive = true
    var expectsContinue = false
    var rest = ""
}

/// A request that is not, and the rule it breaks.
struct InvalidRequest: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: String
    let error: MessageError

    init(_ description: String, _ input: String, _ error: MessageError) {
        testDescription = description
        self.input = input
        self.error = error
    }
}

@Suite("RequestParser")
struct RequestParserTests {
    @Test("a valid head is read, however it is cut", arguments: validRequests)
    func valid(_ row: ValidRequest) throws {
        let input = bytes(row.input)
        let head = try #require(parseRequest(input, cuts: [input.count]).head)
        #expect(head.startLine == [row.method, row.target, row.version])
        #expect(head.path == row.path ?? row.target)
        #expect(head.authority == row.authority)
        #expect(head.body == row.body)
        #expect(head.keepsAlive == row.keepsAlive)
        #expect(head.expectsContinue == row.expectsContinue)
        #expect(head.rest == row.rest)
        if let fields = row.fields { #expect(head.fields == fields) }
        expectSameOutcome(input, .complete(head))
    }

    @Test("an invalid head is refused with the rule it breaks, however it is cut", arguments: invalidRequests)
    func invalid(_ row: InvalidRequest) {
        let input = bytes(row.input)
        #expect(parseRequest(input, cuts: [input.count]) == .failed(row.error))
        expectSameOutcome(input, .failed(row.error))
    }

    @Test(
        "a head that is not complete is waited for",
        arguments: [
            "", "G", "GET ", "GET /hello", "GET /hello ", "GET /hello HTTP", "GET / HTTP/1.1", "GET / HTTP/1.1\r",
            "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHos", "GET / HTTP/1.1\r\nHost:", "GET / HTTP/1.1\r\nHost: ",
            "GET / HTTP/1.1\r\nHost: a", "GET / HTTP/1.1\r\nHost: a\r", "GET / HTTP/1.1\r\nHost: a\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r", "\r", "\r\n", "\r\n\r\nG",
        ])
    func incomplete(_ input: String) {
        let input = bytes(input)
        #expect(parseRequest(input, cuts: [input.count]) == .incomplete)
        expectSameOutcome(input, .incomplete)
    }

    @Test("a name's byte is lowered, kept or refused, at each place of a name")
    func nameBytes() {
        let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        for byte in UInt8.min...UInt8.max where byte != 0x3A && byte != 0x0A {
            for place in 0..<18 {
                var name = Array("abcdefghi-klmnopqr".utf8)
                name[place] = byte
                let input = bytes("GET / HTTP/1.0\r\n") + name + bytes(":1\r\n\r\n")
                let field = parseRequest(input, cuts: [input.count]).head?.fields.first
                name[place] = ASCII.lowercased(byte)
                let expected = token.contains(byte) ? String(decoding: name, as: UTF8.self) + ": 1" : nil
                if field != expected {
                    Issue.record("byte \(byte) at \(place): \(field ?? "refused")")
                }
            }
        }
    }

    @Test(
        "a value's byte is kept or refused, at each place of a value, whatever stands around it", arguments: 1...18,
        [("x:", "\r\n\r\n"), ("x: ", "\r\n\r\n"), ("x: ", "\r\ny: aaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n")])
    func valueBytes(_ count: Int, _ around: (String, String)) {
        for byte in UInt8.min...UInt8.max where byte != 0x0A {
            for place in 0..<count {
                var value = [UInt8](repeating: 0x61, count: count)
                value[place] = byte
                let input = bytes("GET / HTTP/1.0\r\n" + around.0) + value + bytes(around.1)
                let isBlank = byte == 0x20 || byte == 0x09
                if isBlank, place == 0 || place == count - 1 { value.remove(at: place) }
                let isKept = byte >= 0x20 && byte != 0x7F || byte == 0x09
                let expected = isKept ? "x: " + String(String.UnicodeScalarView(value.map { Unicode.Scalar($0) })) : nil
                for cuts in [[input.count], [19, input.count]] where parseField(input, cuts) != expected {
                    Issue.record("byte \(byte) at \(place): \(parseField(input, cuts) ?? "refused")")
                }
            }
        }
    }

    @Test("a target's byte is kept or refused, at each place of a target", arguments: ["GET", "PUT", "UNKNOWN"])
    func targetBytes(_ method: String) {
        for byte in UInt8.min...UInt8.max where byte != 0x0A {
            for place in 1..<35 {
                var target = Array("/bcdefghijklmnopqrstuvwxyz012345678".utf8)
                target[place] = byte
                let input = bytes(method + " ") + target + bytes(" HTTP/1.0\r\nx: aaaaaaaaaaaaaaaa\r\n\r\n")
                let isKept = byte > 0x20 && byte < 0x7F && byte != 0x23
                let expected = isKept ? [method, String(decoding: target, as: UTF8.self), "1.0"] : nil
                for cuts in [[input.count], [20, input.count]]
                where parseRequest(input, cuts: cuts).head?.startLine != expected {
                    Issue.record("byte \(byte) at \(place), cut at \(cuts)")
                }
            }
        }
    }

    private func parseField(_ input: [UInt8], _ cuts: [Int]) -> String? {
        parseRequest(input, cuts: cuts).head?.fields.first
    }

    @Test("a host that is repeated is judged as the first time")
    func repeatedHosts() {
        let long = String(repeating: "a", count: 33)
        let hosts = ["a", "a", "b", "a:80", "a:8b", "a:80", "[::1]", "[::g]", "[::1]", long, long, "a", "", "a b", "a"]
        var parser = RequestParser()
        for host in hosts {
            let input = bytes("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
            let head = MessageHead()
            let first = parseRequest(input, cuts: [input.count]).head?.fields
            let again = input.withUnsafeBufferPointer { error(parser.parse($0, into: head)) }
            #expect((again == nil) == (first != nil), "\(host)")
            parser.reset()
        }
    }

    @Test("a head is read whatever its size is beside the memory of a new one", arguments: 960..<1060)
    func sizes(_ size: Int) {
        let value = String(repeating: "x", count: size - 40)
        let input = bytes("GET /12345 HTTP/1.1\r\nHost: a\r\nX: \(value)\r\nY: z\r\n\r\n")
        let head = parseRequest(input, cuts: [input.count]).head
        #expect(head?.fields == ["host: a", "x: \(value)", "y: z"])
        #expect(parseRequest(input, cuts: [500, input.count]).head == head)
    }

    @Test("a name longer than the memory of a new head is read", arguments: 3000..<3010)
    func longNames(_ count: Int) {
        let name = String(repeating: "n", count: count)
        let input = bytes("GET / HTTP/1.0\r\n\(name):1\r\n\r\n")
        #expect(parseRequest(input, cuts: [input.count]).head?.fields == ["\(name): 1"])
    }

    @Test("the parser stays in its error until it is reset")
    func errorStays() {
        var parser = RequestParser()
        let head = MessageHead()
        let good = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let bad = bytes("GET / HTTP/1.1\r\n\r\n")
        #expect(bad.withUnsafeBufferPointer { error(parser.parse($0, into: head)) } == .missingHost)
        #expect(good.withUnsafeBufferPointer { error(parser.parse($0, into: head)) } == .missingHost)
        parser.reset()
        #expect(good.withUnsafeBufferPointer { error(parser.parse($0, into: head)) } == nil)
    }

    @Test("pipelined requests are read one after another with one head")
    func pipelined() {
        var parser = RequestParser()
        let head = MessageHead()
        let input = bytes("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\nPUT /2 HTTP/1.0\r\nHost: b\r\nX: y\r\n\r\nrest")
        input.withUnsafeBufferPointer { whole in
            guard case .complete(let first, _) = parser.parse(whole, into: head) else {
                Issue.record("the first request is complete")
                return
            }
            parser.reset()
            let rest = UnsafeBufferPointer(rebasing: whole[first...])
            guard case .complete(let second, let framing) = parser.parse(rest, into: head) else {
                Issue.record("the second request is complete")
                return
            }
            #expect(text(head.bytes(head.storage.pointee.target)) == "/2")
            #expect(text(head.bytes(head.storage.pointee.authority)) == "b")
            #expect(head.storage.pointee.method == .PUT)
            #expect(head.count == 2)
            #expect(framing.keepsAlive == false)
            #expect(text(UnsafeBufferPointer(rebasing: rest[second...])) == "rest")
        }
    }

    private func error(_ step: RequestParser.Step) -> MessageError? {
        if case .failed(let error) = step { error } else { nil }
    }
}

/// Feeds the input byte by byte and in two pieces at each place.
func expectSameOutcome(
    _ input: [UInt8], limits: MessageLimits = MessageLimits(), _ outcome: HeadOutcome,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let byByte = parseRequest(input, cuts: 0...input.count, limits: limits)
    #expect(byByte == outcome, "byte by byte", sourceLocation: sourceLocation)
    let step = max(1, input.count / 300)
    for cut in stride(from: 0, to: input.count, by: step) {
        let halves = parseRequest(input, cuts: [cut, input.count], limits: limits)
        if halves != outcome {
            Issue.record("cut at \(cut): \(halves)", sourceLocation: sourceLocation)
            return
        }
    }
}
