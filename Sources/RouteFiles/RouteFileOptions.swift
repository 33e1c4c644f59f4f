// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What `app/routes.json` says; a build-tool plugin can't be given options in a manifest.
///
/// ```json
/// { "pageExtensions": ["swift", "api.swift"] }
/// ```
package struct RouteFileOptions: Hashable, Sendable {
    /// The endings that make a file one of Next's special files: `["api.swift"]` reads `route.api.swift`.
    package var pageExtensions = ["swift"]

    package init() {}

    /// A mistake in the file, with its place in bytes.
    package struct Failure: Error, Hashable {
        package var offset: Int
        package var message: String
    }

    /// The longest list of endings that is read.
    static let maximumCount = 32

    /// Reads the options' file.
    ///
    /// - Throws: `Failure` if it is not a JSON object with known members and values.
    package init(json bytes: [UInt8]) throws(Failure) {
        var reader = OptionsReader(bytes)
        try reader.expect("{")
        if reader.take("}") {
            try reader.expectEnd()
            return
        }
        repeat {
            let start = reader.offset
            let name = try reader.string()
            try reader.expect(":")
            guard name == "pageExtensions" else {
                throw Failure(offset: start, message: "\"\(name)\" is no option; the option is \"pageExtensions\"")
            }
            pageExtensions = try RouteFileOptions.readExtensions(&reader)
        } while reader.take(",")
        try reader.expect("}")
        try reader.expectEnd()
    }

    private static func readExtensions(_ reader: inout OptionsReader) throws(Failure) -> [String] {
        var result: [String] = []
        let list = reader.offset
        try reader.expect("[")
        repeat {
            let start = reader.offset
            let ending = try reader.string()
            guard ending == "swift" || (ending.hasSuffix(".swift") && !ending.hasPrefix(".") && !ending.contains("/"))
            else {
                throw Failure(
                    offset: start,
                    message: "\"\(ending)\" is no ending of a Swift file, such as \"swift\" or \"api.swift\"")
            }
            result.append(ending)
            guard result.count <= maximumCount else {
                throw Failure(offset: list, message: "\"pageExtensions\" has more than \(maximumCount) endings")
            }
        } while reader.take(",")
        try reader.expect("]")
        return result
    }
}

/// Reads the little of JSON that the options need.
private struct OptionsReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        skipBlanks()
    }

    /// Where the next token begins.
    var offset: Int { position }

    private mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == mark.value else { return false }
        position += 1
        skipBlanks()
        return true
    }

    mutating func expect(_ mark: Unicode.Scalar) throws(RouteFileOptions.Failure) {
        let start = position
        guard take(mark) else { throw RouteFileOptions.Failure(offset: start, message: "\(mark) is expected here") }
    }

    func expectEnd() throws(RouteFileOptions.Failure) {
        guard position == bytes.count else {
            throw RouteFileOptions.Failure(offset: position, message: "nothing may follow the options")
        }
    }

    mutating func string() throws(RouteFileOptions.Failure) -> String {
        let start = position
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            throw RouteFileOptions.Failure(offset: start, message: "a string is expected here")
        }
        position += 1
        let content = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\\") else {
                throw RouteFileOptions.Failure(
                    offset: position, message: "a string of the options holds plain text only")
            }
            position += 1
        }
        guard position < bytes.count else {
            throw RouteFileOptions.Failure(offset: start, message: "this string has no end")
        }
        let text = String(decoding: bytes[content..<position], as: UTF8.self)
        position += 1
        skipBlanks()
        return text
    }
}
