// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Implements [parsing structured fields](https://www.rfc-editor.org/rfc/rfc9651#section-4.2).
extension StructuredField {
    /// Parses an item from the values of all field lines of one name, in their order.
    package static func parseItem(_ values: [String]) throws(Failure) -> Item {
        var parser = StructuredFieldParser(values)
        let item = try parser.parseItem()
        try parser.finish()
        return item
    }

    /// Parses a list from the values of all field lines of one name, in their order.
    package static func parseList(_ values: [String]) throws(Failure) -> List {
        var parser = StructuredFieldParser(values)
        let list = try parser.parseList()
        try parser.finish()
        return list
    }

    /// Parses a dictionary from the values of all field lines of one name, in their order.
    package static func parseDictionary(_ values: [String]) throws(Failure) -> Dictionary {
        var parser = StructuredFieldParser(values)
        let dictionary = try parser.parseDictionary()
        try parser.finish()
        return dictionary
    }
}

/// Walks over the bytes of a field value.
///
/// The depth is bounded by the grammar: an inner list holds items alone.
private struct StructuredFieldParser {
    private typealias Failure = StructuredField.Failure

    private let bytes: [UInt8]
    private var position = 0

    /// Steps 1 and 2: field lines are joined with commas, leading spaces discarded.
    init(_ values: [String]) {
        bytes = values.count == 1 ? Array(values[0].utf8) : Array(values.joined(separator: ", ").utf8)
        discardSpaces()
    }

