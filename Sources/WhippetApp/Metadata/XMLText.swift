// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Text of XML, which is written line by line.
struct XMLText {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    /// Adds markup as it is.
    mutating func append(_ markup: String) {
        text += markup
    }

    /// Adds an element of text on a line of its own, nothing for nil.
    mutating func element(_ name: String, _ content: String?, attribute: (name: String, value: String?)? = nil) {
        guard let content else { return }
        var start = name
        if let attribute, let value = attribute.value { start += " \(attribute.name)=\"\(Self.escaped(value))\"" }
        text += "<\(start)>\(Self.escaped(content))</\(name)>\n"
    }

    /// The text with references for what means something in markup, without what no document may hold.
    ///
    /// Source: [XML 1.0 §2.2, §2.4](https://www.w3.org/TR/xml/#charsets).
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&apos;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            default:
                if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF {
                    escaped.unicodeScalars.append(scalar)
                }
            }
        }
        return escaped
    }
}
