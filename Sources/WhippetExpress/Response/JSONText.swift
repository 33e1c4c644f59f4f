// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetJSON

/// JSON as the settings `json escape`, `json replacer` and `json spaces` have it written.
struct JSONText {
    private let settings: Settings
    private var options = JSON.EncodingOptions(nonFinite: .null)

    init(_ settings: Settings) {
        self.settings = settings
        options.pretty = !settings.jsonSpaces.isEmpty
    }

    func encode(_ value: JSON) throws -> [UInt8] {
        guard let replacer = settings.jsonReplacer else { return finish(try JSON.encode(value, options: options)) }
        return finish(try JSON.encode(Self.revised("", value, replacer) ?? nil, options: options))
    }

    func encode(_ value: some Encodable) throws -> [UInt8] {
        guard settings.jsonReplacer != nil else { return finish(try JSON.encode(value, options: options)) }
        return try encode(JSON.parse(JSON.encode(value)))
    }

    /// Asks the replacer about a value, then about what is in it, as `JSON.stringify` does.
    private static func revised(
        _ key: String, _ value: JSON, _ replacer: (String, JSON) -> JSON?, depth: Int = 0
    ) -> JSON? {
        guard depth < JSON.maximumDepth, let value = replacer(key, value) else { return nil }
        switch value {
        case .array(let values):
            return .array(
                values.enumerated().map { revised("\($0.offset)", $0.element, replacer, depth: depth + 1) ?? nil })
        case .object(let object):
            var result = JSON.Object()
            for (key, value) in object {
                if let replaced = revised(key, value, replacer, depth: depth + 1) { result[key] = replaced }
            }
            return .object(result)
        default: return value
        }
    }

    private func finish(_ text: [UInt8]) -> [UInt8] {
        let text = settings.jsonSpaces.isEmpty || settings.jsonSpaces == "  " ? text : indented(text)
        guard settings.jsonEscape, text.contains(where: Self.isMarkup) else { return text }
        var escaped: [UInt8] = []
        for byte in text {
            switch byte {
            case 0x26: escaped += Array("\\u0026".utf8)
            case 0x3C: escaped += Array("\\u003c".utf8)
            case 0x3E: escaped += Array("\\u003e".utf8)
            default: escaped.append(byte)
            }
        }
        return escaped
    }

    private static func isMarkup(_ byte: UInt8) -> Bool { byte == 0x26 || byte == 0x3C || byte == 0x3E }

    /// The text with other indents than two spaces; a line break stands in no string of JSON.
    private func indented(_ text: [UInt8]) -> [UInt8] {
        let unit = Array(settings.jsonSpaces.utf8)
        var lines: [[UInt8]] = []
        for line in text.split(separator: 0x0A) {
            let content = line.drop { $0 == 0x20 }
            lines.append(Array(repeatElement(unit, count: (line.count - content.count) / 2).joined()) + content)
        }
        return Array(lines.joined(separator: [0x0A]))
    }

    /// The text without the two characters that end a line in JavaScript but not in JSON.
    static func withoutLineSeparators(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2028}": result += "\\u2028"
            case "\u{2029}": result += "\\u2029"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
