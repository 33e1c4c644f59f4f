// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Translates [ECMAScript's patterns](https://tc39.es/ecma262/#sec-patterns), as the flag `v` has them, to Swift's.
///
/// What is an error there is one here. What Swift has not, or has with another meaning, is refused by name:
/// look-behind, back references, word boundaries, modifiers, Unicode properties and strings in classes. Character
/// classes are computed here: the components of a URL are ASCII, so a class is a set of 128.
struct ECMAScriptTranslator {
    /// Why a pattern is refused.
    struct Failure: Error {
        let rule: String

        static let incomplete = Failure(rule: "a regular expression is incomplete")
        static let nothingToRepeat = Failure(rule: "a regular expression has nothing to repeat before a quantifier")
        static let invalidEscape = Failure(rule: "a regular expression has an invalid escape")
        static let invalidClass = Failure(rule: "a regular expression has an invalid character class")
        static let invalidRange = Failure(rule: "a regular expression has a range out of order")
        static let invalidGroup = Failure(rule: "a regular expression has an invalid group")
        static let duplicateName = Failure(rule: "a regular expression has two groups of one name")
        static let loneBracket = Failure(rule: "a regular expression has a lone bracket or brace")
        static let tooDeep = Failure(rule: "a regular expression is nested too deeply")

        static func unsupported(_ feature: String) -> Failure {
            Failure(rule: "regular expressions with \(feature) are not supported")
        }
    }

    private static let maximumDepth = 50
    /// A larger count would make the expression larger than any input it is applied to.
    private static let maximumRepetitions = 1000

    private let ignoresCase: Bool
    private var names: Set<String> = []
    var input: [UInt8] = []
    var position = 0
    var depth = 0

    init(ignoresCase: Bool) {
        self.ignoresCase = ignoresCase
    }

    /// A text that stands for itself.
    func literal(_ text: String) -> String {
        text.unicodeScalars.map { literal($0.value) }.joined()
    }

    /// The pattern in Swift's syntax, to be put between parentheses.
    mutating func translate(_ pattern: String) throws(Failure) -> String {
        input = Array(pattern.utf8)
        position = 0
        depth = 0
        let output = try disjunction()
        guard next == nil else { throw .invalidGroup }
        return output
    }

    // MARK: - Grammar

    var next: UInt8? { position < input.count ? input[position] : nil }

    mutating func consume(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard input.count - position >= count else { return false }
        let isEqual = text.withUTF8Buffer { $0.elementsEqual(input[position..<position + count]) }
        if isEqual { position += count }
        return isEqual
    }

