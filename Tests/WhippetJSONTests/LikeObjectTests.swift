// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON

/// Objects in a row mostly have the same keys, and the scanner goes by that.
@Suite("Objects like the last one")
struct LikeObjectTests {
    /// Objects with keys that are the same in part, in another order, twice, or spelled in another way.
    static let objects: [String] =
        [
            "{}", #"{"":1}"#, #"{"":1,"":2}"#, #"{"a":1}"#, #"{"a" : 1 }"#, #"{"a":1,"b":2}"#, #"{"b":1,"a":2}"#,
            #"{"a":1,"a":2}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"b":2}"#,
            #"{"a":{"b":1,"c":[2]},"b":[{"a":1},{"a":2}]}"#, #"{"a":{"b":1,"b":2},"c":[{"a":1,"a":2}],"c":3}"#,
            #"{"ab":1,"abc":2,"abcd":3}"#, #"{"abcdefg":1,"abcdefgh":2,"abcdefghi":3}"#,
            #"{"abcdefgx":1,"abcdefgi":2}"#,
            #"{"a key of more than sixteen bytes":1,"a key of more than sixteen bytEs":2}"#,
            #"{"é":1,"日本":2}"#, #"{"é":1,"日本":2,"é":3}"#,
        ] + [[33], [12], [33, 40]].map(members)

    /// An object of forty keys or more, the numbered ones of which repeat the fourth.
    private static func members(repeating: [Int]) -> String {
        let count = max(20, (repeating.max() ?? 0) + 2)
        return "{" + (0..<count).map { "\"k\(repeating.contains($0) ? 3 : $0)\":\($0)" }.joined(separator: ",") + "}"
    }

    @Test("are read as if each stood alone", arguments: objects)
    func inRow(first: String) throws {
        for second in Self.objects {
            for texts in [[first, second, first], [first, first, second, second, first]] {
                let row = try JSON.parse(Array("[\(texts.joined(separator: ","))]".utf8)).arrayValue
                let alone = try texts.map { try JSON.parse(Array($0.utf8)).serialize() }
                #expect(row?.map { $0.serialize() } == alone)
            }
        }
    }

    /// Keys that differ from one of this length in one place, or in their length.
    private static func others(_ key: String) -> [String] {
        let changed = key.indices.map { key.replacingCharacters(at: $0, with: "?") }
        return changed + [key + "k"] + (key.isEmpty ? [] : [String(key.dropLast())])
    }

    @Test("tell keys of any length apart", arguments: 0...24)
    func lengths(count: Int) throws {
        let key = String("abcdefghijklmnopqrstuvwxyz".prefix(count))
        for other in Self.others(key) {
            for space in ["", " "] {
                let text = #"[{"\#(key)":1},{"\#(other)"\#(space):2},{"\#(key)":3}]"#
                let keys = try JSON.parse(Array(text.utf8)).arrayValue?.compactMap { $0.objectValue?.keys.first }
                #expect(keys == [key, other, key])
            }
        }
    }

    /// Two keys that are spelled alike in a text where only one of them is an escape.
    private struct Escapes: Decodable {
        var backslash: Int?
        var feed: Int?

        enum CodingKeys: String, CodingKey {
            case backslash = "\\n"
            case feed = "\n"
        }
    }

    @Test("tell an escape from the characters that it is spelled with", arguments: [#""\n""#, #""\\n""#])
    func escapes(key: String) throws {
        let isFeed = key == #""\n""#
        let read = try JSON.decode([Escapes].self, from: Array("[{\(key):1},{\(key):1}]".utf8))
        #expect(read.map(\.feed) == (isFeed ? [1, 1] : [nil, nil]))
        #expect(read.map(\.backslash) == (isFeed ? [nil, nil] : [1, 1]))
    }

    /// Reads the member of each key in a row from one container.
    private struct Lookup: Decodable {
        struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        static let asked = CodingUserInfoKey(rawValue: "asked")
        let found: [Int?]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            let asked = Self.asked.flatMap { decoder.userInfo[$0] as? [String] } ?? []
            found = try asked.map { try container.decodeIfPresent(Int.self, forKey: Key(stringValue: $0)) }
        }
    }

    @Test("give their members to a container for keys of any length, near the end of the text too", arguments: 0...24)
    func lookup(count: Int) throws {
        let key = String("abcdefghijklmnopqrstuvwxyz".prefix(count))
        let asked = try #require(Lookup.asked)
        for other in Self.others(key) {
            for text in [#"{"\#(key)":1}"#, #"{"\#(key)":1,"an other key":2}"#, #"{"an other key":2,"\#(key)":1}"#] {
                let names = [other, key, other, "an other key", key]
                let found = try JSON.decode(
                    Lookup.self, from: Array(text.utf8), options: JSON.DecodingOptions(userInfo: [asked: names])
                ).found
                #expect(found == [nil, 1, nil, text.contains("other") ? 2 : nil, 1])
            }
        }
    }

    @Test(
        "break off with the same error as after one of other keys",
        arguments: [#"{"a""#, #"{"a"}"#, #"{"a" 1}"#, #"{"a":}"#, #"{"a":1,"b"}"#, #"{"a":1,"b:1}"#, #"{"a":1,}"#])
    func broken(text: String) throws {
        let other = #expect(throws: JSONError.self) { try JSON.parse(Array(#"[{"x":1,"y":2},\#(text)]"#.utf8)) }
        let like = #expect(throws: JSONError.self) { try JSON.parse(Array(#"[{"a":1,"b":2},\#(text)]"#.utf8)) }
        #expect(other != nil && other?.message == like?.message)
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with character: Character) -> String {
        var text = self
        text.replaceSubrange(index...index, with: [character])
        return text
    }
}
