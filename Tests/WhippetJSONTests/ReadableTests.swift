// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

@Suite("JSONReadable")
struct ReadableTests {
    /// A type that is both, so that one can be compared with the other.
    struct Order: JSONReadable, JSONWritable, Codable, Equatable {
        enum State: String, JSONReadable, JSONWritable, Codable { case open, paid }

        struct Item: JSONReadable, JSONWritable, Codable, Equatable {
            var price: Double
            var count: UInt8?

            init(price: Double, count: UInt8? = nil) {
                self.price = price
                self.count = count
            }

            init(json reader: JSON.Reader) throws {
                var object = try reader.object()
                price = try object.read("price")
                count = try object.read("count")
            }

            func write(json writer: inout JSON.Writer) throws {
                try writer.object {
                    try $0.write("price", price)
                    try $0.write("count", count)
                }
            }
        }

        var id: Int
        var name: String
        var state: State?
        var items: [Item]
        var notes: [String: [Int?]]

        init(id: Int, name: String, state: State? = nil, items: [Item] = [], notes: [String: [Int?]] = [:]) {
            self.id = id
            self.name = name
            self.state = state
            self.items = items
            self.notes = notes
        }

        init(json reader: JSON.Reader) throws {
            var object = try reader.object()
            id = try object.read("id")
            name = try object.read("name")
            state = try object.read("state")
            items = try object.read("items")
            notes = try object.read("notes") ?? [:]
        }

        func write(json writer: inout JSON.Writer) throws {
            try writer.object {
                try $0.write("id", id)
                try $0.write("name", name)
                try $0.write("state", state)
                try $0.write("items", items)
                try $0.write("notes", notes)
            }
        }
    }

    static let orders = [
        Order(id: 1, name: "a"),
        Order(
            id: -7, name: "é \"quoted\" \n text that is longer than a short string", state: .paid,
            items: [Order.Item(price: 1.5, count: 3), Order.Item(price: -0.25)], notes: ["x": [1, nil, 3]]),
    ]

