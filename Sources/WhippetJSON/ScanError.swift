// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A rule of JSON that a text breaks, and where.
struct ScanError: Error {
    /// One case per rule.
    enum Rule {
        case tooLarge
        case tooDeep
        case byteOrderMark
        case expectedValue
        case expectedKey
        case expectedColon
        case expectedEnd
        case unclosedArray
        case unclosedObject
        case unclosedString
        case controlCharacter
        case badEscape
        case invalidUTF8
        case badNumber
        case leadingZero
        case numberOutOfRange
    }

    let rule: Rule
    let offset: Int

    init(_ rule: Rule, at offset: Int) {
        self.rule = rule
        self.offset = offset
    }

    /// The error for the user, with the path to the place.
    func jsonError(_ tape: Tape, _ frames: UnsafeBufferPointer<TapeScanner.Frame>) -> JSONError {
        let kind: JSONError.Kind
        switch rule {
        case .tooLarge: kind = .tooLarge
        case .tooDeep: kind = .tooDeep
        case .numberOutOfRange: kind = .numberOutOfRange
        default: kind = .syntax
        }
        return JSONError(kind: kind, path: path(tape, frames), offset: offset, reason: reason(tape))
    }

    private func path(_ tape: Tape, _ frames: UnsafeBufferPointer<TapeScanner.Frame>) -> String {
        var path = PathText()
        for (depth, frame) in frames.enumerated() {
            if !frame.isObject {
                // Between two elements the array itself is the place.
                if depth == frames.count - 1, rule == .unclosedArray { break }
                path.append(index: Int(frame.count))
            } else if frame.key > frame.entry {
                path.append(key: tape.string(tape[frame.key]))
            }
        }
        return path.text
    }

    private func reason(_ tape: Tape) -> String {
        let found = offset < tape.byteCount ? Self.quoted(tape, at: offset) : "the end of the text"
        let place = "at byte \(offset)"
        switch rule {
        case .tooLarge: return "the text is longer than \(TapeScanner.maximumByteCount) bytes"
        case .tooDeep: return "arrays and objects are nested more than \(JSON.maximumDepth) deep \(place)"
        case .byteOrderMark: return "expected a value, found a byte order mark \(place)"
        case .expectedValue: return "expected a value, found \(found) \(place)"
        case .expectedKey: return "expected a key in double quotes, found \(found) \(place)"
        case .expectedColon: return "expected \":\" after a key, found \(found) \(place)"
        case .expectedEnd: return "expected the end of the text, found \(found) \(place)"
        case .unclosedArray: return "expected \",\" or \"]\", found \(found) \(place)"
        case .unclosedObject: return "expected \",\" or \"}\", found \(found) \(place)"
        case .unclosedString: return "the string that starts \(place) has no end"
        case .controlCharacter: return "a string must escape control characters, found \(found) \(place)"
        case .badEscape: return "\(Self.quoted(tape, at: offset, count: 6)) \(place) is not an escape"
        case .invalidUTF8: return "the text is not UTF-8 \(place)"
        case .badNumber: return "\(Self.quoted(tape, at: offset, count: 12)) \(place) is not a number"
        case .leadingZero: return "a number must not start with a zero \(place)"
        case .numberOutOfRange: return "the number \(place) does not fit in a Double"
        }
    }

    /// A few characters of the text between quotes, control characters as their numbers.
    private static func quoted(_ tape: Tape, at offset: Int, count: Int = 1) -> String {
        let start = min(offset, tape.byteCount)
        // A character takes up to four bytes; what is not UTF-8 shows as U+FFFD.
        let bytes = UnsafeBufferPointer(start: tape.bytes + start, count: min(count * 4, tape.byteCount - start))
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(count) {
            if scalar.value < 0x20 || scalar.value == 0x7F {
                if text.isEmpty { return "the control character U+00" + hex(UInt8(scalar.value)) }
                break
            }
            text.unicodeScalars.append(scalar)
        }
        return "\"\(text)\""
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
