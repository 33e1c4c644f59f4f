// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A path to a value as people write it: `items[3].price`.
///
/// Keys come from the input: what is not a plain word stands in quotes, and the whole is kept short.
struct PathText {
    private static let maximumLength = 500
    private static let maximumKeyLength = 60

    private(set) var text = ""
    private var isFull = false

    /// Goes down to an element of an array.
    mutating func append(index: Int) {
        append("[\(index)]")
    }

    /// Goes down to a member of an object.
    mutating func append(key: String) {
        if !key.isEmpty, key.utf8.count <= Self.maximumKeyLength, key.utf8.allSatisfy(Self.isWord) {
            append(text.isEmpty ? key : ".\(key)")
        } else {
            let short = key.unicodeScalars.prefix(Self.maximumKeyLength)
            append("[\(JSON.string(String(String.UnicodeScalarView(short))))]")
        }
    }

    private mutating func append(_ part: String) {
        if isFull { return }
        isFull = text.utf8.count + part.utf8.count > Self.maximumLength
        text += isFull ? "…" : part
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
            return true
        default: return byte >= 0x80
        }
    }

    /// The text of a coding path.
    static func text(_ path: [any CodingKey]) -> String {
        var result = PathText()
        for key in path {
            if let index = key.intValue, key.stringValue == "Index \(index)" {
                result.append(index: index)
            } else {
                result.append(key: key.stringValue)
            }
        }
        return result.text
    }
}