    /// Enters a group or a class: the depth is the pattern's, and the parser is recursive.
    mutating func descend() throws(Failure) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw .tooDeep }
    }

    private mutating func disjunction() throws(Failure) -> String {
        var output = ""
        while let byte = next, byte != 0x29 {
            if consume("|") {
                output += "|"
            } else {
                output += try term()
            }
        }
        return output
    }

    private mutating func term() throws(Failure) -> String {
        if let assertion = try assertion() {
            // With the flag no assertion can be repeated.
            guard try quantifier().isEmpty else { throw .nothingToRepeat }
            return assertion
        }
        let atom = try atom()
        return atom + (try quantifier())
    }

    private mutating func assertion() throws(Failure) -> String? {
        if consume("^") { return "\\A" }
        if consume("$") { return "\\z" }
        // Swift's has digits outside words.
        if consume("\\b") || consume("\\B") { throw .unsupported("word boundaries") }
        if consume("(?=") { return "(?=\(try groupBody()))" }
        if consume("(?!") { return "(?!\(try groupBody()))" }
        if consume("(?<=") || consume("(?<!") { throw .unsupported("look-behind") }
        return nil
    }

    private mutating func atom() throws(Failure) -> String {
        guard let byte = next else { throw .incomplete }
        switch byte {
        case 0x2E:
            position += 1
            return "."
        case 0x28:
            return try group()
        case 0x5B:
            return classSource(try characterClass())
        case 0x5C:
            position += 1
            return try atomEscape()
        case 0x2A, 0x2B, 0x3F:
            throw .nothingToRepeat
        case 0x5D, 0x7B, 0x7D:
            throw .loneBracket
        default:
            position += 1
            return literal(UInt32(byte))
        }
    }

    private mutating func group() throws(Failure) -> String {
        if consume("(?:") { return "(?:\(try groupBody()))" }
        if consume("(?<") {
            let start = position
            while let byte = next, byte != 0x3E { position += 1 }
            let name = String(decoding: input[start..<position], as: UTF8.self)
            guard consume(">"), let first = name.unicodeScalars.first, Tokenizer.isValidName(first, first: true),
                name.unicodeScalars.allSatisfy({ Tokenizer.isValidName($0, first: false) })
            else { throw .invalidGroup }
            guard names.insert(name).inserted else { throw .duplicateName }
            return "(\(try groupBody()))"
        }
        // (?ims-ims:…)
        if consume("(?"), let byte = next, byte == 0x69 || byte == 0x6D || byte == 0x73 || byte == 0x2D {
            throw .unsupported("modifiers")
        }
        throw .invalidGroup
    }

    private mutating func groupBody() throws(Failure) -> String {
        try descend()
        let body = try disjunction()
        guard consume(")") else { throw .incomplete }
        depth -= 1
        return body
    }

    private mutating func quantifier() throws(Failure) -> String {
        var output = ""
        if consume("*") {
            output = "*"
        } else if consume("+") {
            output = "+"
        } else if consume("?") {
            output = "?"
        } else if consume("{") {
            guard let minimum = try count() else { throw .loneBracket }
            output = "{\(minimum)"
            if consume(",") {
                output += ","
                if let maximum = try count() {
                    guard minimum <= maximum else { throw .invalidRange }
                    output += String(maximum)
                }
            }
            guard consume("}") else { throw .loneBracket }
            output += "}"
        } else {
            return ""
        }
        return consume("?") ? output + "?" : output
    }

    private mutating func count() throws(Failure) -> Int? {
        let start = position
        var value = 0
        while let byte = next, byte &- 0x30 < 10 {
            value = value * 10 + Int(byte &- 0x30)
            position += 1
            guard value <= Self.maximumRepetitions else {
                throw .unsupported("more than \(Self.maximumRepetitions) repetitions")
            }
        }
        return position > start ? value : nil
    }

    // MARK: - Escapes

    /// What follows a backslash outside a class.
    private mutating func atomEscape() throws(Failure) -> String {
        guard let byte = next else { throw .incomplete }
        if byte == 0x6B || (0x31...0x39 ~= byte) { throw .unsupported("back references") }
        if let set = try classEscape() { return classSource(set) }
        return literal(try characterEscape(inClass: false))
    }

    /// A class escape such as `\d`, nil if another escape stands here.
    mutating func classEscape() throws(Failure) -> ASCIISet? {
        let set: ASCIISet
        switch next {
        case 0x64: set = .digits
        case 0x44: set = ASCIISet.digits.complement
        case 0x77: set = .wordCharacters
        case 0x57: set = ASCIISet.wordCharacters.complement
        case 0x73: set = .whiteSpace
        case 0x53: set = ASCIISet.whiteSpace.complement
        case 0x70, 0x50: throw .unsupported("Unicode properties")
        default: return nil
        }
        position += 1
        return set
    }

    /// The code point that an escape stands for.
    mutating func characterEscape(inClass: Bool) throws(Failure) -> UInt32 {
        guard let byte = next else { throw .incomplete }
        position += 1
        switch byte {
        case 0x74: return 0x09
        case 0x6E: return 0x0A
        case 0x76: return 0x0B
        case 0x66: return 0x0C
        case 0x72: return 0x0D
        case 0x62 where inClass: return 0x08
        case 0x30:
            if let digit = next, digit &- 0x30 < 10 { throw .invalidEscape }
            return 0
        case 0x63:
            guard let letter = next, (letter | 0x20) &- 0x61 < 26 else { throw .invalidEscape }
            position += 1
            return UInt32(letter & 0x1F)
        case 0x78: return try hexDigits(2)
        case 0x75: return try unicodeEscape()
        // SyntaxCharacter and "/".
        case 0x24, 0x28...0x2B, 0x2E, 0x2F, 0x3F, 0x5B...0x5E, 0x7B...0x7D: return UInt32(byte)
        // ClassSetReservedPunctuator.
        case 0x21, 0x23, 0x25, 0x26, 0x2C, 0x2D, 0x3A...0x3E, 0x40, 0x60, 0x7E:
            guard inClass else { throw .invalidEscape }
            return UInt32(byte)
        default: throw .invalidEscape
        }
    }

    private mutating func unicodeEscape() throws(Failure) -> UInt32 {
        if consume("{") {
            var value: UInt32 = 0
            var count = 0
            while let digit = next.flatMap(Self.hexValue) {
                value = value << 4 | digit
                count += 1
                position += 1
                guard value <= 0x10_FFFF else { throw .invalidEscape }
            }
            guard count > 0, consume("}") else { throw .invalidEscape }
            return value
        }
        return try hexDigits(4)
    }

    private mutating func hexDigits(_ count: Int) throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = next.flatMap(Self.hexValue) else { throw .invalidEscape }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private static func hexValue(_ byte: UInt8) -> UInt32? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt32.init)
    }

    // MARK: - Output

    private func classSource(_ set: ASCIISet) -> String {
        ignoringCase(set).source
    }

    /// A code point that stands for itself; one above ASCII is in no component.
    private func literal(_ value: UInt32) -> String {
        let isLetter = (value | 0x20) &- 0x61 < 26
        if isLetter, ignoresCase { return ASCIISet(value...value).ignoringCase.source }
        return value < 128 ? ASCIISet.escape(value) : "(?!)"
    }

    func ignoringCase(_ set: ASCIISet) -> ASCIISet {
        ignoresCase ? set.ignoringCase : set
    }

    /// The characters of a range in a class, in both cases where that is asked.
    func classSet(_ range: ClosedRange<UInt32>) -> ASCIISet {
        ignoringCase(ASCIISet(range))
    }
}
