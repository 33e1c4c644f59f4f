// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetJSON

/// JSON as a value and as Codable types: both accept the same texts, and what was read, written and read again is same.
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
    _ = try? JSON.decode(Everything.self, from: bytes, options: JSON.DecodingOptions(keys: .snakeCase))
    _ = try? JSON.decode(Wanderer.self, from: bytes)
    guard let parsed else { return 0 }

    let written = parsed.serialize()
    guard let again = try? JSON.parse(written) else { preconditionFailure("not read again") }
    precondition(again.serialize() == written, "written again otherwise")
    if let exact = try? JSON.encode(parsed) {
        // No look at the values: a double between 2^53 and 2^64 is written as JavaScript does, with zeros for what it
        // doesn't know, and read again as that integer, exactly.
        precondition(exact == written, "encode and serialize disagree")
    }
    if let pretty = try? JSON.encode(parsed, options: JSON.EncodingOptions(pretty: true, sortedKeys: true)) {
        precondition((try? JSON.parse(pretty)) != nil, "pretty, but not JSON")
    }
    return 0
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
