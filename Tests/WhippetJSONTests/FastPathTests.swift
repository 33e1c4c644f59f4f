// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

@Suite("Fast paths of JSON")
struct FastPathTests {
    @Test("a fraction is the nearest number to its digits, however many there are", arguments: 1...20)
    func fractions(places: Int) throws {
        for whole in ["0", "-0", "7", "-12", "123456", "999999999999"] {
            let text = whole + "." + "9081726354019283746501".prefix(places)
            #expect(try JSON.decode(Double.self, from: Array(text.utf8)).bitPattern == Double(text)?.bitPattern)
            #expect(try JSON.read(Double.self, from: Array("\(text)e2".utf8)) == Double("\(text)e2"))
        }
    }

    @Test("a key of any length is escaped wherever the character stands", arguments: 0...18)
    func keys(length: Int) throws {
        for special in ["\"", "\\", "\u{0}", "\u{1F}", "\u{7F}", "é", "x"] {
            for place in 0...length {
                let plain = String(repeating: "a", count: length)
                let key = plain.prefix(place) + special + plain.suffix(length - place)
                let text = try JSON.encode(Member(key: String(key)))
                #expect(try JSON.parse(text).objectValue?.keys == [String(key), "list"])
                #expect(!text.contains { $0 < 0x20 })
            }
        }
    }

    /// Writes members under a key of its own.
    private struct Member: Encodable {
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var key: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(key, forKey: Key(stringValue: key))
            try container.encode([key], forKey: Key(stringValue: "list"))
        }
    }

    @Test("members of the usual types are read, and are errors where they are missing or of another kind")
    func members() throws {
        let text = Array(#"{"text":"a","whole":1,"number":1.5,"flag":true,"list":["a","b"]}"#.utf8)
        let members = try JSON.read(Members.self, from: text)
        #expect(members.text == "a" && members.whole == 1 && members.number == 1.5 && members.flag)
        #expect(members.list == ["a", "b"])
        for (key, value) in [("text", "1"), ("whole", "1.5"), ("number", "\"1\""), ("flag", "null"), ("list", "[1]")] {
            var object = try #require(try JSON.parse(text).objectValue)
            object[key] = try JSON.parse(Array(value.utf8))
            let wrong = #expect(throws: JSONError.self) {
                try JSON.read(Members.self, from: JSON.object(object).serialize())
            }
            #expect(wrong?.path.hasPrefix(key) == true)
            object[key] = nil
            let missing = #expect(throws: JSONError.self) {
                try JSON.read(Members.self, from: JSON.object(object).serialize())
            }
            #expect(missing?.path == key)
        }
    }

    private struct Members: JSONReadable {
        var text: String
        var whole: Int
        var number: Double
        var flag: Bool
        var list: [String]

        init(json reader: JSON.Reader) throws {
            var object = try reader.object()
            text = try object.read("text")
            whole = try object.read("whole")
            number = try object.read("number")
            flag = try object.read("flag")
            list = try object.read("list")
        }
    }
}
