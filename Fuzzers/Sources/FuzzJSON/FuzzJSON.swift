// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetJSON

/// JSON as a value, as Codable types and as types that read themselves: all accept the same texts, and what was read,
/// written and read again is the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let parsed = try? JSON.parse(bytes)
    let decoded = try? JSON.decode(JSON.self, from: bytes)
    precondition((parsed == nil) == (decoded == nil), "parse and decode disagree")
    roundTrip(Everything.self, bytes)
    roundTrip([String: Double?].self, bytes)
    roundTrip([[Int8]].self, bytes)
    roundTrip(Tree.self, bytes)
    twins(bytes, JSON.DecodingOptions())
    twins(bytes, JSON.DecodingOptions(keys: .snakeCase))
    _ = try? JSON.decode(Everything.self, from: bytes, options: JSON.DecodingOptions(keys: .snakeCase))
    _ = try? JSON.decode(Wanderer.self, from: bytes)
    guard let parsed else { return 0 }

    let written = parsed.serialize()
    guard let again = try? JSON.parse(written) else { preconditionFailure("not read again") }
    precondition(again.serialize() == written, "written again otherwise")
    precondition(areSame(parsed, again), "read again to another value")
    precondition((try? JSON.encode(parsed)) == written, "encode and serialize disagree")
    precondition((try? JSON.write(parsed)) == written, "write and serialize disagree")
    guard let pretty = try? JSON.encode(parsed, options: JSON.EncodingOptions(pretty: true, sortedKeys: true)),
        let plain = try? JSON.parse(pretty)
    else { preconditionFailure("pretty, but not JSON") }
    precondition(plain == again, "pretty, but another value")
    return 0
}

/// Whether two values are equal.
///
/// A `Double` from 2^53 to 2^64 is written with JavaScript's digits, which may not be those of its exact value, and is
/// read again as the integer of these digits: then both must be nearest to one `Double`.
private func areSame(_ left: JSON, _ right: JSON) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)):
        if left == right { return true }
        let isWide = left.doubleValue.magnitude >= 0x1p53 && left.doubleValue.magnitude <= 0x1p64
        return isWide && left.doubleValue == right.doubleValue
    case (.array(let left), .array(let right)):
        return left.count == right.count && zip(left, right).allSatisfy(areSame)
    case (.object(let left), .object(let right)):
        return left.keys == right.keys && zip(left.values, right.values).allSatisfy(areSame)
    default:
        return left == right
    }
}

/// A type that is both Codable and readable: one way and the other take and give the same.
private func twins(_ bytes: UnsafeBufferPointer<UInt8>, _ options: JSON.DecodingOptions) {
    let decoded = try? JSON.decode(Twin.self, from: bytes, options: options)
    let read = try? JSON.read(Twin.self, from: bytes, options: options)
    precondition(decoded == read, "decode and read disagree")
    guard let read else { return }
    let keys = JSON.EncodingOptions(keys: options.keys)
    guard let written = try? JSON.write(read, options: keys), let encoded = try? JSON.encode(read, options: keys) else {
        preconditionFailure("read, but not written")
    }
    precondition(written == encoded, "encode and write disagree")
    precondition((try? JSON.read(Twin.self, from: written, options: options)) == read, "not read again")
}

private func roundTrip<Value: Codable & Equatable>(_ type: Value.Type, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard let value = try? JSON.decode(type, from: bytes) else { return }
    guard let written = try? JSON.encode(value) else { preconditionFailure("read, but not written: \(value)") }
    guard let again = try? JSON.decode(type, from: written) else { preconditionFailure("not read again: \(value)") }
    precondition(again == value, "read again to another value: \(value)")
}

/// One member of each kind that the decoder treats in a way of its own.
private struct Everything: Codable, Equatable {
    enum Kind: String, Codable {
        case tea
        case coffee
    }
    enum Choice: Codable, Equatable {
        case none
        case one(Int)
        case two(name: String, value: Bool?)
    }

    var id: Int?
    var small: UInt8?
    var big: UInt64?
    var ratio: Double?
    var single: Float?
    var on: Bool?
    var name: String?
    var kind: Kind?
    var choice: Choice?
    var list: [String]?
    var map: [String: Int]?
    var numbered: [Int: String]?
    var userName: String?
    var any: JSON?
}

/// A type that codes itself in both ways.
private struct Twin: Codable, Equatable, JSONReadable, JSONWritable {
    var id: Int?
    var bigNumber: UInt64?
    var ratio: Double?
    var single: Float?
    var on: Bool?
    var name: String?
    var list: [String?]?
    var twins: [Twin]?
    var any: JSON?

    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        id = try object.read("id")
        bigNumber = try object.read("bigNumber")
        ratio = try object.read("ratio")
        single = try object.read("single")
        on = try object.read("on")
        name = try object.read("name")
        list = try object.read("list")
        twins = try object.read("twins")
        any = try object.read("any")
    }

    func write(json writer: inout JSON.Writer) throws {
        try writer.object {
            try $0.write("id", id)
            try $0.write("bigNumber", bigNumber)
            try $0.write("ratio", ratio)
            try $0.write("single", single)
            try $0.write("on", on)
            try $0.write("name", name)
            try $0.write("list", list)
            try $0.write("twins", twins)
            try $0.write("any", any)
        }
    }
}

/// A type that contains itself.
private final class Tree: Codable, Equatable {
    let value: Int
    let children: [Tree]

    static func == (left: Tree, right: Tree) -> Bool {
        left.value == right.value && left.children == right.children
    }
}

/// A type that asks for whatever the protocol offers, in an odd order.
private struct Wanderer: Decodable {
    struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            var turns = 0
            while !list.isAtEnd, turns < 64 {
                turns += 1
                if (try? list.decodeNil()) == true { continue }
                if (try? list.decode(Int.self)) != nil { continue }
                if (try? list.nestedUnkeyedContainer()) != nil { continue }
                if let nested = try? list.nestedContainer(keyedBy: Key.self) {
                    _ = nested.allKeys.count
                    continue
                }
                _ = try list.decode(String.self)
            }
            return
        }
        let object = try decoder.container(keyedBy: Key.self)
        let again = try decoder.container(keyedBy: Key.self)
        for key in object.allKeys.prefix(64) {
            precondition(again.contains(key), "a key that is and is not")
            _ = try? object.decodeNil(forKey: key)
            _ = try? object.decode(Wanderer.self, forKey: key)
            _ = try? object.nestedContainer(keyedBy: Key.self, forKey: key).allKeys
            if var list = try? object.nestedUnkeyedContainer(forKey: key) { _ = try? list.decode(String.self) }
            _ = try? object.superDecoder(forKey: key).singleValueContainer().decode(Double.self)
        }
        _ = try? object.superDecoder()
    }
}
