// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport

/// The HTTP working group's own cases of structured fields.
@Suite(.enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
struct StructuredFieldDataTests {
    /// With the files below, 2,135 cases.
    private static let files = [
        ("binary", 15), ("boolean", 12), ("date", 17), ("dictionary", 26), ("display-string", 22), ("examples", 21),
        ("item", 5), ("key-generated", 640), ("large-generated", 11), ("list", 11), ("listlist", 12),
        ("number-generated", 193), ("number", 37), ("param-dict", 14), ("param-list", 20), ("param-listlist", 3),
        ("string-generated", 256), ("string", 14), ("token-generated", 256), ("token", 6),
    ]

    private static let serializationFiles = [
        ("key-generated", 378), ("number", 9), ("string-generated", 33), ("token-generated", 124),
    ]

    @Test("Each field is read as expected and written in its canonical form", arguments: files)
    func parsing(file: String, count: Int) throws {
        let cases = try read("structured-fields/\(file).json")
        var failures: [String] = []
        for test in cases {
            let raw = test.raw ?? []
            let parsed = parse(raw, as: test.header_type)
            if let parsed {
                let canonical = (test.canonical ?? raw).joined(separator: ", ")
                let isExpected = test.must_fail != true && test.expected.map(parsed.matches) == true
                if !isExpected || parsed.serialized != canonical { failures.append(test.name) }
            } else if test.must_fail != true, test.can_fail != true {
                failures.append(test.name)
            }
        }
        #expect(cases.count == count)
        #expect(failures == [])
    }

    @Test("Each value is written in its canonical form or not at all", arguments: serializationFiles)
    func serializing(file: String, count: Int) throws {
        let cases = try read("structured-fields/serialisation-tests/\(file).json")
        var failures: [String] = []
        for test in cases {
            let value = try #require(test.expected.flatMap { Field($0, as: test.header_type) })
            let canonical = test.must_fail == true ? nil : test.canonical?.joined(separator: ", ")
            if value.serialized != canonical { failures.append(test.name) }
        }
        #expect(cases.count == count)
        #expect(failures == [])
    }

    private func parse(_ raw: [String], as type: String) -> Field? {
        switch type {
        case "item": (try? StructuredField.parseItem(raw)).map(Field.item)
        case "list": (try? StructuredField.parseList(raw)).map(Field.list)
        default: (try? StructuredField.parseDictionary(raw)).map(Field.dictionary)
        }
    }

    private func read(_ path: String) throws -> [FieldCase] {
        let folder = ProcessInfo.processInfo.environment["WHIPPET_STANDARDS_DATA"]
        let data = try #require(folder.flatMap { FileManager.default.contents(atPath: "\($0)/\(path)") })
        return try JSONDecoder().decode([FieldCase].self, from: data)
    }
}

/// A case, its members named as in the data.
private struct FieldCase: Decodable {
    let name: String
    let raw: [String]?
    let header_type: String
    let expected: FieldNode?
    let must_fail: Bool?
    let can_fail: Bool?
    let canonical: [String]?
}

/// A value of the data's JSON.
private indirect enum FieldNode: Decodable {
    case bool(Bool)
    case number(Double)
    case string(String)
    case typed(String, FieldNode)
    case array([FieldNode])

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.singleValueContainer() {
            if let value = try? container.decode(Bool.self) {
                self = .bool(value)
                return
            }
            if let value = try? container.decode(Double.self) {
                self = .number(value)
                return
            }
            if let value = try? container.decode(String.self) {
                self = .string(value)
                return
            }
            if let value = try? container.decode([FieldNode].self) {
                self = .array(value)
                return
            }
        }
        let container = try decoder.container(keyedBy: Key.self)
        self = .typed(
            try container.decode(String.self, forKey: .type), try container.decode(FieldNode.self, forKey: .value))
    }

    enum Key: String, CodingKey {
        case type = "__type"
        case value
    }

    var elements: [FieldNode] {
        if case .array(let value) = self { value } else { [] }
    }

    var text: String? {
        if case .string(let value) = self { value } else { nil }
    }
}

