// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetJSON
import WhippetTestSupport

/// Each type is coded by Foundation's coders and by ours; each must read what the other writes.
@Suite("JSON coding beside Foundation's")
struct DifferentialTests {
    @Test("both coders read what either writes", arguments: Zoo.all)
    func agree(animal: Animal) throws {
        try animal.check()
    }

    @Test(
        "snake case keys agree with Foundation's",
        arguments: [
            "name", "unitPrice", "imageURL", "imageURLList", "aB", "x1Y2", "_private", "a", "userID",
        ])
    func snakeCase(key: String) throws {
        let foundation = JSONEncoder()
        foundation.keyEncodingStrategy = .convertToSnakeCase
        let value = AnyKeyed(key: key)
        let ours = try JSON.encode(value, options: JSON.EncodingOptions(keys: .snakeCase))
        #expect(String(decoding: ours, as: UTF8.self) == String(decoding: try foundation.encode(value), as: UTF8.self))
    }

    @Test("random values read back equal, through each pair of coders")
    func random() throws {
        var generator = SplitMix(seed: 42)
        for _ in 0..<60 {
            let value = Zoo.Node.random(&generator, depth: 0)
            let ours = try JSON.encode(value)
            #expect(try JSON.decode(Zoo.Node.self, from: ours) == value)
            #expect(try JSONDecoder().decode(Zoo.Node.self, from: Data(ours)) == value)
            #expect(try JSON.decode(Zoo.Node.self, from: [UInt8](try JSONEncoder().encode(value))) == value)
            #expect(try JSON.parse(try JSON.parse(ours).serialize()) == JSON.parse(ours))
        }
    }

    @Test("random doubles and floats read back bit for bit, as Foundation's")
    func randomNumbers() throws {
        var generator = SplitMix(seed: 7)
        var doubles: [Double] = []
        var floats: [Float] = []
        for _ in 0..<5000 {
            let double = Double(bitPattern: generator.next())
            if double.isFinite { doubles.append(double) }
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            if float.isFinite { floats.append(float) }
            doubles.append(Double(generator.next() % 10_000_000) / 1000)
            doubles.append(Double.random(in: -1...1, using: &generator))
            doubles.append(Double(Int64(bitPattern: generator.next())))
        }
        #expect(try JSON.decode([Double].self, from: JSON.encode(doubles)) == doubles)
        #expect(try JSON.decode([Float].self, from: JSON.encode(floats)) == floats)
        #expect(try JSONDecoder().decode([Double].self, from: Data(JSON.encode(doubles))) == doubles)
        #expect(try JSON.decode([Double].self, from: [UInt8](JSONEncoder().encode(doubles))) == doubles)
    }
}

struct AnyKeyed: Encodable {
    struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    var key: String

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(1, forKey: Key(stringValue: key))
    }
}

/// One value of the zoo.
struct Animal: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: @Sendable () throws -> Void

    init<Value: Codable & Equatable & Sendable>(_ name: String, _ value: Value) {
        testDescription = name
        check = {
            let sorted = JSONEncoder()
            sorted.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let foundation = [UInt8](try sorted.encode(value))
            let ours = try JSON.encode(value)
            let oursSorted = try JSON.encode(value, options: JSON.EncodingOptions(sortedKeys: true))
            #expect(String(decoding: oursSorted, as: UTF8.self) == String(decoding: foundation, as: UTF8.self))
            #expect(try JSON.decode(Value.self, from: ours) == value)
            #expect(try JSON.decode(Value.self, from: foundation) == value)
            #expect(try JSONDecoder().decode(Value.self, from: Data(ours)) == value)
            // Through the value enum, which is coded by both as well.
            let json = try JSON.parse(ours)
            #expect(try JSON.decode(Value.self, from: JSON.encode(json)) == value)
            #expect(try JSONDecoder().decode(JSON.self, from: Data(ours)) == json)
            #expect(try JSON.parse([UInt8](JSONEncoder().encode(json))) == json)
            let pretty = try JSON.encode(value, options: JSON.EncodingOptions(pretty: true))
            #expect(try JSON.decode(Value.self, from: pretty) == value)
        }
    }
}

enum Zoo {
    struct Empty: Codable, Equatable {}

