// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

@Suite("JSONWritable")
struct WritableTests {
    /// A value that writes itself as a closure says.
    struct Made: JSONWritable {
        var write: @Sendable (inout JSON.Writer) throws -> Void

        init(_ write: @escaping @Sendable (inout JSON.Writer) throws -> Void) { self.write = write }

        func write(json writer: inout JSON.Writer) throws { try write(&writer) }
    }

    struct Own: Error {}

    private func text(_ write: @escaping @Sendable (inout JSON.Writer) throws -> Void) throws -> String {
        String(decoding: try JSON.write(Made(write)), as: UTF8.self)
    }

    @Test("objects and arrays nest, with commas where they belong")
    func nesting() throws {
        let written = try text {
            try $0.object {
                try $0.object("empty") { _ in }
                try $0.array("list") {
                    try $0.write(1)
                    try $0.array { _ in }
                    try $0.object { try $0.write("a", "b") }
                    try $0.encode(["x": 1])
                }
                try $0.write(key: "key \"of data\"", true)
                try $0.encode("last", [nil, 2])
            }
        }
        #expect(
            written
                == #"{"empty":{},"list":[1,[],{"a":"b"},{"x":1}],"key \"of data\"":true,"last":[null,2]}"#)
    }

    @Test("nil is left out of an object and null in a list; JSON.null is null everywhere")
    func nils() throws {
        let nothing: Int? = nil
        #expect(
            try text {
                try $0.object {
                    try $0.write("a", nothing)
                    try $0.write("b", JSON.null)
                    try $0.write("c", [nothing, 1])
                    try $0.write("d", ["e": nothing])
                }
            } == #"{"b":null,"c":[null,1],"d":{"e":null}}"#)
        #expect(try text { try $0.write(nothing) } == "null")
    }

    @Test(
        "scalars are written as Codable writes them",
        arguments: [
            0, -1, 7, 42, 99, 100, 101, 999, 1000, 12345, 999_999, 10_000_000, 4_294_967_296, Int.max, Int.min,
        ])
    func integers(value: Int) throws {
        #expect(try text { try $0.write(value) } == String(value))
        #expect(try text { try $0.write(UInt64(value.magnitude)) } == String(value.magnitude))
        #expect(try JSON.write([Double(value) / 100]) == JSON.encode([Double(value) / 100]))
    }

    @Test("strings of all lengths are escaped as JSON.stringify escapes them, wherever the character stands")
    func strings() throws {
        for length in 0..<40 {
            let plain = String(repeating: "a", count: length)
            #expect(try text { try $0.write(plain) } == "\"\(plain)\"")
            for position in 0..<length {
                for (character, escape) in [
                    ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\u{1F}", #"\u001f"#), ("é", "é"),
                ] {
                    let before = String(repeating: "b", count: position)
                    let after = String(repeating: "c", count: length - position - 1)
                    let string = before + character + after
                    let expected = "\"\(before)\(escape)\(after)\""
                    #expect(try text { try $0.write(string) } == expected)
                    #expect(try text { try $0.object { try $0.write(key: string, 1) } } == "{\(expected):1}")
                }
            }
        }
    }

    @Test("what has no form is an error with its path, even where somebody caught it")
    func refused() throws {
        let error = #expect(throws: JSONError.self) {
            try text {
                try $0.object {
                    try $0.write("fine", 1)
                    try $0.array("list") {
                        try $0.write(1)
                        try? $0.write(Double.nan)
                    }
                }
            }
        }
        #expect(error?.message == "list[1]: nan has no form in JSON" && error?.kind == .notEncodable)
        let inner = #expect(throws: JSONError.self) {
            try text { try $0.object { try? $0.encode("plain", ["x": [Double.infinity]]) } }
        }
        #expect(inner?.message == "plain.x[0]: inf has no form in JSON")
        let own = #expect(throws: JSONError.self) {
            try text { try $0.array { try $0.write(Made { throw $0.error("is not a known currency") }) } }
        }
        #expect(own?.message == "[0]: is not a known currency")
        #expect(throws: Own.self) { try text { try $0.object { try $0.write("a", Made { _ in throw Own() }) } } }
    }

    @Test("a value that writes nothing, or two values, is an error and no broken text")
    func misuse() throws {
        let nothing = Made { _ in }
        let twice = Made {
            try $0.write(1)
            try $0.write(2)
        }
        for (value, reason) in [(nothing, "wrote no value"), (twice, "a second value was written in the place of one")]
        {
            let places: [(String, Made)] = [
                ("", value), ("a: ", Made { try $0.object { try $0.write("a", value) } }),
                ("[0]: ", Made { try $0.array { try $0.write(value) } }),
            ]
            for (path, place) in places {
                let error = #expect(throws: JSONError.self) { try JSON.write(place) }
                #expect(error?.kind == .misuse)
                if reason == "wrote no value" { #expect(error?.message == path + reason) }
            }
        }
        // The place is free as long as nothing has been written.
        struct Picky: JSONWritable { func write(json writer: inout JSON.Writer) throws { throw Own() } }
        #expect(
            try text {
                do { try $0.write(Picky()) } catch { try $0.write("instead") }
            } == #""instead""#)
    }

    @Test("512 levels are written and one more is refused")
    func depth() throws {
        struct Nest: JSONWritable {
            var levels: Int
            func write(json writer: inout JSON.Writer) throws {
                try writer.array { if levels > 1 { try $0.write(Nest(levels: levels - 1)) } }
            }
        }
        #expect(try JSON.write(Nest(levels: 512)).count == 1024)
        let error = #expect(throws: JSONError.self) { try JSON.write(Nest(levels: 513)) }
        #expect(error?.kind == .tooDeep)
        // Levels that are written by way of Codable count, too.
        struct Mixed: JSONWritable {
            var levels: Int
            func write(json writer: inout JSON.Writer) throws {
                try writer.array {
                    if levels > 1 { try $0.write(Mixed(levels: levels - 1)) } else { try $0.encode([[1]]) }
                }
            }
        }
        #expect(try JSON.parse(JSON.write(Mixed(levels: 510))).count == 1)
        #expect(throws: JSONError.self) { try JSON.write(Mixed(levels: 511)) }
    }

    @Test("a call inside of a call has a text of its own")
    func inside() throws {
        #expect(
            try text {
                try $0.array {
                    try $0.write(String(decoding: try JSON.write([1, 2]), as: UTF8.self))
                    try $0.write(3)
                }
            } == #"["[1,2]",3]"#)
    }
}
