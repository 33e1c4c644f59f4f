// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

@Suite("JSON values")
struct ValueTests {
    @Test("literals of each kind, with interpolation")
    func literals() {
        let name = "Ada"
        let json: JSON = [
            "null": nil, "bool": true, "integer": -1, "number": 2.5, "string": "hello \(name)", "list": [1, "two", []],
            "object": [:],
        ]
        #expect(
            json.description
                == #"{"null":null,"bool":true,"integer":-1,"number":2.5,"string":"hello Ada","list":[1,"two",[]],"object":{}}"#
        )
    }

    @Test("values of variables")
    func initializers() {
        let values: JSON = [
            JSON(true), JSON(UInt64.max), JSON(Int8(-1)), JSON(Float(0.5)), JSON("text"), JSON([1, 2]),
        ]
        #expect(values.description == #"[true,18446744073709551615,-1,0.5,"text",[1,2]]"#)
    }

    @Test("subscripts read members and elements, null where there is none")
    func subscripts() {
        let json: JSON = ["items": [["price": 12.5], ["price": 3]], "name": "x"]
        #expect(json["items"][0]["price"].doubleValue == 12.5)
        #expect(json["items"][1]["price"].intValue == 3)
        #expect(json["items"][2].isNull && json["items"][-1].isNull && json["none"]["deeper"][0].isNull)
        #expect(json["name"]["x"].isNull && json["name"].stringValue == "x")
        #expect(json.objectValue?["none"] == nil && json.count == 2 && json["items"].count == 2)
        #expect(json["name"].boolValue == nil && json["name"].arrayValue == nil && json["items"].stringValue == nil)
    }

    @Test("subscripts set members and elements where there is room for them")
    func setting() {
        var json: JSON = nil
        json["a"] = [1]
        json["b"]["c"] = "deep"
        json["a"][1] = 2
        json["a"][0] = nil
        json["a"][7] = "no effect"
        json["a"]["key"] = "no effect"
        json["a"] = json["a"]
        #expect(json == ["a": [nil, 2], "b": ["c": "deep"]])
    }

    @Test("a list and an object are sequences of their values")
    func sequence() {
        #expect(([1, 2, 3] as JSON).compactMap(\.intValue).reduce(0, +) == 6)
        #expect(Array(["a": 1, "b": "x"] as JSON) == [1, "x"])
        #expect(Array("text" as JSON).isEmpty && Array(nil as JSON).isEmpty)
    }

    @Test("an object keeps the order of its keys, removes, and finds each of many")
    func object() {
        var object: JSON.Object = ["b": 1, "a": 2, "b": 3]
        #expect(object.keys == ["b", "a"] && object.values == [3, 2])
        object["c"] = 4
        object["b"] = nil
        #expect(object.map(\.key) == ["a", "c"])
        for index in 0..<100 { object["k\(index)"] = JSON(index) }
        for index in stride(from: 0, to: 100, by: 2) { #expect(object.removeValue(forKey: "k\(index)") == JSON(index)) }
        #expect(object.removeValue(forKey: "k0") == nil)
        #expect(object.count == 52 && object["k99"] == 99 && object["k98"] == nil && object["a"] == 2)
    }

    @Test("equal values are equal and hash equally, whatever their form")
    func equality() {
        #expect((1 as JSON) == (1.0 as JSON) && (1 as JSON).hashValue == (1.0 as JSON).hashValue)
        #expect(JSON(UInt64(1) << 63) == JSON(0x1p63) && JSON(UInt64(1) << 63).hashValue == JSON(0x1p63).hashValue)
        #expect(JSON(Int64.max) != JSON(0x1p63) && JSON(Int64.max) != JSON(UInt64(1) << 63))
        #expect((9_007_199_254_740_993 as JSON) != (9007199254740992.0 as JSON))
        let one: JSON = ["a": 1, "b": [2]]
        let other: JSON = ["b": [2.0], "a": 1]
        #expect(one == other && one.hashValue == other.hashValue && Set([one, other]).count == 1)
        #expect(one != ["a": 1] && one != ["a": 1, "c": [2]] && ([1] as JSON) != ([1, 1] as JSON))
    }

    @Test("numbers convert where they fit")
    func numbers() {
        #expect(JSON(UInt64.max).intValue == nil && JSON(UInt64.max).numberValue?.exactly(UInt64.self) == .max)
        #expect(
            (2.0 as JSON).intValue == 2 && (2.5 as JSON).intValue == nil
                && (300 as JSON).numberValue?.exactly(UInt8.self) == nil)
        #expect(JSON.Number(1e300).exactly(Int.self) == nil && JSON.Number(Double.nan).exactly(Int.self) == nil)
    }

    @Test(
        "numbers are written as JavaScript writes them",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"),
            (100, "100"),
            (12.85, "12.85"), (0.000001, "0.000001"), (0.0000001, "1e-7"), (1.5e-7, "1.5e-7"), (123e-8, "0.00000123"),
            (1e15, "1000000000000000"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e21, "1.5e+21"),
            (123_456_789_012_345_683_968, "123456789012345680000"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (Double.leastNonzeroMagnitude, "5e-324"), (9_007_199_254_740_992, "9007199254740992"), (0.5, "0.5"),
            (-73.5211, "-73.5211"), (4.35, "4.35"), (1.005, "1.005"), (1234.5678, "1234.5678"), (99.99, "99.99"),
            (1e9, "1000000000"), (123456789.125, "123456789.125"), (0.000123, "0.000123"),
            (1 / 3, "0.3333333333333333"),
            (999999999.999999, "999999999.999999"), (1e-6, "0.000001"), (1.1e-6, "0.0000011"), (.nan, "NaN"),
            (-.infinity, "-Infinity"), (2.5e-5, "0.000025"), (5e-7, "5e-7"), (1e300, "1e+300"),
        ] as [(Double, String)])
    func javaScriptNumbers(value: Double, text: String) throws {
        #expect(JSON.Number(value).description == text)
        guard value.isFinite else { return }
        #expect(JSON(value).description == text)
        #expect(try String(decoding: JSON.encode([value]), as: UTF8.self) == "[\(text)]")
    }

    @Test("a number that is not finite is null in text, as with JSON.stringify")
    func notFinite() {
        #expect(JSON([JSON(Double.nan), JSON(-Double.infinity)]).description == "[null,null]")
    }

    @Test("strings are escaped as JSON.stringify does, and no further")
    func escapes() {
        let text = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F} </script> \u{7F}\u{2028}é😀"
        #expect(JSON(text).description == #""\"\\/\b\f\n\r\t\u0000\u001f </script> \#u{7F}\#u{2028}é😀""#)
        for count in 0..<20 {
            let long = String(repeating: "a", count: count)
            #expect(JSON(long + "\n" + long).description == "\"\(long)\\n\(long)\"")
        }
    }
}
