// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

@Suite("JSON.parse")
struct ParseTests {
    @Test(
        "reads numbers exactly",
        arguments: [
            ("0", 0), ("-1", -1), ("9223372036854775807", JSON(Int64.max)), ("-9223372036854775808", JSON(Int64.min)),
            ("9223372036854775808", JSON(UInt64(1) << 63)), ("18446744073709551615", JSON(UInt64.max)),
            ("18446744073709551616", JSON(18446744073709551616.0)), ("999999999999999999", 999_999_999_999_999_999),
            ("1000000000000000000", 1_000_000_000_000_000_000), ("-9223372036854775809", JSON(-9223372036854775808.0)),
            ("1.5", 1.5), ("-0.25", -0.25), ("1e3", 1000), ("1E+2", 100), ("12e-1", 1.2), ("0.1", 0.1),
            ("123456789.123456789", 123456789.123456789), ("1e-400", 0),
            ("1.7976931348623157e308", 1.7976931348623157e308), ("0.000001", 1e-6), ("1e22", 1e22), ("1e23", 1e23),
            ("9007199254740993", 9_007_199_254_740_993), ("9007199254740993.0", 9007199254740993.0),
            ("0.30000000000000004", 0.30000000000000004),
            ("1.00000000000000011102230246251565404236316680908203126", 1.0000000000000002),
            ("0e999999999999999999999", 0), ("100000000000000000000000000000000000e-35", 1),
        ] as [(String, JSON)])
    func numbers(text: String, value: JSON) throws {
        #expect(try JSON.parse(Array(text.utf8)) == value)
    }

    @Test(
        "reads numbers that are not normal",
        arguments: [("5e-324", 1), ("2.2250738585072011e-308", 0xF_FFFF_FFFF_FFFF)] as [(String, UInt64)])
    func subnormal(text: String, bits: UInt64) throws {
        #expect(try JSON.parse(Array(text.utf8)).doubleValue?.bitPattern == bits)
    }

    @Test("keeps the sign of -0, which only a Double can hold")
    func negativeZero() throws {
        let value = try #require(try JSON.parse(Array("-0".utf8)).doubleValue)
        #expect(value == 0 && value.sign == .minus)
        #expect(try JSON.decode(Int.self, from: Array("-0".utf8)) == 0)
    }

    @Test(
        "reads strings with and without escapes",
        arguments: [
            (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\uD83D\uDE00""#, "😀"), (#""é€😀""#, "é€😀"),
            (#""\u0000""#, "\0"), (#""12345678""#, "12345678"), (#""1234567890123456\n""#, "1234567890123456\n"),
            (#""\ud800""#, "\u{FFFD}"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"), (#""\udc00x""#, "\u{FFFD}x"),
            (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\uD83D\uDE0""#, nil),
        ] as [(String, String?)])
    func strings(text: String, value: String?) {
        #expect((try? JSON.parse(Array(text.utf8)))?.stringValue == value)
    }

    @Test("the last of two equal keys wins at the first one's place, however they are spelled")
    func duplicates() throws {
        let json = try JSON.parse(Array(#"{"a":1,"b":2,"\u0061":3,"c":4,"b":5}"#.utf8))
        #expect(json.description == #"{"a":3,"b":5,"c":4}"#)
        let many = "{" + (0..<100).map { "\"k\($0 % 60)\":\($0)" }.joined(separator: ",") + "}"
        let object = try #require(try JSON.parse(Array(many.utf8)).objectValue)
        #expect(object.keys == (0..<60).map { "k\($0)" })
        #expect(object["k7"] == 67 && object["k39"] == 99 && object["k40"] == 40)
    }

    @Test("takes 512 levels and refuses one more, for arrays and for objects")
    func depth() throws {
        let arrays = { (depth: Int) in
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        let objects = { (depth: Int) in
            Array((String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)).utf8)
        }
        for text in [arrays, objects] {
            #expect(throws: Never.self) { try JSON.parse(text(512)) }
            let error = #expect(throws: JSONError.self) { try JSON.parse(text(513)) }
            #expect(error?.kind == .tooDeep)
        }
        // Refused before anything grows, however long the text is.
        #expect(throws: JSONError.self) { try JSON.parse(Array(repeating: UInt8(ascii: "["), count: 1_000_000)) }
    }

    @Test("reads text of any alignment: each prefix is refused, each shifted copy is equal")
    func everyPrefix() throws {
        let text = Array(
            #" {"key":["value with é",-12.5e3,true,null,{"\u00e9":"0123456789abcdef"}], "n":18446744073709551615} "#
                .utf8)
        let whole = try JSON.parse(text)
        let end = try #require(text.lastIndex(of: UInt8(ascii: "}")))
        for count in 0...end {
            #expect(throws: JSONError.self, "\(count) bytes") { try JSON.parse(Array(text[..<count])) }
        }
        for shift in 0..<16 {
            let padded = Array(repeating: UInt8(ascii: "\t"), count: shift) + text
            #expect(try padded.withUnsafeBufferPointer { try JSON.parse($0) } == whole)
            #expect(
                try padded.withUnsafeBufferPointer { try JSON.parse(UnsafeBufferPointer(rebasing: $0[shift...])) }
                    == whole)
        }
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xE2, 0x82],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x28, 0xA1],
            [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x28, 0x80],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        for padding in 0..<9 {
            let text =
                [UInt8(ascii: "\"")] + Array(repeating: UInt8(ascii: "a"), count: padding) + bytes + [
                    UInt8(ascii: "\"")
                ]
            let error = #expect(throws: JSONError.self) { try JSON.parse(text) }
            #expect(error?.kind == .syntax)
        }
    }

    @Test("100,000 elements and 100,000 members take linear time")
    func large() throws {
        let array = "[" + (0..<100_000).map(String.init).joined(separator: ",") + "]"
        #expect(try JSON.parse(Array(array.utf8)).count == 100_000)
        let object = "{" + (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
        let json = try JSON.parse(Array(object.utf8))
        #expect(json.count == 100_000 && json["k99999"] == 99_999)
        let dictionary = try JSON.decode([String: Int].self, from: Array(object.utf8))
        #expect(dictionary.count == 100_000 && dictionary["k99999"] == 99_999)
    }
}