    @Test("a value writes the same text as its Codable twin, and each reads what the other wrote", arguments: orders)
    func twin(order: Order) throws {
        let text = try JSON.write(order)
        #expect(String(decoding: text, as: UTF8.self) == String(decoding: try JSON.encode(order), as: UTF8.self))
        #expect(try JSON.read(Order.self, from: text) == order)
        #expect(try JSON.decode(Order.self, from: text) == order)
        for options in [JSON.EncodingOptions(pretty: true), JSON.EncodingOptions(sortedKeys: true)] {
            #expect(try JSON.write(order, options: options) == JSON.encode(order, options: options))
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let kind: JSONError.Kind
        let message: String
        let offset: Int?

        init(_ text: String, _ kind: JSONError.Kind, _ message: String, _ offset: Int?) {
            self.text = text
            self.kind = kind
            self.message = message
            self.offset = offset
        }

        var testDescription: String { text }
    }

    @Test(
        "what does not fit the type is named with its path, the rule and the offset",
        arguments: [
            Case("[]", .typeMismatch, "expected an object, found an array", 0),
            Case(#"{"id":1}"#, .missingKey, "name: required, but missing", 0),
            Case(#"{"id":"1"}"#, .typeMismatch, "id: expected a number, found a string", 6),
            Case(#"{"id":1,"name":null}"#, .typeMismatch, "name: expected a string, found null", 15),
            Case(#"{"id":1e30}"#, .numberOutOfRange, "id: 1e30 does not fit in Int", 6),
            Case(
                #"{"id":1,"name":"","items":[{"price":1},{}]}"#, .missingKey,
                "items[1].price: required, but missing", 39),
            Case(
                #"{"id":1,"name":"","items":[{"price":1,"count":256}]}"#, .numberOutOfRange,
                "items[0].count: 256 does not fit in UInt8", 46),
            Case(
                #"{"id":1,"name":"","items":[],"notes":{"a b":[true]}}"#, .typeMismatch,
                #"notes["a b"][0]: expected a number, found a boolean"#, 45),
            Case(
                #"{"id":1,"name":"","state":"lost","items":[]}"#, .dataCorrupted,
                "state: is none of the values of State", 26),
            Case(
                #"{"id":1,"name":"","#, .syntax,
                "expected a key in double quotes, found the end of the text at byte 18", 18),
        ])
    func errors(case test: Case) throws {
        let error = #expect(throws: JSONError.self) { try JSON.read(Order.self, from: Array(test.text.utf8)) }
        #expect(error?.kind == test.kind)
        #expect(error?.message == test.message)
        #expect(error?.offset == test.offset)
    }

    @Test("unknown keys are ignored, and refused where the type says so")
    func unknownKeys() throws {
        struct Strict: JSONReadable {
            init(json reader: JSON.Reader) throws { try reader.object().refuseKeys(otherThan: ["a"]) }
        }
        let text = Array(#"{"zzz":[{}],"id":1,"name":"n","items":[]}"#.utf8)
        #expect(try JSON.read(Order.self, from: text) == Order(id: 1, name: "n"))
        #expect(throws: Never.self) { try JSON.read(Strict.self, from: Array(#"{"a":1}"#.utf8)) }
        let error = #expect(throws: JSONError.self) { try JSON.read(Strict.self, from: Array(#"{"a":1,"b":2}"#.utf8)) }
        #expect(error?.message == "b: is not a known key")
    }

    @Test("of two equal keys the last one's value counts, in whatever order and number they are read")
    func duplicates() throws {
        struct Pair: JSONReadable {
            var a: Int
            var b: Int?
            var again: Int

            init(json reader: JSON.Reader) throws {
                var object = try reader.object()
                b = try object.read("b")
                a = try object.read("a")
                again = try object.read(key: "a")
            }
        }
        let pair = try JSON.read(Pair.self, from: Array(#"{"a":1,"b":2,"\u0061":3}"#.utf8))
        #expect(pair.a == 3 && pair.b == 2 && pair.again == 3)
        let many = "{" + (0..<100).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + #","a":1,"k7":8,"a":2}"#
        #expect(try JSON.read(Pair.self, from: Array(many.utf8)).a == 2)
        #expect(try JSON.read([String: Int].self, from: Array(many.utf8))["k7"] == 8)
    }

    @Test("an array's elements are read one by one, and one too many is an error")
    func arrays() throws {
        struct Point: JSONReadable {
            var x: Double
            var y: Double

            init(json reader: JSON.Reader) throws {
                var array = try reader.array()
                x = try array.read()
                y = try array.read()
            }
        }
        let points = try JSON.read([Point].self, from: Array("[[1,2],[3,4,5]]".utf8))
        #expect(points.map(\.x) == [1, 3] && points.map(\.y) == [2, 4])
        let error = #expect(throws: JSONError.self) { try JSON.read([Point].self, from: Array("[[1,2],[3]]".utf8)) }
        #expect(error?.message == "[1]: expected more than 1 element")
    }

    @Test("a type can look at what is there before it reads")
    func kinds() throws {
        struct Kinds: JSONReadable {
            var kinds: [JSON.Reader.Kind]
            init(json reader: JSON.Reader) throws { kinds = try reader.array().map(\.kind) }
        }
        let text = Array(#"[null,true,1,1.5,18446744073709551615,"a","\n",[],{}]"#.utf8)
        #expect(
            try JSON.read(Kinds.self, from: text).kinds
                == [.null, .bool, .number, .number, .number, .string, .string, .array, .object])
    }

    @Test("the options count: snake case, numbers that are not finite, user information")
    func options() throws {
        struct Unit: JSONReadable, JSONWritable {
            var unitPrice: Double
            var label = ""

            init(unitPrice: Double) { self.unitPrice = unitPrice }

            init(json reader: JSON.Reader) throws {
                var object = try reader.object()
                unitPrice = try object.read("unitPrice")
                if let key = CodingUserInfoKey(rawValue: "label") { label = reader.userInfo[key] as? String ?? "" }
            }

            func write(json writer: inout JSON.Writer) throws {
                try writer.object { try $0.write("unitPrice", unitPrice) }
            }
        }
        let strings = JSON.NonFiniteStrategy.strings(infinity: "inf", negativeInfinity: "-inf", notANumber: "nan")
        let text = try JSON.write(
            Unit(unitPrice: .infinity), options: JSON.EncodingOptions(keys: .snakeCase, nonFinite: strings))
        #expect(String(decoding: text, as: UTF8.self) == #"{"unit_price":"inf"}"#)
        let key = try #require(CodingUserInfoKey(rawValue: "label"))
        let unit = try JSON.read(
            Unit.self, from: text,
            options: JSON.DecodingOptions(keys: .snakeCase, nonFinite: strings, userInfo: [key: "l"]))
        #expect(unit.unitPrice == .infinity && unit.label == "l")
    }

    @Test("a Codable value can stand inside, in both directions")
    func codableInside() throws {
        struct Plain: Codable, Equatable { var list = [1, 2] }
        struct Outer: JSONReadable, JSONWritable {
            var plain: Plain

            init() { plain = Plain() }
            init(json reader: JSON.Reader) throws {
                var object = try reader.object()
                plain = try object.decode("plain")
            }
            func write(json writer: inout JSON.Writer) throws { try writer.object { try $0.encode("plain", plain) } }
        }
        let text = try JSON.write(Outer())
        #expect(String(decoding: text, as: UTF8.self) == #"{"plain":{"list":[1,2]}}"#)
        #expect(try JSON.read(Outer.self, from: text).plain == Plain())
        let error = #expect(throws: JSONError.self) {
            try JSON.read(Outer.self, from: Array(#"{"plain":{"list":[1,"2"]}}"#.utf8))
        }
        #expect(error?.message == "plain.list[1]: expected a number, found a string")
    }

    @Test("a reader that outlives its call throws")
    func lifetime() throws {
        struct Keeper: JSONReadable {
            var reader: JSON.Reader
            var object: JSON.ObjectReader
            init(json reader: JSON.Reader) throws {
                self.reader = reader
                object = try reader.object()
            }
        }
        var keeper = try JSON.read(Keeper.self, from: Array(#"{"a":1}"#.utf8))
        for _ in 0..<20 { _ = try JSON.parse(Array(#"{"a":2}"#.utf8)) }
        let error = #expect(throws: JSONError.self) { try keeper.object.read("a", as: Int.self) }
        #expect(error?.kind == .misuse)
        #expect(throws: JSONError.self) { try keeper.reader.read(Int?.self) }
        #expect(throws: JSONError.self) { try keeper.reader.object() }
        #expect(throws: JSONError.self) { try keeper.reader.decode([String: Int].self) }
        #expect(keeper.object.members.isEmpty && keeper.object.count == 0)
    }

    @Test(
        "short strings equal those that the standard library makes",
        arguments: ["", "a", "é", "1234567", "12345678", "123456789", "123456789012345", "1234567890123456", "12345é"])
    func shortStrings(text: String) throws {
        // At the start of the text, at its end and in the middle, as a key and as a value.
        #expect(try JSON.read(String.self, from: Array("\"\(text)\"".utf8)) == text)
        let list = try JSON.read([String].self, from: Array("[\"\(text)\",\"\(text)\"]".utf8))
        #expect(list == [text, text] && list.allSatisfy { $0.utf8.count == text.utf8.count })
        let object = try JSON.parse(Array("{\"\(text)\":\"\(text)\"}".utf8))
        #expect(object[text] == JSON.string(text) && object.objectValue?.keys == [text])
        #expect((list[0] + "x").hasPrefix(text) && Array(list[0].utf8) == Array(text.utf8))
        #expect(list[0].hashValue == text.hashValue)
    }
}
