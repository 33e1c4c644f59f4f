// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

/// Code that uses encoders and decoders in unusual ways: by turns, too late, twice.
@Suite("JSON coders in unusual hands")
struct LifetimeTests {
    enum Key: String, CodingKey { case a, b, c, kept }

    // MARK: - Decoding

    /// Keeps everything that it was given.
    final class Hoarder: Decodable {
        let decoder: any Decoder
        let keyed: KeyedDecodingContainer<Key>
        var unkeyed: any UnkeyedDecodingContainer
        let single: any SingleValueDecodingContainer

        init(from decoder: any Decoder) throws {
            self.decoder = decoder
            keyed = try decoder.container(keyedBy: Key.self)
            unkeyed = try keyed.nestedUnkeyedContainer(forKey: .b)
            single = try decoder.singleValueContainer()
        }
    }

    @Test("a decoder or container that outlives its call throws, however often its memory is used again")
    func staleDecoder() throws {
        let text = Array(#"{"a":1,"b":[2]}"#.utf8)
        let hoarder = try JSON.decode(Hoarder.self, from: text)
        for _ in 0..<3 {
            let other = try JSON.decode(Hoarder.self, from: text)
            #expect(throws: JSONError.self) { try other.keyed.decode(Int.self, forKey: .a) }
            let error = #expect(throws: JSONError.self) { try hoarder.keyed.decode(Int.self, forKey: .a) }
            #expect(error?.kind == .misuse)
            #expect(throws: JSONError.self) { try hoarder.unkeyed.decode(Int.self) }
            #expect(throws: JSONError.self) { try hoarder.single.decode(Int.self) }
            #expect(throws: JSONError.self) { try hoarder.decoder.container(keyedBy: Key.self) }
            #expect(throws: JSONError.self) { try Hoarder(from: hoarder.decoder) }
            #expect(hoarder.unkeyed.isAtEnd && hoarder.keyed.allKeys.isEmpty && !hoarder.keyed.contains(.a))
            #expect(hoarder.decoder.codingPath.isEmpty && !hoarder.single.decodeNil())
        }
    }

    @Test("a thousand containers that are kept are all out of date, and hold no later call up")
    func manyStale() throws {
        let text = Array(("[" + Array(repeating: #"{"a":1,"b":[2]}"#, count: 1000).joined(separator: ",") + "]").utf8)
        var hoarders = try JSON.decode([Hoarder].self, from: text)
        let more = try JSON.decode([Hoarder].self, from: text)
        #expect((hoarders + more).allSatisfy { (try? $0.keyed.decode(Int.self, forKey: .a)) == nil })
        hoarders = []
        #expect(try JSON.decode([[String: JSON]].self, from: text).count == 1000)
        #expect(more.allSatisfy { (try? $0.keyed.decode(Int.self, forKey: .a)) == nil })
    }

    /// Two containers of one key type, read by turns, at each level of a recursion.
    struct ByTurns: Decodable, Equatable {
        var values: [Int]
        var inner: [ByTurns]

        init(from decoder: any Decoder) throws {
            let first = try decoder.container(keyedBy: Key.self)
            let second = try decoder.container(keyedBy: Key.self)
            let nested = try first.nestedContainer(keyedBy: Key.self, forKey: .c)
            values = [try first.decode(Int.self, forKey: .b)]
            values.append(try nested.decode(Int.self, forKey: .a))
            values.append(try second.decode(Int.self, forKey: .a))
            inner = try nested.decodeIfPresent([ByTurns].self, forKey: .b) ?? []
            values.append(try nested.decode(Int.self, forKey: .a))
            values.append(try first.decode(Int.self, forKey: .a))
            values.append(try second.decode(Int.self, forKey: .b))
        }
    }

    @Test("containers of one key type don't disturb each other")
    func interleavedDecoding() throws {
        func text(_ depth: Int) -> String {
            let inner = depth == 0 ? "" : ",\"b\":[\(text(depth - 1)),\(text(depth - 1))]"
            return "{\"a\":\(depth),\"c\":{\"a\":\(depth + 100)\(inner)},\"b\":\(depth + 10)}"
        }
        func check(_ value: ByTurns, _ depth: Int) {
            #expect(value.values == [depth + 10, depth + 100, depth, depth + 100, depth, depth + 10])
            #expect(value.inner.count == (depth == 0 ? 0 : 2))
            for inner in value.inner { check(inner, depth - 1) }
        }
        check(try JSON.decode(ByTurns.self, from: Array(text(5).utf8)), 5)
    }

    /// Decodes a text inside of decoding another.
    struct Embedded: Decodable {
        var values: [Int]
        var after: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            let text = try container.decode(String.self, forKey: .a)
            values = try JSON.decode([Int].self, from: Array(text.utf8))
            after = try container.decode(String.self, forKey: .b)
        }
    }

    @Test("a call inside of a call has a state of its own")
    func nestedCalls() throws {
        let value = try JSON.decode(Embedded.self, from: Array(#"{"a":"[1,2,3]","b":"after"}"#.utf8))
        #expect(value.values == [1, 2, 3] && value.after == "after")
    }

    struct MissingSuper: Decodable {
        var isNil: Bool

        init(from decoder: any Decoder) throws {
            let parent = try decoder.container(keyedBy: Key.self).superDecoder()
            isNil = try parent.singleValueContainer().decodeNil()
            #expect(throws: DecodingError.self) { try parent.container(keyedBy: Key.self) }
            #expect(throws: DecodingError.self) { try parent.singleValueContainer().decode(Int.self) }
            #expect(throws: DecodingError.self) { try parent.singleValueContainer().decode([Int].self) }
            #expect(try parent.singleValueContainer().decode(JSON.self) == nil)
            #expect(try parent.singleValueContainer().decode(Int?.self) == nil)
        }
    }

    @Test("a superDecoder without a member holds null")
    func missingSuper() throws {
        #expect(try JSON.decode(MissingSuper.self, from: Array("{}".utf8)).isNil)
    }

    @Test("many threads decode and encode at once")
    func threads() async throws {
        let text = Array((0..<50).map { "{\"a\":[\($0),\"x\"]}" }.joined(separator: ",").utf8)
        let list = [UInt8(ascii: "[")] + text + [UInt8(ascii: "]")]
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    for _ in 0..<20 {
                        let value = try JSON.decode([[String: [JSON]]].self, from: list)
                        guard try JSON.encode(value) == list else { return false }
                    }
                    return true
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
    }

    // MARK: - Encoding

    /// Runs a closure as `encode(to:)`.
    struct Writing: Encodable {
        let body: (any Encoder) throws -> Void
        init(_ body: @escaping (any Encoder) throws -> Void) { self.body = body }
        func encode(to encoder: any Encoder) throws { try body(encoder) }
    }

    private func text(_ body: @escaping (any Encoder) throws -> Void) throws -> String {
        String(decoding: try JSON.encode(["outer": [Writing(body)], "last": []]), as: UTF8.self)
            .replacingAll(#","last":[]"#, with: "").replacingAll(#""last":[],"#, with: "")
    }

    @Test("nested containers may be written by turns, each to its own place")
    func interleavedEncoding() throws {
        let result = try text { encoder in
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: .a)
            var nested = object.nestedContainer(keyedBy: Key.self, forKey: .b)
            try list.encode(1)
            try nested.encode("x", forKey: .a)
            var deep = list.nestedContainer(keyedBy: Key.self)
            try object.encode(true, forKey: .c)
            try deep.encode(2, forKey: .a)
            try nested.encode([3, 4], forKey: .b)
            try list.encode(5)
            try deep.encode([Writing { try [6].encode(to: $0) }], forKey: .b)
            try list.encode(["k": 7])
        }
        #expect(result == #"{"outer":[{"a":[1,{"a":2,"b":[[6]]},5,{"k":7}],"b":{"a":"x","b":[3,4]},"c":true}]}"#)
    }

    @Test("20,000 values that are written by turns take linear time")
    func manyInterleaved() throws {
        let pair = Writing { encoder in
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: .a)
            _ = object.superEncoder(forKey: .b)
            for _ in 0..<2 {
                try list.encode([1])
                try object.encode(Writing { try 2.encode(to: $0) }, forKey: .c)
            }
        }
        let text = try JSON.encode(Array(repeating: pair, count: 20_000))
        let one = #"{"a":[[1],[1]],"b":{},"c":2,"c":2}"#
        #expect(
            String(decoding: text, as: UTF8.self) == "[" + Array(repeating: one, count: 20_000).joined(separator: ",")
                + "]")
    }

    @Test("containers that nobody writes to are empty, encoders too, and may be written late")
    func unwritten() throws {
        let result = try text { encoder in
            var object = encoder.container(keyedBy: Key.self)
            _ = object.nestedUnkeyedContainer(forKey: .a)
            let late = object.superEncoder(forKey: .b)
            _ = object.superEncoder()
            try object.encode(1, forKey: .c)
            var container = late.container(keyedBy: Key.self)
            try container.encode("late", forKey: .a)
        }
        #expect(result == #"{"outer":[{"a":[],"b":{"a":"late"},"super":{},"c":1}]}"#)
        #expect(try text { _ in } == #"{"outer":[{}]}"#)
        #expect(throws: JSONError.self) { try JSON.encode(Writing { _ in }) }
    }

    @Test("a coding path names where a container stands, also a late one")
    func encodingPath() throws {
        _ = try text { encoder in
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: .a)
            #expect(object.codingPath.map(\.stringValue) == ["outer", "Index 0"])
            try object.encode(1, forKey: .b)
            try list.encode(1)
            let nested = list.nestedContainer(keyedBy: Key.self)
            #expect(nested.codingPath.map(\.stringValue) == ["outer", "Index 0", "a", "Index 1"])
        }
    }

    @Test("a member whose value fails leaves nothing behind where the code goes on")
    func takenBack() throws {
        let result = try text { encoder in
            var object = encoder.container(keyedBy: Key.self)
            try? object.encode(Double.nan, forKey: .a)
            try? object.encode([1, .infinity], forKey: .a)
            try object.encode(1, forKey: .b)
            try? object.encode(["x": [JSON(Double.nan)]].mapValues { $0 }, forKey: .c)
            try? object.encode(
                Writing { encoder in
                    var list = encoder.unkeyedContainer()
                    try list.encode(2)
                    throw CancellationError()
                }, forKey: .c)
        }
        #expect(result == #"{"outer":[{"b":1}]}"#)
    }

    @Test("a value that is written as two kinds is an error")
    func twoKinds() {
        let error = #expect(throws: JSONError.self) {
            try text { encoder in
                var list = encoder.unkeyedContainer()
                try list.encode(1)
                var object = encoder.container(keyedBy: Key.self)
                try? object.encode(1, forKey: .a)
            }
        }
        #expect(error?.message == "outer[0]: a value was written as two kinds of JSON")
        #expect(throws: JSONError.self) {
            try text { encoder in
                var value = encoder.singleValueContainer()
                try value.encode(1)
                try value.encode(2)
            }
        }
    }

    @Test("an encoder that outlives its value throws")
    func staleEncoder() throws {
        var kept: (any Encoder)?
        var container: KeyedEncodingContainer<Key>?
        let first = try text { encoder in
            kept = encoder
            container = encoder.container(keyedBy: Key.self)
            try container?.encode(1, forKey: .kept)
        }
        #expect(first == #"{"outer":[{"kept":1}]}"#)
        for _ in 0..<3 {
            #expect(throws: JSONError.self) { try container?.encode(2, forKey: .a) }
            #expect(throws: JSONError.self) { try 1.encode(to: try #require(kept)) }
            let next = try text { encoder in
                var own = encoder.container(keyedBy: Key.self)
                #expect(throws: JSONError.self) { try container?.encode(2, forKey: .a) }
                try own.encode(3, forKey: .b)
            }
            #expect(next == #"{"outer":[{"b":3}]}"#)
        }
    }
}

extension String {
    func replacingAll(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
