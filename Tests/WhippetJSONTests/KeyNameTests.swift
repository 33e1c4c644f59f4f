// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

/// The names of keys that are one byte are kept, and members are found by them.
@Suite("Keys of one byte")
struct KeyNameTests {
    static let alphabet = "abcdefghijklmnopqrstuvwxyz"

    /// Below 24 a key is called by so many letters; then come names that are written with escapes, and numbers.
    struct ByteKey: CodingKey, Equatable {
        static let odd = ["\"", "a\"", "\":\"", "\\", "\u{0}", "\u{1F}", "é", "日本", "a b"]
        static let all = (0..<60).map { ByteKey(byte: $0) }

        let byte: UInt8
        var intValue: Int? { nil }
        var stringValue: String {
            if byte < 24 { return String(alphabet.prefix(Int(byte))) }
            let rest = Int(byte) - 24
            return rest < Self.odd.count ? Self.odd[rest] : "key \(byte)"
        }

        init(byte: UInt8) { self.byte = byte }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { nil }
    }

    /// Reads the keys that it is told, in their order.
    struct Members: Decodable {
        static let keys = CodingUserInfoKey(rawValue: "keys")
        let values: [Int?]

        init(from decoder: any Decoder) throws {
            let keys = Self.keys.flatMap { decoder.userInfo[$0] as? [ByteKey] } ?? []
            let container = try decoder.container(keyedBy: ByteKey.self)
            values = try keys.map { try container.decodeIfPresent(Int.self, forKey: $0) }
        }
    }

    private func read(_ keys: [ByteKey], _ objects: [[String]]) throws -> [[Int?]] {
        let array = objects.map { names in
            var object = JSON.Object()
            for (index, name) in names.enumerated() { object[name] = .number(JSON.Number(index)) }
            return JSON.object(object)
        }
        let key = try #require(Members.keys)
        let options = JSON.DecodingOptions(userInfo: [key: keys])
        return try JSON.decode([Members].self, from: JSON.array(array).serialize(), options: options).map(\.values)
    }

