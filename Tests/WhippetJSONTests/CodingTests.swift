// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetJSON

@Suite("JSON coding")
struct CodingTests {
    struct Person: Codable, Equatable {
        var firstName: String
        var imageURL: String?
        var homeAddress: [String: Int]
    }

    @Test("snake case reads both spellings and leaves the keys of dictionaries alone")
    func snakeCase() throws {
        let person = Person(firstName: "Ada", imageURL: "u", homeAddress: ["streetNo": 1, "zip_code": 2])
        let options = JSON.EncodingOptions(sortedKeys: true, keys: .snakeCase)
        let text = try JSON.encode(person, options: options)
        #expect(
            String(decoding: text, as: UTF8.self)
                == #"{"first_name":"Ada","home_address":{"streetNo":1,"zip_code":2},"image_url":"u"}"#)
        #expect(try JSON.decode(Person.self, from: text, options: JSON.DecodingOptions(keys: .snakeCase)) == person)
        let exact = Array(#"{"firstName":"Ada","first_name":"no","homeAddress":{}}"#.utf8)
        #expect(
            try JSON.decode(Person.self, from: exact, options: JSON.DecodingOptions(keys: .snakeCase)).firstName
                == "Ada")
    }

    enum Event: Codable, Equatable {
        case userJoined(userName: String)
        case userLeft
    }

