// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The standards' own test data, in the folder that the environment names; tests of it are skipped elsewhere.
package enum StandardsData {
    /// A value of a JSON file.
    package enum Node {
        case null
        case bool(Bool)
        case string(String)
        case array([Node])
        case object([String: Node])
        case other

        /// The text of a string.
        package var string: String? {
            if case .string(let value) = self { value } else { nil }
        }

        /// Whether this is `true`.
        package var isTrue: Bool {
            if case .bool(let value) = self { value } else { false }
        }

        /// The elements of an array, none of another value.
        package var elements: [Node] {
            if case .array(let value) = self { value } else { [] }
        }

        /// The members of an object, none of another value.
        package var members: [String: Node] {
            if case .object(let value) = self { value } else { [:] }
        }

        /// A member of an object, null if there is none.
        package subscript(_ name: String) -> Node { members[name] ?? .null }
    }

    /// The folder, or a file that should be in it, is not there or not as expected.
    package struct Missing: Error {}

    /// Why a test of the data is skipped.
    package static let reason = "WHIPPET_STANDARDS_DATA does not name the folder of the standards' test data"

    /// Whether the environment names the folder.
    package static var isAvailable: Bool { folder != nil }

    private static var folder: String? { ProcessInfo.processInfo.environment["WHIPPET_STANDARDS_DATA"] }

    /// Reads a JSON file of the folder; surrogates without a partner become U+FFFD, as in a USVString.
    package static func read(_ path: String) throws -> Node {
        node(try json(path, as: Any.self))
    }

    /// The same as Foundation's types.
    package static func json<Value>(_ path: String, as type: Value.Type) throws -> Value {
        guard let folder, let data = FileManager.default.contents(atPath: "\(folder)/\(path)"),
            let value = try JSONSerialization.jsonObject(with: Data(scalarValues(Array(data)))) as? Value
        else { throw Missing() }
        return value
    }

    /// The JSON of one of Foundation's values.
    package static func bytes(of value: Any) throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed))
    }

    /// The objects in a file that is an array of objects and comments.
    package static func cases(_ path: String) throws -> [Node] {
        try read(path).elements.filter { !$0.members.isEmpty }
    }

    private static func node(_ value: Any) -> Node {
        switch value {
        case let text as String: .string(text)
        case let list as [Any]: .array(list.map(node))
        case let object as [String: Any]: .object(object.mapValues(node))
        case is NSNull: .null
        case let number as NSNumber: .bool(number.boolValue)
        default: .other
        }
    }

    /// Replaces the escapes of lone surrogates, which Foundation's parser refuses.
    private static func scalarValues(_ json: [UInt8]) -> [UInt8] {
        func surrogate(_ index: Int) -> UInt16? {
            guard index + 6 <= json.count, json[index] == 0x5C, json[index + 1] == 0x75 else { return nil }
            let digits = String(decoding: json[(index + 2)..<(index + 6)], as: UTF8.self)
            return UInt16(digits, radix: 16).flatMap { 0xD800...0xDFFF ~= $0 ? $0 : nil }
        }
        var output: [UInt8] = []
        output.reserveCapacity(json.count)
        var index = 0
        while index < json.count {
            if let first = surrogate(index) {
                if first < 0xDC00, let second = surrogate(index + 6), second >= 0xDC00 {
                    output += json[index..<(index + 12)]
                    index += 12
                } else {
                    output += Array("\\uFFFD".utf8)
                    index += 6
                }
            } else if json[index] == 0x5C, index + 1 < json.count {
                output += json[index...(index + 1)]
                index += 2
            } else {
                output.append(json[index])
                index += 1
            }
        }
        return output
    }
}
