// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

/// Long and deep values: with more than linear work these tests would run for hours.
@Suite("JSON of unusual size")
struct LinearTests {
    private static let megabyte = 1 << 20

    @Test("a string of 10 MB is read and written, plain or full of escapes")
    func longStrings() throws {
        let plain = String(repeating: "0123456789abcdef", count: 10 * Self.megabyte / 16)
        // Each kind of run between escapes: none, short, long; and characters of several bytes.
        let mixed = String(repeating: "\n\"é\\ a longer run of text 😀\u{1}", count: Self.megabyte / 32)
        for string in [plain, mixed] {
            let text = try JSON.encode(string)
            #expect(text.count >= string.utf8.count + 2)
            #expect(try JSON.decode(String.self, from: text) == string)
            #expect(try JSON.parse(text) == JSON.string(string))
            #expect(try JSON.read(String.self, from: text) == string)
            #expect(try JSON.write(string) == text && JSON.string(string).serialize() == text)
        }
    }

    @Test("100,000 elements are read and written by each way")
    func longArrays() throws {
        let numbers = Array(0..<100_000)
        let text = try JSON.encode(numbers)
        #expect(try JSON.decode([Int].self, from: text) == numbers)
        #expect(try JSON.read([Int].self, from: text) == numbers)
        #expect(try JSON.write(numbers) == text)
        #expect(
            try JSON.decode([Int8?].self, from: JSON.encode([Int8?](repeating: nil, count: 100_000))).count == 100_000)
        let objects = try JSON.encode((0..<100_000).map { ["n": $0] })
        let members = try JSON.decode([[String: Int]].self, from: objects)
        #expect(members.count == 100_000 && members[99_999] == ["n": 99_999])
    }

    @Test("an object of 100,000 keys, all different or all equal, is read by each way")
    func longObjects() throws {
        struct Last: JSONReadable, Decodable {
            var value: Int
            enum CodingKeys: String, CodingKey { case value = "last" }
            init(json reader: JSON.Reader) throws {
                var object = try reader.object()
                for _ in 0..<1000 { _ = try object.read("missing", as: Int?.self) }
                value = try object.read("last")
            }
        }
        let key = { (number: Int) in "a key that is as long as it need not be, number \(number)" }
        for number in [{ $0 }, { _ in 0 }] as [(Int) -> Int] {
            let members = (0..<100_000).map { "\"\(key(number($0)))\":\($0)" }.joined(separator: ",")
            let text = Array("{\(members),\"last\":7}".utf8)
            #expect(try JSON.decode(Last.self, from: text).value == 7)
            #expect(try JSON.read(Last.self, from: text).value == 7)
            #expect(try JSON.parse(text)["last"] == 7)
            #expect(try JSON.read([String: Int].self, from: text).count == number(99_999) + 2)
        }
    }

    @Test("many objects of many repeated keys are read")
    func repeatedKeys() throws {
        let object = "{" + (0..<40).map { "\"k\($0 % 20)\":\($0)" }.joined(separator: ",") + "}"
        let text = Array("[\(Array(repeating: object, count: 2000).joined(separator: ","))]".utf8)
        #expect(try JSON.decode([[String: Int]].self, from: text).allSatisfy { $0["k7"] == 27 && $0.count == 20 })
        #expect(try JSON.read([[String: Int]].self, from: text).allSatisfy { $0["k7"] == 27 && $0.count == 20 })
    }

    @Test("512 levels are read and written by each way; of one more, no way takes any")
    func deep() throws {
        indirect enum Nest: Codable, JSONReadable, JSONWritable {
            case end
            case inner(Nest)

            init(levels: Int) { self = levels == 0 ? .end : .inner(Nest(levels: levels - 1)) }

            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                self = container.isAtEnd ? .end : .inner(try container.decode(Nest.self))
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                if case .inner(let nest) = self { try container.encode(nest) }
            }

            init(json reader: JSON.Reader) throws {
                var array = try reader.array()
                self = array.count == 0 ? .end : .inner(try array.read())
            }

            func write(json writer: inout JSON.Writer) throws {
                try writer.array { if case .inner(let nest) = self { try $0.write(nest) } }
            }
        }
        let text = Array((String(repeating: "[", count: 512) + String(repeating: "]", count: 512)).utf8)
        #expect(try JSON.encode(JSON.decode(Nest.self, from: text)) == text)
        #expect(try JSON.write(JSON.read(Nest.self, from: text)) == text)
        let deeper = [UInt8(ascii: "[")] + text + [UInt8(ascii: "]")]
        #expect(throws: JSONError.self) { try JSON.decode(Nest.self, from: deeper) }
        #expect(throws: JSONError.self) { try JSON.read(Nest.self, from: deeper) }
        #expect(throws: JSONError.self) { try JSON.encode(Nest(levels: 512)) }
        #expect(throws: JSONError.self) { try JSON.write(Nest(levels: 512)) }
        #expect(throws: JSONError.self) { try JSON.parse(deeper) }
    }
}