    /// Steps 6 and 7: nothing but spaces may follow.
    mutating func finish() throws(StructuredField.Failure) {
        discardSpaces()
        guard next == nil else { throw .unexpectedCharacter }
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func discardSpaces() {
        while next == 0x20 { position += 1 }
    }

    private mutating func discardOptionalWhiteSpace() {
        while next == 0x20 || next == 0x09 { position += 1 }
    }

    private mutating func collect(_ condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while let next, condition(next) { position += 1 }
        return bytes[start..<position]
    }

    // MARK: - Lists and dictionaries

    /// §4.2.1.
    mutating func parseList() throws(StructuredField.Failure) -> StructuredField.List {
        var members: StructuredField.List = []
        while next != nil {
            members.append(try parseMember())
            guard try discardComma() else { break }
        }
        return members
    }

    /// §4.2.2.
    mutating func parseDictionary() throws(StructuredField.Failure) -> StructuredField.Dictionary {
        var members = StructuredField.Dictionary()
        while next != nil {
            let key = try parseKey()
            if consume(0x3D) {
                members[key] = try parseMember()
            } else {
                members[key] = .item(StructuredField.Item(.boolean(true), parameters: try parseParameters()))
            }
            guard try discardComma() else { break }
        }
        return members
    }

    /// The end of a round of both: false at the end of the input.
    private mutating func discardComma() throws(StructuredField.Failure) -> Bool {
        discardOptionalWhiteSpace()
        guard next != nil else { return false }
        guard consume(0x2C) else { throw .unexpectedCharacter }
        discardOptionalWhiteSpace()
        guard next != nil else { throw .trailingComma }
        return true
    }

    /// §4.2.1.1.
    private mutating func parseMember() throws(StructuredField.Failure) -> StructuredField.Member {
        next == 0x28 ? .innerList(try parseInnerList()) : .item(try parseItem())
    }

    /// §4.2.1.2.
    private mutating func parseInnerList() throws(StructuredField.Failure) -> StructuredField.InnerList {
        // 1.
        position += 1
        // 2–3.
        var items: [StructuredField.Item] = []
        while next != nil {
            discardSpaces()
            if consume(0x29) { return StructuredField.InnerList(items, parameters: try parseParameters()) }
            items.append(try parseItem())
            guard next == 0x20 || next == 0x29 else { throw next == nil ? .unclosedInnerList : .unexpectedCharacter }
        }
        // 4.
        throw .unclosedInnerList
    }

    /// §4.2.3.
    mutating func parseItem() throws(StructuredField.Failure) -> StructuredField.Item {
        let value = try parseBareItem()
        return StructuredField.Item(value, parameters: try parseParameters())
    }

    /// §4.2.3.2.
    private mutating func parseParameters() throws(StructuredField.Failure) -> StructuredField.Parameters {
        var parameters = StructuredField.Parameters()
        while consume(0x3B) {
            discardSpaces()
            let key = try parseKey()
            parameters[key] = consume(0x3D) ? try parseBareItem() : .boolean(true)
        }
        return parameters
    }

    /// §4.2.3.3.
    private mutating func parseKey() throws(StructuredField.Failure) -> String {
        guard let next, StructuredFieldSyntax.isKeyStart(next) else { throw .invalidKey }
        return String(decoding: collect(StructuredFieldSyntax.isKey), as: UTF8.self)
    }

    // MARK: - Bare items

    /// §4.2.3.1.
    private mutating func parseBareItem() throws(StructuredField.Failure) -> StructuredField.BareItem {
        guard let next else { throw .unexpectedCharacter }
        switch next {
        case 0x2D, 0x30...0x39: return try parseNumber()
        case 0x22: return .string(try parseString())
        case 0x3A: return .bytes(try parseBytes())
        case 0x3F: return .boolean(try parseBoolean())
        case 0x40: return .date(try parseDate())
        case 0x25: return .displayString(try parseDisplayString())
        case let byte where StructuredFieldSyntax.isTokenStart(byte):
            // §4.2.6.
            return .token(String(decoding: collect(StructuredFieldSyntax.isToken), as: UTF8.self))
        default: throw .unexpectedCharacter
        }
    }

    /// §4.2.4.
    private mutating func parseNumber() throws(StructuredField.Failure) -> StructuredField.BareItem {
        let isNegative = consume(0x2D)
        let whole = collect(ASCII.isDigit)
        guard !whole.isEmpty, whole.count <= 15 else { throw .invalidInteger }
        guard next == 0x2E else {
            let value = StructuredFieldSyntax.number(whole)
            return .integer(isNegative ? -value : value)
        }
        position += 1
        let fraction = collect(ASCII.isDigit)
        guard whole.count <= 12, 1...3 ~= fraction.count else { throw .invalidDecimal }
        // At most 15 digits: both numbers are exact, the quotient is the nearest to the decimal.
        let scale: Int64 = fraction.count == 1 ? 10 : fraction.count == 2 ? 100 : 1000
        let scaled = StructuredFieldSyntax.number(whole) * scale + StructuredFieldSyntax.number(fraction)
        return .decimal(Double(isNegative ? -scaled : scaled) / Double(scale))
    }

    /// §4.2.5.
    private mutating func parseString() throws(StructuredField.Failure) -> String {
        position += 1
        var output: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case 0x5C:
                guard let escaped = next, escaped == 0x22 || escaped == 0x5C else { throw .invalidString }
                position += 1
                output.append(escaped)
            case 0x22: return String(decoding: output, as: UTF8.self)
            case 0x20...0x7E: output.append(byte)
            default: throw .invalidString
            }
        }
        throw .invalidString
    }

    /// §4.2.7.
    private mutating func parseBytes() throws(StructuredField.Failure) -> [UInt8] {
        position += 1
        let content = collect { $0 != 0x3A }
        guard consume(0x3A), let decoded = Base64.lenientDecode(content.span) else { throw .invalidBytes }
        return decoded
    }

    /// §4.2.8.
    private mutating func parseBoolean() throws(StructuredField.Failure) -> Bool {
        position += 1
        if consume(0x31) { return true }
        if consume(0x30) { return false }
        throw .invalidBoolean
    }

    /// §4.2.9.
    private mutating func parseDate() throws(StructuredField.Failure) -> Int64 {
        position += 1
        guard case .integer(let seconds) = try parseNumber() else { throw .invalidDate }
        return seconds
    }

    /// §4.2.10.
    private mutating func parseDisplayString() throws(StructuredField.Failure) -> String {
        position += 1
        guard consume(0x22) else { throw .invalidDisplayString }
        var output: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case 0x25:
                guard position + 2 <= bytes.count,
                    let high = StructuredFieldSyntax.lowerHexValue(bytes[position]),
                    let low = StructuredFieldSyntax.lowerHexValue(bytes[position + 1])
                else { throw .invalidDisplayString }
                position += 2
                output.append(high << 4 | low)
            case 0x22:
                guard let text = UTF8Decoding.decodeWithoutBOMOrFail(output.span) else { throw .invalidDisplayString }
                return text
            case 0x20...0x7E: output.append(byte)
            default: throw .invalidDisplayString
            }
        }
        throw .invalidDisplayString
    }
}