    struct Scalars: Codable, Equatable {
        var bool = true
        var string = "text"
        var double = 1.5
        var float: Float = 0.1
        var int = -1
        var int8: Int8 = -128
        var int16: Int16 = 32767
        var int32: Int32 = -2_147_483_648
        var int64 = Int64.min
        var uint: UInt = 1
        var uint8: UInt8 = 255
        var uint16: UInt16 = 65535
        var uint32: UInt32 = 4_294_967_295
        var uint64 = UInt64.max
    }

    struct Optionals: Codable, Equatable {
        var bool: Bool?
        var string: String?
        var double: Double?
        var float: Float?
        var int: Int?
        var int8: Int8?
        var uint64: UInt64?
        var list: [Int?]?
        var nested: Empty?
        var dictionary: [String: Int?]?
    }

    enum Suit: String, Codable, CaseIterable { case hearts, spades }
    enum Level: Int, Codable {
        case low = 1
        case high = 1000
    }

    enum Shape: Codable, Equatable, Sendable {
        case point
        case circle(radius: Double)
        case rectangle(Double, Double)
        indirect case group([Shape], name: String?)
    }

    struct Wrapper: Codable, Equatable {
        var value: String
        init(_ value: String) { self.value = value }
        init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(String.self) }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }

    struct DoubleWrapper: Codable, Equatable {
        var inner: Wrapper
        init(from decoder: any Decoder) throws { inner = try decoder.singleValueContainer().decode(Wrapper.self) }
        init(_ inner: Wrapper) { self.inner = inner }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(inner)
        }
    }

    enum Color: String, Codable, CodingKeyRepresentable, Hashable { case red, green }

    indirect enum Tree: Codable, Equatable, Sendable {
        case leaf
        case node(left: Tree, value: Int, right: Tree)
    }

    struct Node: Codable, Equatable {
        var name: String
        var weight: Double?
        var children: [Node]
        var attributes: [String: Int]

        static func random(_ generator: inout SplitMix, depth: Int) -> Node {
            let characters = Array("ab\"\\/\n\u{1}é€😀 ")
            let name = String((0..<Int(generator.next() % 12)).map { _ in characters[Int(generator.next() % 11)] })
            let count = depth < 4 ? Int(generator.next() % 4) : 0
            return Node(
                name: name, weight: generator.next() % 2 == 0 ? nil : Double(generator.next() % 100_000) / 64,
                children: (0..<count).map { _ in random(&generator, depth: depth + 1) },
                attributes: Dictionary(
                    (0..<Int(generator.next() % 40)).map { ("k\($0)", Int(truncatingIfNeeded: generator.next())) },
                    uniquingKeysWith: { $1 }))
        }
    }

    class Base: Codable, Equatable, @unchecked Sendable {
        let base: Int
        init(base: Int) { self.base = base }
        static func == (left: Base, right: Base) -> Bool { left.isEqual(right) }
        func isEqual(_ other: Base) -> Bool { base == other.base }
    }

    /// Superclass under `super`.
    final class Derived: Base, @unchecked Sendable {
        let derived: String
        init(base: Int, derived: String) {
            self.derived = derived
            super.init(base: base)
        }
        private enum CodingKeys: CodingKey { case derived }
        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            derived = try container.decode(String.self, forKey: .derived)
            try super.init(from: container.superDecoder())
        }
        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try super.encode(to: container.superEncoder())
            try container.encode(derived, forKey: .derived)
        }
        override func isEqual(_ other: Base) -> Bool {
            super.isEqual(other) && (other as? Derived)?.derived == derived
        }
    }

    /// Superclass in the same object.
    final class Flat: Base, @unchecked Sendable {
        let flat: [Int]
        init(base: Int, flat: [Int]) {
            self.flat = flat
            super.init(base: base)
        }
        private enum CodingKeys: CodingKey { case flat }
        required init(from decoder: any Decoder) throws {
            flat = try decoder.container(keyedBy: CodingKeys.self).decode([Int].self, forKey: .flat)
            try super.init(from: decoder)
        }
        override func encode(to encoder: any Encoder) throws {
            try super.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(flat, forKey: .flat)
        }
        override func isEqual(_ other: Base) -> Bool { super.isEqual(other) && (other as? Flat)?.flat == flat }
    }

    /// Nested containers of each kind, by hand, read in another order than written.
    struct Manual: Codable, Equatable {
        var first = 1
        var second = "two"
        var list = [3, 4]
        var deep = true
        private enum CodingKeys: CodingKey { case outer, list, mixed }
        private enum InnerKeys: CodingKey { case first, second }

        init() {}

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            var mixed = try container.nestedUnkeyedContainer(forKey: .mixed)
            let innermost = try mixed.nestedContainer(keyedBy: InnerKeys.self)
            var numbers = try mixed.nestedUnkeyedContainer()
            deep = try innermost.decode(Bool.self, forKey: .first)
            #expect(try numbers.decode(Int.self) == 1)
            #expect(try numbers.decodeNil())
            #expect(numbers.isAtEnd && numbers.currentIndex == 2 && numbers.count == 2)
            #expect(try mixed.superDecoder().singleValueContainer().decode(String.self) == "super")
            var list = try container.nestedUnkeyedContainer(forKey: .list)
            self.list = []
            while !list.isAtEnd { self.list.append(try list.decode(Int.self)) }
            let inner = try container.nestedContainer(keyedBy: InnerKeys.self, forKey: .outer)
            second = try inner.decode(String.self, forKey: .second)
            first = try inner.decode(Int.self, forKey: .first)
            #expect(Set(container.allKeys.map(\.stringValue)) == ["outer", "list", "mixed"])
            #expect(container.contains(.outer))
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            var inner = container.nestedContainer(keyedBy: InnerKeys.self, forKey: .outer)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            var mixed = container.nestedUnkeyedContainer(forKey: .mixed)
            // Written by turns, each long after the others were begun.
            try inner.encode(first, forKey: .first)
            try list.encode(self.list[0])
            var innermost = mixed.nestedContainer(keyedBy: InnerKeys.self)
            var numbers = mixed.nestedUnkeyedContainer()
            let last = mixed.superEncoder()
            try inner.encode(second, forKey: .second)
            try numbers.encode(1)
            try list.encode(contentsOf: self.list[1...])
            try innermost.encode(deep, forKey: .first)
            try numbers.encodeNil()
            var single = last.singleValueContainer()
            try single.encode("super")
        }
    }

    static let all: [Animal] = [
        Animal("empty struct in a list", [Empty(), Empty()]),
        Animal("scalars", Scalars()),
        Animal("scalars in lists", [[Scalars()], []]),
        Animal("optionals, none there", Optionals()),
        Animal(
            "optionals, all there",
            Optionals(
                bool: false, string: "", double: 0, float: 2, int: 3, int8: 4, uint64: 5, list: [1, nil, 3],
                nested: Empty(), dictionary: ["a": 1])),
        Animal("raw values", [Suit.hearts, .spades]),
        Animal("integer raw values", [Level.low, .high]),
        Animal("enum with payloads", [Shape.point, .circle(radius: 1.5), .rectangle(1, 2)]),
        Animal("indirect enum", Shape.group([.point, .group([], name: nil)], name: "g")),
        Animal("single value", [Wrapper("a"), Wrapper("")]),
        Animal("single value in single value", [DoubleWrapper(Wrapper("a"))]),
        Animal("string keys", ["a": 1, "b": 2]),
        Animal("keys that need escapes", ["a\"b\n": 1, "": 2, "é€": 3, "a rather long key\\": 4]),
        Animal("integer keys", [1: "a", -20: "b"]),
        Animal("keys of an enum", [Color.red: 1, .green: 2]),
        Animal("dictionary of structs", ["x": Optionals(), "y": Optionals(int: 1)]),
        Animal("dictionary of dictionaries", ["x": ["y": [1, 2]], "z": [:]]),
        Animal("many keys", Dictionary(uniqueKeysWithValues: (0..<200).map { ("key\($0)", $0) })),
        Animal("set", Set(["one"])),
        Animal("tree", Tree.node(left: .leaf, value: 1, right: .node(left: .leaf, value: 2, right: .leaf))),
        Animal("subclass with super", [Derived(base: 1, derived: "d")]),
        Animal("subclass in one object", [Flat(base: 1, flat: [1, 2])]),
        Animal("nested containers by hand", [Manual(), Manual()]),
        Animal("range", 1..<5),
        Animal("closed range of doubles", [0.5...1.5]),
        Animal("strings that need escapes", ["\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}", "é€😀\u{2028}", "\u{7F}"]),
        Animal("UUID", Foundation.UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))),
        Animal("nested lists", [[[1]], [], [[], [2, 3]]]),
        Animal("optional lists", [[1, nil], nil] as [[Int?]?]),
    ]
}
