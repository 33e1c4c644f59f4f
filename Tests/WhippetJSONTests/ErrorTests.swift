// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

@Suite("JSON errors")
struct ErrorTests {
    struct Item: Codable, Equatable {
        var price: Double
        var count: UInt8?
        var state: State?
        enum State: String, Codable { case on, off }
    }

    struct Order: Codable, Equatable {
        var items: [Item]
        var name: String
        var tags: [String: [Int]]?
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let kind: JSONError.Kind
        let message: String
        let offset: Int?

        init(_ text: String, _ kind: JSONError.Kind, _ message: String, _ offset: Int? = nil) {
            self.text = text
            self.kind = kind
            self.message = message
            self.offset = offset
        }

        var testDescription: String { text }
    }

    @Test(
        "a value that does not fit the type is named with its path and the rule",
        arguments: [
            Case(#"[]"#, .typeMismatch, "expected an object, found an array", 0),
            Case(#"null"#, .typeMismatch, "expected an object, found null", 0),
            Case(
                #"{"items":[{"price":"1"}],"name":""}"#, .typeMismatch,
                "items[0].price: expected a number, found a string", 19),
            Case(
                #"{"items":[{"price":1},{"price":true}],"name":""}"#, .typeMismatch,
                "items[1].price: expected a number, found a boolean", 31),
            Case(#"{"items":{},"name":""}"#, .typeMismatch, "items: expected an array, found an object", 9),
            Case(#"{"items":[null],"name":""}"#, .typeMismatch, "items[0]: expected an object, found null", 10),
            Case(#"{"items":[{}],"name":""}"#, .missingKey, "items[0].price: required, but missing", 10),
            Case(#"{"name":""}"#, .missingKey, "items: required, but missing", 0),
            Case(#"{"items":[],"name":null}"#, .typeMismatch, "name: expected a string, found null", 19),
            Case(
                #"{"items":[{"price":1,"count":300}],"name":""}"#, .numberOutOfRange,
                "items[0].count: 300 does not fit in UInt8", 29),
            Case(
                #"{"items":[{"price":1,"count":-1}],"name":""}"#, .numberOutOfRange,
                "items[0].count: -1 does not fit in UInt8", 29),
            Case(
                #"{"items":[{"price":1,"count":1.5}],"name":""}"#, .numberOutOfRange,
                "items[0].count: 1.5 is not an integer", 29),
            Case(
                #"{"items":[],"name":"","tags":{"a b":[1,"x"]}}"#, .typeMismatch,
                #"tags["a b"][1]: expected a number, found a string"#, 39),
            Case(
                #"{"items":[{"price":1,"state":"broken"}],"name":""}"#, .dataCorrupted,
                "items[0].state: Cannot initialize State from invalid String value broken"),
        ])
    func decoding(test: Case) throws {
        let error = #expect(throws: JSONError.self) { try JSON.decode(Order.self, from: Array(test.text.utf8)) }
        #expect(error?.message == test.message)
        #expect(error?.kind == test.kind)
        #expect(error?.offset == test.offset)
    }

    @Test(
        "a text that is not JSON is refused with the place and the rule",
        arguments: [
            Case("", .syntax, "expected a value, found the end of the text at byte 0", 0),
            Case("  ", .syntax, "expected a value, found the end of the text at byte 2", 2),
            Case("\u{FEFF}{}", .syntax, "expected a value, found a byte order mark at byte 0", 0),
            Case("{'a':1}", .syntax, #"expected a key in double quotes, found "'" at byte 1"#, 1),
            Case(#"{"a":1,}"#, .syntax, #"expected a key in double quotes, found "}" at byte 7"#, 7),
            Case(#"{"a" 1}"#, .syntax, #"expected ":" after a key, found "1" at byte 5"#, 5),
            Case(#"{"a":[1,x]}"#, .syntax, #"a[1]: expected a value, found "x" at byte 8"#, 8),
            Case(#"{"a":[{"b":}]}"#, .syntax, #"a[0].b: expected a value, found "}" at byte 11"#, 11),
            Case("[1 2]", .syntax, #"expected "," or "]", found "2" at byte 3"#, 3),
            Case(#"{"a":1"#, .syntax, #"expected "," or "}", found the end of the text at byte 6"#, 6),
            Case("[1,]", .syntax, #"[1]: expected a value, found "]" at byte 3"#, 3),
            Case("{} x", .syntax, #"expected the end of the text, found "x" at byte 3"#, 3),
            Case("\"abc", .syntax, "the string that starts at byte 0 has no end", 0),
            Case(
                "\"a\nb\"", .syntax,
                "a string must escape control characters, found the control character U+000A at byte 2", 2),
            Case(#""\x41""#, .syntax, ##""\x41"" at byte 1 is not an escape"##, 1),
            Case("01", .syntax, "a number must not start with a zero at byte 0", 0),
            Case("-", .syntax, #""-" at byte 0 is not a number"#, 0),
            Case("1.", .syntax, #""1." at byte 0 is not a number"#, 0),
            Case("[1e]", .syntax, #"[0]: "1e]" at byte 1 is not a number"#, 1),
            Case("1e999", .numberOutOfRange, "the number at byte 0 does not fit in a Double", 0),
            Case("nul", .syntax, #"expected a value, found "n" at byte 0"#, 0),
            Case("NaN", .syntax, #"expected a value, found "N" at byte 0"#, 0),
        ])
    func syntax(test: Case) {
        let error = #expect(throws: JSONError.self) { try JSON.parse(Array(test.text.utf8)) }
        #expect(error?.message == test.message)
        #expect(error?.kind == test.kind)
        #expect(error?.offset == test.offset)
    }

    struct Checked: Decodable {
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "an odd number is not allowed")
        }
    }

    @Test("an error that init(from:) makes keeps its sentence and gets its path")
    func userError() {
        let error = #expect(throws: JSONError.self) {
            try JSON.decode([String: [Checked]].self, from: Array(#"{"odd":[3]}"#.utf8))
        }
        #expect(error?.message == "odd[0]: an odd number is not allowed")
        #expect(error?.kind == .dataCorrupted)
    }

    struct Refusal: Error, Equatable {
        var reason: String
    }

    struct Refusing: Codable {
        init() {}
        init(from decoder: any Decoder) throws { throw Refusal(reason: "no") }
        func encode(to encoder: any Encoder) throws { throw Refusal(reason: "no") }
    }

    @Test("an error of another type passes as it is, in both directions")
    func foreignError() {
        #expect(throws: Refusal(reason: "no")) { try JSON.decode([Refusing].self, from: Array("[1]".utf8)) }
        #expect(throws: Refusal(reason: "no")) { try JSON.encode([Refusing()]) }
    }

    struct Probing: Decodable, Equatable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                text = String(try container.decode(Int.self))
            } catch DecodingError.typeMismatch(_, let context) {
                text = try container.decode(String.self) + " at \(context.codingPath.map(\.stringValue))"
            }
        }
    }

    @Test("code inside init(from:) catches DecodingError as with any decoder")
    func decodingErrorInside() throws {
        let values = try JSON.decode([Probing].self, from: Array(#"[1,"x"]"#.utf8))
        #expect(values.map(\.text) == ["1", #"x at ["Index 1"]"#])
    }

    @Test("probing each of 20,000 elements takes linear time")
    func probingMany() throws {
        let text = "[" + Array(repeating: #""x""#, count: 20_000).joined(separator: ",") + "]"
        #expect(try JSON.decode([Probing].self, from: Array(text.utf8)).last?.text == #"x at ["Index 19999"]"#)
    }

    @Test("paths stay short whatever the keys are")
    func longPath() {
        let key = String(repeating: "k", count: 10_000)
        let text = String(repeating: "{\"\(key)\":", count: 300) + "x"
        let error = #expect(throws: JSONError.self) { try JSON.parse(Array(text.utf8)) }
        #expect((error?.message.utf8.count ?? .max) < 700)
    }

    @Test("a number that is not finite is refused with its path")
    func notFinite() {
        let order = Order(items: [Item(price: 1), Item(price: .nan)], name: "")
        let error = #expect(throws: JSONError.self) { try JSON.encode(order) }
        #expect(error?.message == "items[1].price: nan has no form in JSON")
        #expect(error?.kind == .notEncodable)
        let inList = #expect(throws: JSONError.self) { try JSON.encode([1, Double.infinity]) }
        #expect(inList?.message == "[1]: inf has no form in JSON")
        #expect(throws: JSONError.self) { try JSON.encode(JSON(Double.nan)) }
    }
}