    @Test("snake case names the cases of an enum")
    func snakeCaseEnum() throws {
        let text = try JSON.encode(
            [Event.userJoined(userName: "x"), .userLeft], options: JSON.EncodingOptions(keys: .snakeCase))
        #expect(String(decoding: text, as: UTF8.self) == #"[{"user_joined":{"user_name":"x"}},{"user_left":{}}]"#)
        #expect(
            try JSON.decode([Event].self, from: text, options: JSON.DecodingOptions(keys: .snakeCase))
                == [.userJoined(userName: "x"), .userLeft])
    }

    @Test("numbers that are not finite follow the strategy")
    func nonFinite() throws {
        let values: [Double] = [.infinity, -.infinity, 1]
        #expect(
            try String(decoding: JSON.encode(values, options: JSON.EncodingOptions(nonFinite: .null)), as: UTF8.self)
                == "[null,null,1]")
        let strings = JSON.NonFiniteStrategy.strings(infinity: "inf", negativeInfinity: "-inf", notANumber: "nan")
        let text = try JSON.encode(values, options: JSON.EncodingOptions(nonFinite: strings))
        #expect(String(decoding: text, as: UTF8.self) == #"["inf","-inf",1]"#)
        #expect(try JSON.decode([Double].self, from: text, options: JSON.DecodingOptions(nonFinite: strings)) == values)
        #expect(
            try JSON.decode([Float].self, from: text, options: JSON.DecodingOptions(nonFinite: strings)) == [
                .infinity, -.infinity, 1,
            ])
        let nan = try JSON.decode(
            Double.self, from: Array(#""nan""#.utf8), options: JSON.DecodingOptions(nonFinite: strings))
        #expect(nan.isNaN)
        #expect(throws: JSONError.self) { try JSON.decode([Double].self, from: text) }
    }

    @Test("pretty output is that of JSON.stringify with two spaces")
    func pretty() throws {
        let json: JSON = ["b": [1, [], ["x": nil]], "a": "é\n", "c": [:]]
        let pretty = try JSON.encode(json, options: JSON.EncodingOptions(pretty: true))
        #expect(
            String(decoding: pretty, as: UTF8.self) == """
                {
                  "b": [
                    1,
                    [],
                    {
                      "x": null
                    }
                  ],
                  "a": "é\\n",
                  "c": {}
                }
                """)
        let sorted = try JSON.encode(json, options: JSON.EncodingOptions(sortedKeys: true))
        #expect(String(decoding: sorted, as: UTF8.self) == #"{"a":"é\n","b":[1,[],{"x":null}],"c":{}}"#)
    }

    static let key = CodingUserInfoKey(rawValue: "tenant")

    struct Informed: Codable, Equatable {
        var tenant: String
        init(_ tenant: String) { self.tenant = tenant }
        init(from decoder: any Decoder) throws {
            tenant = CodingTests.key.flatMap { decoder.userInfo[$0] as? String } ?? ""
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(CodingTests.key.flatMap { encoder.userInfo[$0] as? String } ?? "")
        }
    }

    @Test("userInfo reaches the types, and the next call's types don't see it")
    func userInfo() throws {
        let key = try #require(Self.key)
        let read = try JSON.decode(
            [Informed].self, from: Array("[1]".utf8), options: JSON.DecodingOptions(userInfo: [key: "t1"]))
        #expect(read == [Informed("t1")])
        #expect(try JSON.decode([Informed].self, from: Array("[1]".utf8)) == [Informed("")])
        let written = try JSON.encode([Informed("")], options: JSON.EncodingOptions(userInfo: [key: "t2"]))
        #expect(String(decoding: written, as: UTF8.self) == #"["t2"]"#)
    }

    @Test(
        "an integer may be written as a fraction of zero or with an exponent, and must fit",
        arguments: [
            ("1.0", 1), ("1e3", 1000), ("-2E0", -2), ("9007199254740991.0", 9_007_199_254_740_991), ("1.5", nil),
            ("9223372036854775808", nil), ("1e19", nil), ("9223372036854775807", .max), ("123456789012345678901", nil),
        ] as [(String, Int?)])
    func integers(text: String, value: Int?) {
        #expect((try? JSON.decode(Int.self, from: Array(text.utf8))) == value)
        #expect((try? JSON.decode([Int].self, from: Array("[\(text)]".utf8))) == value.map { [$0] })
        #expect((try? JSON.decode([String: Int].self, from: Array("{\"k\":\(text)}".utf8))) == value.map { ["k": $0] })
    }

    struct Wide: Codable, Equatable {
        var signed: Int128
        var unsigned: UInt128
        var list: [Int128]
    }

    @Test("integers of 128 bits read back exactly")
    func wideIntegers() throws {
        let wide = Wide(signed: .min, unsigned: .max, list: [.max, 0, -1])
        #expect(try JSON.decode(Wide.self, from: JSON.encode(wide)) == wide)
    }

    @Test("a Float is the nearest one to the digits, not to the nearest Double")
    func floatRounding() throws {
        let text = "1.000000059604644775390626"
        #expect(try JSON.decode(Float.self, from: Array(text.utf8)) == Float(text))
        #expect(throws: JSONError.self) { try JSON.decode(Float.self, from: Array("1e39".utf8)) }
        #expect(
            try String(decoding: JSON.encode([Float(0.1), Float(1e-7), Float(16_777_216)]), as: UTF8.self)
                == "[0.1,1e-7,16777216]")
    }

    @Test("single values stand on their own")
    func fragments() throws {
        #expect(try JSON.decode(String.self, from: Array(#" "a" "#.utf8)) == "a")
        #expect(try JSON.decode(Int?.self, from: Array("null".utf8)) == nil)
        #expect(try JSON.decode(Bool.self, from: Array("true".utf8)))
        #expect(try JSON.encode(Int?.none) == Array("null".utf8))
        #expect(try JSON.encode("a") == Array(#""a""#.utf8))
        #expect(try JSON.encode(true) == Array("true".utf8))
        let literal = try JSON.encode(["a", 1])
        #expect(literal == Array(#"["a",1]"#.utf8))
    }

    struct Dated: Codable {
        var at: Date
    }

    @Test("Foundation's types without a usual form are known by their names")
    func foreignTypeNames() {
        let types: [Any.Type] = [Date.self, Data.self, Decimal.self, Foundation.URL.self]
        for type in types { #expect(ForeignTypes.contains(type)) }
        #expect(!ForeignTypes.contains(UUID.self))
        #expect(!ForeignTypes.contains(Dated.self))
        #expect(
            ForeignTypes.reason(Date.self)
                == "Date has no form in JSON of its own: code a string or a number instead")
    }

    /// Whether this program has the module that gives Foundation's types their usual form.
    static var hasWhippetFoundation: Bool { (Date.self as Any.Type) is any TapeReadable.Type }

    @Test(
        "Foundation's types without a usual form are refused, not written as bare numbers",
        .disabled(if: hasWhippetFoundation, "WhippetFoundation is part of this program and gives them their form"))
    func foreignTypes() throws {
        let writing = #expect(throws: JSONError.self) {
            try JSON.encode(["a": Dated(at: Date(timeIntervalSince1970: 0))])
        }
        #expect(writing?.message == "a.at: Date has no form in JSON of its own: code a string or a number instead")
        let reading = #expect(throws: JSONError.self) { try JSON.decode(Dated.self, from: Array(#"{"at":1}"#.utf8)) }
        #expect(reading?.message == "at: Date has no form in JSON of its own: code a string or a number instead")
        #expect(throws: JSONError.self) { try JSON.encode([Data([1])]) }
        #expect(throws: JSONError.self) { try JSON.encode(Decimal(1)) }
        #expect(throws: JSONError.self) { try JSON.decode([Foundation.URL?].self, from: Array(#"["http://a"]"#.utf8)) }
    }

    private struct Mixed: Codable {
        var list: [JSON]
        var texts: [String: String]
        var meta: JSON
    }

    @Test("a JSON value is written as it is after others of its type, too")
    func jsonAfterJSON() throws {
        var mixed = Mixed(list: [1, "a"], texts: ["b": "c"], meta: ["x": 2])
        let text = try JSON.encode(mixed)
        #expect(String(decoding: text, as: UTF8.self) == #"{"list":[1,"a"],"texts":{"b":"c"},"meta":{"x":2}}"#)
        #expect(try JSON.decode(Mixed.self, from: text).meta == ["x": 2])
        mixed.meta = ["x": .number(JSON.Number(Double.nan))]
        let error = #expect(throws: JSONError.self) {
            try JSON.encode(mixed, options: JSON.EncodingOptions(nonFinite: .refuse))
        }
        #expect(error?.message == "meta: a number that is not finite has no form in JSON")
    }

    @Test("a JSON value in a model is read and written as it is")
    func embedded() throws {
        struct Envelope: Codable, Equatable {
            var meta: JSON
            var list: [JSON]
            var map: [String: JSON]
            var maybe: JSON?
        }
        let text = #"{"meta":{"b":[1,null],"a":1.5},"list":[true,"x"],"map":{"k":{}},"maybe":[18446744073709551615]}"#
        let value = try JSON.decode(Envelope.self, from: Array(text.utf8))
        #expect(value.meta == ["b": [1, nil], "a": 1.5] && value.list == [true, "x"])
        #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == text)
        let failing = Envelope(meta: ["x": JSON(Double.nan)], list: [], map: [:])
        let error = #expect(throws: JSONError.self) { try JSON.encode([failing]) }
        #expect(error?.message == "[0].meta: a number that is not finite has no form in JSON")
    }

    final class Chain: Codable {
        var next: Chain?
        init(_ next: Chain?) { self.next = next }
    }

    @Test("a type that contains itself goes 512 levels deep and no further, both ways")
    func recursion() throws {
        var chain = Chain(nil)
        for _ in 1..<512 { chain = Chain(chain) }
        let text = try JSON.encode(chain)
        var read: Chain? = try JSON.decode(Chain.self, from: text)
        var depth = 0
        while let inner = read {
            depth += 1
            read = inner.next
        }
        #expect(depth == 512)
        let error = #expect(throws: JSONError.self) { try JSON.encode(Chain(chain)) }
        #expect(error?.kind == .tooDeep)
    }
}
