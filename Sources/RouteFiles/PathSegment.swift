// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What a folder's name means for the path, after Next's
/// [project structure](https://nextjs.org/docs/app/getting-started/project-structure#route-groups-and-private-folders).
enum PathSegment: Hashable {
    /// Bytes of the path, percent escapes decoded.
    case literal([UInt8])
    /// `[name]`
    case parameter(String)
    /// `[...name]`
    case catchAll(String)
    /// `[[...name]]`
    case optionalCatchAll(String)
    /// `(group)` and `@slot`, which the path does not show.
    case hidden

    /// The rule that a folder's name breaks, as a sentence.
    struct Failure: Error {
        var message: String
    }

    /// The parameter's name; nil for all else.
    var name: String? {
        switch self {
        case .literal, .hidden: nil
        case .parameter(let name), .catchAll(let name), .optionalCatchAll(let name): name
        }
    }

    /// Whether it takes the rest of the path.
    var isCatchAll: Bool {
        switch self {
        case .catchAll, .optionalCatchAll: true
        case .literal, .parameter, .hidden: false
        }
    }

    init(folder: String) throws(Failure) {
        let bytes = Array(folder.utf8)
        if bytes.first == UInt8(ascii: "@") {
            guard bytes.count > 1 else { throw Failure(message: "the slot \"@\" has no name") }
            self = .hidden
        } else if bytes.first == UInt8(ascii: "(") {
            try PathSegment.checkGroup(folder, bytes)
            self = .hidden
        } else if bytes.contains(UInt8(ascii: "[")) || bytes.contains(UInt8(ascii: "]")) {
            self = try PathSegment.parameter(folder, bytes)
        } else {
            self = .literal(try PathSegment.decode(folder, bytes))
        }
    }

    // MARK: - Algorithm

    private static func checkGroup(_ folder: String, _ bytes: [UInt8]) throws(Failure) {
        for marker in ["(.)", "(..)", "(...)"] where bytes.starts(with: marker.utf8) {
            throw Failure(
                message: "\"\(folder)\" intercepts a route of pages, which route handlers don't have; "
                    + "a group's name must not be dots")
        }
        guard bytes.last == UInt8(ascii: ")") else {
            throw Failure(message: "the group \"\(folder)\" has no closing )")
        }
        guard bytes.count > 2 else { throw Failure(message: "the group \"()\" has no name") }
    }

    private static func parameter(_ folder: String, _ bytes: [UInt8]) throws(Failure) -> PathSegment {
        let openings = bytes.count { $0 == UInt8(ascii: "[") }
        let closings = bytes.count { $0 == UInt8(ascii: "]") }
        guard openings == closings else { throw Failure(message: "\"\(folder)\" has unbalanced brackets") }
        var name = bytes[...]
        guard name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]") else {
            throw Failure(
                message: "\"\(folder)\" has brackets inside: a parameter takes a whole folder name, "
                    + "a bracket in a name is %5B or %5D")
        }
        name = name.dropFirst().dropLast()
        let isOptional = name.first == UInt8(ascii: "[") && name.last == UInt8(ascii: "]")
        if isOptional { name = name.dropFirst().dropLast() }
        guard !name.contains(UInt8(ascii: "[")), !name.contains(UInt8(ascii: "]")) else {
            throw Failure(message: "\"\(folder)\" has brackets inside its brackets")
        }
        guard !name.starts(with: "…".utf8) else {
            throw Failure(message: "\"\(folder)\" has the character …: write three dots")
        }
        let isCatchAll = name.starts(with: "...".utf8)
        if isCatchAll { name = name.dropFirst(3) }
        guard let first = name.first else { throw Failure(message: "the parameter \"\(folder)\" has no name") }
        guard first != UInt8(ascii: ".") else {
            throw Failure(message: "the parameter \"\(folder)\" has a name that starts with dots")
        }
        let text = String(decoding: name, as: UTF8.self)
        switch (isCatchAll, isOptional) {
        case (true, true): return .optionalCatchAll(text)
        case (true, false): return .catchAll(text)
        case (false, true):
            throw Failure(message: "\"\(folder)\" is an optional parameter: only a catch-all can be optional")
        case (false, false): return .parameter(text)
        }
    }

    private static func decode(_ folder: String, _ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard index + 1 < bytes.count, let high = hexadecimal(bytes[index]),
                    let low = hexadecimal(bytes[index + 1])
                else { throw Failure(message: "\"\(folder)\" has a bad percent escape") }
                byte = high << 4 | low
                index += 2
            } else if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\\") {
                throw Failure(message: "\"\(folder)\" holds a ?, # or \\, which no path can show as it is")
            }
            guard byte >= 0x20, byte != 0x7F else { throw Failure(message: "\"\(folder)\" holds a control character") }
            result.append(byte)
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
