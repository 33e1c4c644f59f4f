// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Implements [serializing structured fields](https://www.rfc-editor.org/rfc/rfc9651#section-4.1).
extension StructuredField {
    /// Serialises an item; fails if the standard has no form for a value.
    package static func serialize(_ item: Item) throws(Failure) -> String {
        var output = ""
        try write(item, to: &output)
        return output
    }

    /// Serialises a list; an empty one is an empty string, in whose place the field is to be left out.
    package static func serialize(_ list: List) throws(Failure) -> String {
        // §4.1.1.
        var output = ""
        for (index, member) in list.enumerated() {
            if index > 0 { output += ", " }
            try write(member, to: &output)
        }
        return output
    }

    /// Serialises a dictionary; an empty one is an empty string, in whose place the field is to be left out.
    package static func serialize(_ dictionary: Dictionary) throws(Failure) -> String {
        // §4.1.2.
        var output = ""
        for (index, entry) in dictionary.enumerated() {
            if index > 0 { output += ", " }
            try write(key: entry.key, to: &output)
            if case .item(let item) = entry.value, item.value == .boolean(true) {
                try write(item.parameters, to: &output)
            } else {
                output += "="
                try write(entry.value, to: &output)
            }
        }
        return output
    }

    // MARK: - Algorithm

    private static func write(_ member: Member, to output: inout String) throws(Failure) {
        switch member {
        case .item(let item): try write(item, to: &output)
        case .innerList(let list):
            // §4.1.1.1.
            output += "("
            for (index, item) in list.items.enumerated() {
                if index > 0 { output += " " }
                try write(item, to: &output)
            }
            output += ")"
            try write(list.parameters, to: &output)
        }
    }

    /// §4.1.3.
    private static func write(_ item: Item, to output: inout String) throws(Failure) {
        try write(item.value, to: &output)
        try write(item.parameters, to: &output)
    }

    /// §4.1.1.2.
    private static func write(_ parameters: Parameters, to output: inout String) throws(Failure) {
        for entry in parameters {
            output += ";"
            try write(key: entry.key, to: &output)
            if entry.value != .boolean(true) {
                output += "="
                try write(entry.value, to: &output)
            }
        }
    }

    /// §4.1.1.3.
    private static func write(key: String, to output: inout String) throws(Failure) {
        guard let first = key.utf8.first, StructuredFieldSyntax.isKeyStart(first),
            key.utf8.allSatisfy(StructuredFieldSyntax.isKey)
        else { throw .invalidKey }
        output += key
    }

    /// §4.1.3.1.
    private static func write(_ value: BareItem, to output: inout String) throws(Failure) {
        switch value {
        case .integer(let value):
            try write(integer: value, to: &output)
        case .decimal(let value):
            try write(decimal: value, to: &output)
        case .string(let text):
            // §4.1.6.
            guard text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else { throw .invalidString }
            output += "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { output += "\\" }
                output.unicodeScalars.append(scalar)
            }
            output += "\""
        case .token(let text):
            // §4.1.7.
            guard let first = text.utf8.first, StructuredFieldSyntax.isTokenStart(first),
                text.utf8.allSatisfy(StructuredFieldSyntax.isToken)
            else { throw .invalidToken }
            output += text
        case .bytes(let bytes):
            // §4.1.8.
            output += ":\(Base64.encode(bytes.span)):"
        case .boolean(let isTrue):
            // §4.1.9.
            output += isTrue ? "?1" : "?0"
        case .date(let seconds):
            // §4.1.10.
            output += "@"
            try write(integer: seconds, to: &output)
        case .displayString(let text):
            write(displayString: text, to: &output)
        }
    }

    /// §4.1.4.
    private static func write(integer value: Int64, to output: inout String) throws(Failure) {
        guard -999_999_999_999_999...999_999_999_999_999 ~= value else { throw .invalidInteger }
        output += String(value)
    }

    /// §4.1.5.
    private static func write(decimal value: Double, to output: inout String) throws(Failure) {
        // 2–3. Rounded to the nearest thousandth, or to the even one of two.
        let thousandths = (value * 1000).rounded(.toNearestOrEven)
        // 4. At most 12 digits before the point; neither infinity nor NaN passes.
        guard thousandths.magnitude < 1_000_000_000_000_000 else { throw .invalidDecimal }
        let (whole, fraction) = Int64(thousandths.magnitude).quotientAndRemainder(dividingBy: 1000)
        // 5–8.
        if thousandths < 0 { output += "-" }
        output += "\(whole)."
        var digits = String(fraction + 1000).dropFirst()
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        output += digits
    }

    /// §4.1.11.
    private static func write(displayString text: String, to output: inout String) {
        let digits = StaticTable("0123456789abcdef")
        var bytes: [UInt8] = [0x25, 0x22]
        for byte in text.utf8 {
            if byte == 0x25 || byte == 0x22 || !(0x20...0x7E ~= byte) {
                bytes += [0x25, digits[byte >> 4], digits[byte & 0xF]]
            } else {
                bytes.append(byte)
            }
        }
        bytes.append(0x22)
        output += String(decoding: bytes, as: UTF8.self)
    }
}