/// A field of any of the three kinds.
private enum Field {
    case item(StructuredField.Item)
    case list(StructuredField.List)
    case dictionary(StructuredField.Dictionary)

    init?(_ node: FieldNode, as type: String) {
        switch type {
        case "item":
            guard let item = Field.item(node) else { return nil }
            self = .item(item)
        case "list":
            self = .list(node.elements.compactMap(Field.member))
        default:
            var dictionary = StructuredField.Dictionary()
            for entry in node.elements {
                guard let key = entry.elements.first?.text, let value = entry.elements.last.flatMap(Field.member)
                else { return nil }
                dictionary[key] = value
            }
            self = .dictionary(dictionary)
        }
    }

    /// The canonical form, nil if there is none.
    var serialized: String? {
        switch self {
        case .item(let item): try? StructuredField.serialize(item)
        case .list(let list): try? StructuredField.serialize(list)
        case .dictionary(let dictionary): try? StructuredField.serialize(dictionary)
        }
    }

    /// Whether this is what the data expects, decimals without a fraction being equal to integers.
    func matches(_ node: FieldNode) -> Bool {
        switch self {
        case .item(let item): Field.item(node) == Field.plain(item)
        case .list(let list): node.elements.map(Field.member) == list.map(Field.plain)
        case .dictionary(let dictionary):
            node.elements.map { $0.elements.first?.text } == dictionary.map(\.key)
                && node.elements.map { $0.elements.last.flatMap(Field.member) }
                    == dictionary.map { Field.plain($0.value) }
        }
    }

    private static func plain(_ member: StructuredField.Member) -> StructuredField.Member? {
        switch member {
        case .item(let item): .item(plain(item))
        case .innerList(let list):
            .innerList(StructuredField.InnerList(list.items.map(plain), parameters: plain(list.parameters)))
        }
    }

    private static func plain(_ item: StructuredField.Item) -> StructuredField.Item {
        StructuredField.Item(plain(item.value), parameters: plain(item.parameters))
    }

    private static func plain(_ parameters: StructuredField.Parameters) -> StructuredField.Parameters {
        var plain = parameters
        for entry in parameters { plain[entry.key] = self.plain(entry.value) }
        return plain
    }

    private static func plain(_ value: StructuredField.BareItem) -> StructuredField.BareItem {
        if case .decimal(let number) = value { self.number(number) } else { value }
    }

    private static func number(_ number: Double) -> StructuredField.BareItem {
        Int64(exactly: number).map { .integer($0) } ?? .decimal(number)
    }

    private static func member(_ node: FieldNode) -> StructuredField.Member? {
        guard case .array(let items)? = node.elements.first else { return item(node).map { .item($0) } }
        let parameters = node.elements.last.flatMap(parameters)
        return parameters.map { .innerList(StructuredField.InnerList(items.compactMap(item), parameters: $0)) }
    }

    private static func item(_ node: FieldNode) -> StructuredField.Item? {
        guard node.elements.count == 2, let value = bareItem(node.elements[0]) else { return nil }
        return parameters(node.elements[1]).map { StructuredField.Item(value, parameters: $0) }
    }

    private static func parameters(_ node: FieldNode) -> StructuredField.Parameters? {
        var parameters = StructuredField.Parameters()
        for entry in node.elements {
            guard let key = entry.elements.first?.text, let value = entry.elements.last.flatMap(bareItem)
            else { return nil }
            parameters[key] = value
        }
        return parameters
    }

    private static func bareItem(_ node: FieldNode) -> StructuredField.BareItem? {
        switch node {
        case .bool(let value): .boolean(value)
        case .number(let value): number(value)
        case .string(let value): .string(value)
        case .typed("token", .string(let value)): .token(value)
        case .typed("binary", .string(let value)): .bytes(base32(value))
        case .typed("date", .number(let value)): Int64(exactly: value).map { .date($0) }
        case .typed("displaystring", .string(let value)): .displayString(value)
        default: nil
        }
    }

    private static func base32(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var (bits, count) = (0, 0)
        for character in text.utf8 where character != 0x3D {
            bits = bits << 5 | Int(character < 0x41 ? character - 24 : character - 0x41)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= 0xFF
            }
        }
        return bytes
    }
}
