// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetStreams

private struct Item: Codable, Equatable {
    var name: String
    var count: Int
}

/// The values of JSON Lines, and the error that ended them.
private func values<Value: Decodable>(_ lines: JSONLines<Value>) async -> (values: [Value], error: String?) {
    var values: [Value] = []
    do {
        for try await value in lines { values.append(value) }
    } catch {
        return (values, "\(error)")
    }
    return (values, nil)
}

private func request(_ chunks: [String]) -> Request {
    receivedRequest(.POST, body: Body(incoming: ChunkSequence(chunks), limit: 8))
}

@Suite("JSON Lines")
struct JSONLinesTests {
    @Test("a body is read value by value, without regard to its limit")
    func reading() async throws {
        let request = request([#"{"name":"a","count":1}"# + "\n" + #"{"name":"b","#, #""count":2}"# + "\n"])
        var items: [Item] = []
        for try await item in request.json(lines: Item.self) { items.append(item) }
        #expect(items == [Item(name: "a", count: 1), Item(name: "b", count: 2)])
        #expect(request.bodyUsed)
    }

    @Test("a split makes no difference, wherever it is")
    func splits() async {
        let text = "\u{FEFF}[1]\r\n\n \t\r\n\"ä\\n\"\n{\"a\":null}\n2"
        let bytes = Array(text.utf8)
        let expected: [JSON] = [[1], "ä\n", ["a": nil], 2]
        for first in 0...bytes.count {
            for second in [first, (first + bytes.count) / 2, bytes.count] {
                let chunks = [bytes[..<first], bytes[first..<second], bytes[second...]].map { Array($0) }
                let stream = ByteStream.from(chunks)
                let result = await values(stream.json(lines: JSON.self))
                #expect(result.values == expected)
                #expect(result.error == nil)
            }
        }
        let result = await values(ByteStream.from(bytes.map { [$0] }).json(lines: JSON.self))
        #expect(result.values == expected)
    }

    @Test("without a value there are none", arguments: [[], [""], ["\n"], ["\r\n", "\n\n", " "], ["\u{FEFF}"]])
    func empty(chunks: [String]) async {
        let result = await values(request(chunks).json(lines: Int.self))
        #expect(result.values.isEmpty)
        #expect(result.error == nil)
    }

    @Test("a null body has no lines")
    func nullBody() async {
        let result = await values(receivedRequest().json(lines: Int.self))
        #expect(result.values.isEmpty)
        #expect(result.error == nil)
    }

    @Test("a bad line of a request is a 400 that names it, after the values before it")
    func badLine() async {
        let text =
            #"{"name":"a","count":1}"# + "\n\n" + #"{"name":"b","count":"2"}"# + "\n" + #"{"name":"c","count":3}"#
        let result = await values(request([text]).json(lines: Item.self))
        #expect(result.values == [Item(name: "a", count: 1)])
        #expect(result.error == "HTTPError 400: line 3: count: expected a number, found a string")
    }

    @Test("a bad line of a response is a JSONError with its line")
    func badResponse() async {
        let result = await values(Response("1\n2,\n3").json(lines: Int.self))
        #expect(result.values == [1])
        #expect(result.error?.hasPrefix("JSONError: line 2: ") == true)
    }

    @Test("a line may be as long as the limit, whatever the chunks", arguments: [1, 2, 3, 100])
    func atLimit(size: Int) async {
        let bytes = Array("12345\n1234567\n12345".utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let result = await values(ByteStream.from(chunks).json(lines: Int.self, lineLimit: 7))
        #expect(result.values == [12345, 1_234_567, 12345])
        #expect(result.error == nil)
        let tooLong = await values(ByteStream.from(chunks).json(lines: Int.self, lineLimit: 6))
        #expect(tooLong.values == [12345])
        #expect(tooLong.error == "JSONError: line 2: longer than the limit of 6 bytes")
    }

    @Test("a request's line without an end is refused as soon as it is too long, and the body cancelled")
    func endless() async {
        let sequence = ChunkSequence(Array(repeating: String(repeating: "1", count: 65_536), count: 64))
        let request = receivedRequest(.POST, body: Body(incoming: sequence, limit: nil))
        let result = await values(request.json(lines: Int.self))
        #expect(result.error == "HTTPError 413: line 1: longer than the limit of 1048576 bytes")
        #expect(sequence.reads == 17)
        #expect(sequence.cancelReason != nil)
    }

    @Test("after an error there are no more values")
    func ended() async throws {
        var iterator = ByteStream.from([Array("x\n1\n".utf8)]).json(lines: Int.self).makeAsyncIterator()
        await #expect(throws: JSONError.self) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test("leaving the loop early cancels the body")
    func leaving() async throws {
        let sequence = ChunkSequence(["1\n2\n", "3\n"])
        let request = receivedRequest(.POST, body: Body(incoming: sequence, limit: nil))
        for try await _ in request.json(lines: Int.self) { break }
        #expect(sequence.reads == 1)
        #expect(sequence.cancelReason != nil)
    }

    @Test("a body that was read is a TypeError")
    func used() async throws {
        let request = request(["1\n"])
        _ = try await request.text()
        let result = await values(request.json(lines: Int.self))
        #expect(result.error?.hasPrefix("TypeError") == true)
    }

    @Test("options reach every line")
    func options() async {
        struct Price: Decodable, Equatable {
            var unitPrice: Int
        }
        let stream = ByteStream.from([Array(#"{"unit_price":1}"#.utf8)])
        let result = await values(stream.json(lines: Price.self, options: .init(keys: .snakeCase)))
        #expect(result.values == [Price(unitPrice: 1)])
    }

    @Test("a hundred thousand short lines take linear time")
    func many() async {
        let text = String(repeating: "1\n", count: 100_000)
        let result = await values(ByteStream.from([Array(text.utf8)]).json(lines: Int.self))
        #expect(result.values.count == 100_000)
    }
}

@Suite("JSON of an asynchronous sequence")
struct JSONChunksTests {
    private func stream<Value: Sendable>(_ values: [Value]) -> AsyncStream<Value> {
        AsyncStream { stream in
            for value in values { stream.yield(value) }
            stream.finish()
        }
    }

    private struct Broken: Error {}

    @Test("an array is sent element by element")
    func array() async throws {
        let response = Response.json(stream([Item(name: "a", count: 1), Item(name: "b", count: 2)]))
        #expect(response.headers["content-type"] == "application/json")
        var chunks: [String] = []
        for try await chunk in try #require(response.body) { chunks.append(String(decoding: chunk, as: UTF8.self)) }
        #expect(chunks == [#"[{"name":"a","count":1}"#, #",{"name":"b","count":2}"#, "]"])
    }

    @Test("an array of any length reads back", arguments: [0, 1, 2, 50])
    func roundTrip(count: Int) async throws {
        let numbers = Array(0..<count)
        #expect(try await Response.json(stream(numbers), status: .created).json(as: [Int].self) == numbers)
    }

    @Test("lines are sent one by one")
    func lines() async throws {
        let response = Response.json(lines: stream([["a"], ["b\n"]]))
        #expect(response.headers["content-type"] == "application/x-ndjson")
        #expect(try await response.text() == "[\"a\"]\n[\"b\\n\"]\n")
    }

    @Test("lines have no line breaks within, whatever the options")
    func prettyLines() async throws {
        let response = Response(Body(jsonLines: stream([[1, 2]]), options: .init(pretty: true)))
        #expect(try await response.text() == "[1,2]\n")
    }

    @Test("lines read back")
    func linesRoundTrip() async throws {
        let items = (0..<20).map { Item(name: "\($0)\n", count: $0) }
        let result = await values(Response.json(lines: stream(items)).json(lines: Item.self))
        #expect(result.values == items)
    }

    @Test("a value without a form in JSON breaks the body off")
    func unwritable() async {
        let response = Response.json(stream([1, Double.nan]))
        let error = await asyncErrorText { try await response.bytes() }
        #expect(error?.hasPrefix("JSONError: ") == true)
    }

    @Test("an error of the sequence breaks the body off")
    func failing() async {
        let failing = AsyncThrowingStream<Int, any Error> { stream in
            stream.yield(1)
            stream.finish(throwing: Broken())
        }
        let error = await asyncErrorText { try await Response.json(failing).bytes() }
        #expect(error == "Broken()")
    }
}
