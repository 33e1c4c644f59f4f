// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A component's parts as a small program: what the standard's regular expression would match, in linear time.
///
/// A regular expression that backtracks takes a time that grows with a power of the input's length where a pattern has
/// several wildcards, and the input is a stranger's. Here each choice is tried once at each place: a choice that
/// failed at a place fails there again.
struct WildcardProgram: Sendable {
    private enum Instruction: Sendable {
        /// The bytes must follow.
        case text([UInt8])
        /// One byte must follow that is not this one.
        case byte(except: UInt8?)
        /// Goes on at the first, and if that fails at the second; the number is that of the choice.
        case choice(Int, Int, number: Int)
        case jump(Int)
        /// Notes the place: a group begins or ends.
        case mark(Int)
        /// Fails where the group that began at the mark is empty.
        case advance(from: Int)
    }

    /// What to go back to when the way taken fails.
    private enum Retreat {
        case choice(Int, at: Int)
        case mark(Int, was: Int)
    }

    private var instructions: [Instruction] = []
    private var choiceCount = 0
    private var markCount = 0
    private let delimiter: UInt8?
    private let ignoresCase: Bool

    init(_ parts: [Part], _ options: PatternOptions) {
        delimiter = options.delimiter.flatMap { UInt8(exactly: $0.value) }
        ignoresCase = options.ignoresCase
        for part in parts { append(part) }
    }

    // MARK: - Making

    /// Writes what [generate a regular expression and name list](
    /// https://urlpattern.spec.whatwg.org/#generate-a-regular-expression-and-name-list) writes for a part.
    private mutating func append(_ part: Part) {
        let isRepeating = part.modifier.isRepeating
        if part.kind == .fixedText {
            // (?:<fixed text>)<modifier>
            modified(part.modifier) { $0.text(part.value) }
        } else if part.prefix.isEmpty, part.suffix.isEmpty {
            if isRepeating {
                // ((?:<value>)<modifier>)
                group { program in program.modified(part.modifier) { $0.value(part) } }
            } else {
                // (<value>)<modifier>
                modified(part.modifier) { program in
                    let mark = program.markCount
                    program.group { $0.value(part) }
                    // What is optional is left out rather than empty.
                    if part.modifier == .optional { program.instructions.append(.advance(from: mark)) }
                }
            }
        } else if !isRepeating {
            // (?:<prefix>(<value>)<suffix>)<modifier>
            modified(part.modifier) { program in
                program.text(part.prefix)
                program.group { $0.value(part) }
                program.text(part.suffix)
            }
        } else {
            // (?:<prefix>((?:<value>)(?:<suffix><prefix>(?:<value>))*)<suffix>)?
            modified(part.modifier == .zeroOrMore ? .optional : .none) { program in
                program.text(part.prefix)
                program.group { program in
                    program.value(part)
                    program.modified(.zeroOrMore) { program in
                        program.text(part.suffix)
                        program.text(part.prefix)
                        program.value(part)
                    }
                }
                program.text(part.suffix)
            }
        }
    }

    private mutating func text(_ text: String) {
        guard !text.isEmpty else { return }
        instructions.append(.text(text.utf8.map { ignoresCase ? ASCII.lowercased($0) : $0 }))
    }

    private mutating func value(_ part: Part) {
        let start = instructions.count
        if part.kind == .fullWildcard {
            // .*
            modified(.zeroOrMore) { $0.instructions.append(.byte(except: nil)) }
        } else {
            // [^<delimiter>]+?
            instructions.append(.byte(except: delimiter))
            choice(start + 2, start)
        }
    }

    private mutating func group(_ body: (inout WildcardProgram) -> Void) {
        let mark = markCount
        markCount += 2
        instructions.append(.mark(mark))
        body(&self)
        instructions.append(.mark(mark + 1))
    }

    private mutating func modified(_ modifier: Part.Modifier, _ body: (inout WildcardProgram) -> Void) {
        let start = instructions.count
        let number = choiceCount
        if modifier == .optional || modifier == .zeroOrMore {
            choice(start + 1, start)
        }
        body(&self)
        if modifier == .zeroOrMore { instructions.append(.jump(start)) }
        if modifier == .optional || modifier == .zeroOrMore {
            instructions[start] = .choice(start + 1, instructions.count, number: number)
        }
        if modifier == .oneOrMore { choice(start, instructions.count + 1) }
    }

    private mutating func choice(_ first: Int, _ second: Int) {
        instructions.append(.choice(first, second, number: choiceCount))
        choiceCount += 1
    }

    // MARK: - Matching

    /// What the groups match where the whole input matches, nil if it doesn't.
    func match(_ input: [UInt8]) -> [String?]? {
        var marks = [Int](repeating: -1, count: markCount)
        var retreats: [Retreat] = []
        // One bit for each choice at each place: whether it was tried.
        let places = input.count + 1
        var tried = [UInt64](repeating: 0, count: (choiceCount * places + 63) / 64)
        var (index, place) = (0, 0)
        while true {
            var failed = false
            if index == instructions.count {
                if place == input.count { return groups(input, marks) }
                failed = true
            } else {
                switch instructions[index] {
                case .text(let text):
                    failed = !matches(text, input, at: place)
                    place += text.count
                    index += 1
                case .byte(let excluded):
                    failed = place == input.count || input[place] == excluded
                    place += 1
                    index += 1
                case .choice(let first, let second, let number):
                    let bit = number * places + place
                    if tried[bit >> 6] & 1 << UInt64(bit & 63) != 0 {
                        failed = true
                    } else {
                        tried[bit >> 6] |= 1 << UInt64(bit & 63)
                        retreats.append(.choice(second, at: place))
                        index = first
                    }
                case .jump(let target):
                    index = target
                case .mark(let mark):
                    retreats.append(.mark(mark, was: marks[mark]))
                    marks[mark] = place
                    index += 1
                case .advance(let mark):
                    failed = marks[mark] == place
                    index += 1
                }
            }
            while failed {
                switch retreats.popLast() {
                case nil: return nil
                case .mark(let mark, let was)?: marks[mark] = was
                case .choice(let target, let start)?:
                    (index, place) = (target, start)
                    failed = false
                }
            }
        }
    }

    private func matches(_ text: [UInt8], _ input: [UInt8], at place: Int) -> Bool {
        guard input.count - place >= text.count else { return false }
        for offset in text.indices {
            let byte = input[place + offset]
            guard text[offset] == (ignoresCase ? ASCII.lowercased(byte) : byte) else { return false }
        }
        return true
    }

    private func groups(_ input: [UInt8], _ marks: [Int]) -> [String?] {
        stride(from: 0, to: markCount, by: 2).map { mark in
            let (start, end) = (marks[mark], marks[mark + 1])
            return start >= 0 && end >= start ? String(decoding: input[start..<end], as: UTF8.self) : nil
        }
    }
}
