// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetJSON
import WhippetTestSupport

/// Random values of types that use all of `Codable`, read by each coder from what either wrote.
@Suite("JSON coding of random values beside Foundation's")
struct RandomTests {
    /// One member for each form that the coders treat in a way of its own.
    struct Ark: Codable, Equatable {
        var shape: Zoo.Shape
        var shapes: [Zoo.Shape?]
        var optionals: Zoo.Optionals
        var colors: [Zoo.Color: Double?]
        var numbered: [Int: [String]]
        var tree: Zoo.Tree
        var derived: Zoo.Derived
        var flat: [Zoo.Flat]
        var wrapped: Zoo.DoubleWrapper?
        var nested: [String: [String: Zoo.Level?]]
        var words: Set<UInt8>

        init(_ generator: inout SplitMix) {
            shape = .random(&generator, depth: 0)
            shapes = generator.list { $0.maybe { .random(&$0, depth: 1) } }
            optionals = Zoo.Optionals(
                bool: generator.maybe { $0.next() % 2 == 0 }, string: generator.maybe { $0.text() },
                double: generator.maybe { $0.double() }, float: generator.maybe { Float($0.next() % 1000) / 8 },
                int: generator.maybe { Int(truncatingIfNeeded: $0.next()) },
                int8: generator.maybe { Int8(truncatingIfNeeded: $0.next()) }, uint64: generator.maybe { $0.next() },
                list: generator.maybe { $0.list { $0.maybe { Int($0.next() % 100) } } },
                nested: generator.maybe { _ in Zoo.Empty() },
                dictionary: generator.maybe { [$0.text(): Int($0.next() % 5)] })
            colors = [.red: generator.maybe { $0.double() }, .green: generator.double()]
            numbered = [
                Int(truncatingIfNeeded: generator.next()): generator.list { $0.text() }, -1: [], 0: [generator.text()],
            ]
            tree = .node(
                left: .leaf, value: Int(generator.next() % 9), right: .node(left: .leaf, value: -1, right: .leaf))
            derived = Zoo.Derived(base: Int(generator.next() % 1000), derived: generator.text())
            flat = generator.list { Zoo.Flat(base: Int($0.next() % 10), flat: $0.list { Int($0.next() % 1000) }) }
            wrapped = generator.maybe { Zoo.DoubleWrapper(Zoo.Wrapper($0.text())) }
            nested = [generator.text(): [generator.text(): generator.maybe { $0.next() % 2 == 0 ? .low : .high }]]
            words = Set(generator.list { UInt8(truncatingIfNeeded: $0.next()) })
        }
    }

    @Test("each coder reads what either wrote, and gives the same", arguments: 0..<40)
    func agree(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let value = Ark(&generator)
        let ours = try JSON.encode(value)
        let theirs = [UInt8](try JSONEncoder().encode(value))
        #expect(try JSON.decode(Ark.self, from: ours) == value)
        #expect(try JSON.decode(Ark.self, from: theirs) == value)
        #expect(try JSONDecoder().decode(Ark.self, from: Data(ours)) == value)
        // As values: the same members, and stable when written again.
        #expect(try JSON.parse(ours) == JSON.parse(theirs))
        #expect(try JSON.parse(ours).serialize() == ours)
        #expect(try JSON.read(JSON.self, from: theirs) == JSON.parse(theirs))
    }

    @Test(
        "a Double above 2^53 is written with JavaScript's digits, which read back as that Double",
        arguments: [
            (12345678923456897123.56789, "12345678923456897000"), (9007199254740993.0, "9007199254740992"),
            (0x1p63, "9223372036854776000"), (0x1p64, "18446744073709552000"), (-0x1.8p60, "-1729382256910270500"),
            (1e17, "100000000000000000"), (1.5e300, "1.5e+300"),
        ])
    func wideDoubles(value: Double, text: String) throws {
        let written = try JSON.encode(value)
        #expect(String(decoding: written, as: UTF8.self) == text)
        #expect(try JSON.decode(Double.self, from: written) == value)
        // As a value it may be an integer then: it has these digits, is nearest to that Double and stays what it is.
        let json = try JSON.parse(written)
        #expect(json.doubleValue == value && json.serialize() == written)
        #expect(try JSON.parse(json.serialize()) == json)
    }
}

extension SplitMix {
    mutating func maybe<Value>(_ make: (inout SplitMix) -> Value) -> Value? {
        next() % 3 == 0 ? nil : make(&self)
    }

    mutating func list<Value>(_ make: (inout SplitMix) -> Value) -> [Value] {
        (0..<Int(next() % 5)).map { _ in make(&self) }
    }

    mutating func text() -> String {
        let characters = Array("abc\"\\/\n\t\u{1}é€😀 _XyZ")
        return String((0..<Int(next() % 24)).map { _ in characters[Int(next() % UInt64(characters.count))] })
    }

    mutating func double() -> Double {
        let value = Double(bitPattern: next())
        return value.isFinite ? value : Double(next() % 1_000_000) / 1000
    }
}

extension Zoo.Shape {
    static func random(_ generator: inout SplitMix, depth: Int) -> Zoo.Shape {
        switch generator.next() % (depth < 3 ? 4 : 3) {
        case 0: return .point
        case 1: return .circle(radius: generator.double())
        case 2: return .rectangle(generator.double(), generator.double())
        default:
            let shapes = generator.list { random(&$0, depth: depth + 1) }
            return .group(shapes, name: generator.maybe { $0.text() })
        }
    }
}