    @Test("are found whatever they are called and in whatever order, again and again", arguments: [1, 7, 11, 59])
    func orders(step: Int) throws {
        let all = ByteKey.all
        let keys = all.indices.map { all[$0 * step % all.count] }
        for size in [1, 2, 20, 31, 60] {
            let asked = Array(keys.prefix(size))
            let expected: [Int?] = Array(asked.indices)
            #expect(
                try read(asked, Array(repeating: asked.map(\.stringValue), count: 3))
                    == [expected, expected, expected])
            #expect(try read(asked, [asked.reversed().map(\.stringValue)]) == [expected.reversed()])
        }
    }

    /// Names that differ from one in one place or in their length.
    private static func others(_ name: String) -> [String] {
        let changed = name.indices.map { name.replacingCharacters(at: $0, with: "?") }
        return changed + [name + "k", name + "\"", name + "\\"] + (name.isEmpty ? [] : [String(name.dropLast())])
    }

    @Test("are told from names that are nearly the same", arguments: 0...23 as ClosedRange<UInt8>)
    func near(length: UInt8) throws {
        let key = ByteKey(byte: length)
        for other in Self.others(key.stringValue) {
            let name = key.stringValue
            #expect(try read([key], [[name], [other], [name]]) == [[0], [nil], [0]])
            #expect(try read([key], [[name], [other, name], [other]]) == [[0], [1], [nil]])
        }
    }

    /// Writes a member under each key.
    struct Written: Encodable {
        let keys: [ByteKey]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: ByteKey.self)
            for (index, key) in keys.enumerated() { try container.encode(index, forKey: key) }
        }
    }

    @Test("are written as any other, again and again", arguments: [1, 7, 11, 59])
    func writing(step: Int) throws {
        let all = ByteKey.all
        let keys = all.indices.map { all[$0 * step % all.count] }
        var object = JSON.Object()
        for (index, key) in keys.enumerated() { object[key.stringValue] = .number(JSON.Number(index)) }
        let expected = JSON.array([.object(object), .object(object)]).serialize()
        #expect(try JSON.encode([Written(keys: keys), Written(keys: keys)]) == expected)
    }

    /// Each member as two types.
    struct Twice: Decodable, Equatable {
        enum CodingKeys: CodingKey { case flag, text, whole, number }
        var wrong: [String] = []
        var flag: Bool
        var text: String
        var whole: Int
        var number: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            for key in [CodingKeys.flag, .text, .whole, .number] {
                if (try? container.decode(Bool.self, forKey: key)) == nil { wrong.append("Bool") }
                if (try? container.decode(String.self, forKey: key)) == nil { wrong.append("String") }
                if (try? container.decode(Int.self, forKey: key)) == nil { wrong.append("Int") }
                if (try? container.decode(Double.self, forKey: key)) == nil { wrong.append("Double") }
            }
            flag = try container.decode(Bool.self, forKey: .flag)
            text = try container.decode(String.self, forKey: .text)
            whole = try container.decode(Int.self, forKey: .whole)
            number = try container.decode(Double.self, forKey: .number)
        }
    }

    @Test("can be asked for as one type after another")
    func kinds() throws {
        let text =
            #"[{"flag":true,"text":"a longer text than fits","whole":1,"number":1.5},"#
            + #"{"flag":false,"text":"short","whole":-7,"number":2e3}]"#
        let values = try JSON.decode([Twice].self, from: Array(text.utf8))
        let wrong = ["String", "Int", "Double", "Bool", "Int", "Double", "Bool", "String", "Bool", "String"]
        #expect(values[0].wrong == wrong + ["Int"])
        #expect(values[1].wrong == wrong)
        #expect(values.map(\.text) == ["a longer text than fits", "short"])
        #expect(values.map(\.whole) == [1, -7] && values.map(\.number) == [1.5, 2000])
        #expect(values.map(\.flag) == [true, false])
    }

    struct Only: Codable, Equatable {
        var onlyMember: Int
    }

    @Test("may be none: the only case of an enumeration takes no byte")
    func only() throws {
        for _ in 0..<3 {
            let text = Array(#"[{"onlyMember":1},{"a":2,"onlyMember":3}]"#.utf8)
            #expect(try JSON.decode([Only].self, from: text).map(\.onlyMember) == [1, 3])
        }
    }

    struct Name: Codable, Equatable {
        var firstName: String
        var age: Int
    }

    @Test("follow the options of each call")
    func options() throws {
        let snake = JSON.DecodingOptions(keys: .snakeCase)
        for _ in 0..<3 {
            let plain = Array(#"[{"firstName":"Ada","age":36}]"#.utf8)
            #expect(try JSON.decode([Name].self, from: plain) == [Name(firstName: "Ada", age: 36)])
            let other = Array(#"[{"first_name":"Bob","age":1}]"#.utf8)
            #expect(try JSON.decode([Name].self, from: other, options: snake) == [Name(firstName: "Bob", age: 1)])
            #expect(throws: JSONError.self) { try JSON.decode([Name].self, from: other) }
        }
    }

    enum Nested<Inner> {}

    /// Reads the member whose name is the type's own.
    struct Tagged<Tag>: Decodable {
        struct Key: CodingKey {
            static var number: Int { _typeName(Tag.self).utf8.count % 17 }

            var byte: UInt8
            var intValue: Int? { nil }
            var stringValue: String { "k\(Self.number)" }

            init() { byte = 0 }
            init?(stringValue: String) { nil }
            init?(intValue: Int) { nil }
        }

        let isRight: Bool

        init(from decoder: any Decoder) throws {
            let value = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: Key())
            isRight = value == Key.number
        }
    }

    /// Objects with the names of all types, each of which comes first once.
    static let objects: [UInt8] = {
        let objects = (0..<17).map { first in
            "{" + (0..<17).map { "\"k\((first + $0) % 17)\":\((first + $0) % 17)" }.joined(separator: ",") + "}"
        }
        return Array("[\(objects.joined(separator: ","))]".utf8)
    }()

    /// Reads the objects by so many types of keys.
    private func areRight<Tag>(_ tag: Tag.Type, count: Int) throws -> Bool {
        if count == 0 { return true }
        let values = try JSON.decode([Tagged<Tag>].self, from: Self.objects)
        return try values.allSatisfy(\.isRight) && areRight(Nested<Tag>.self, count: count - 1)
    }

    @Test("of more types than are kept do not take each other's names")
    func manyTypes() throws {
        #expect(try areRight(Int.self, count: 70))
        #expect(try areRight(Int.self, count: 70))
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with character: Character) -> String {
        String(self[..<index]) + String(character) + String(self[self.index(after: index)...])
    }
}
