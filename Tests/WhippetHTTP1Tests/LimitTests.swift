// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1

/// An input whose size stands at a limit or one behind it.
struct LimitCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: String
    let limits: MessageLimits
    let error: MessageError?
}

@Suite("Limits of a head")
struct LimitTests {
    @Test("what fits is read, one byte or field more is refused", arguments: cases)
    func bound(_ row: LimitCase) {
        let input = bytes(row.input)
        let outcome = parseRequest(input, cuts: [input.count], limits: row.limits)
        #expect(outcome.error == row.error)
        #expect((outcome.head == nil) == (row.error != nil))
        expectSameOutcome(input, limits: row.limits, outcome)
    }

    @Test("a line that can't fit any more is refused before it ends")
    func unfinished() {
        let limits = MessageLimits(fieldBlockBytes: 50, targetBytes: 20)
        let target = bytes("GET /" + String(repeating: "x", count: 100))
        #expect(parseRequest(target, cuts: [target.count], limits: limits) == .failed(.targetTooLong))
        let field = bytes("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 100))
        #expect(parseRequest(field, cuts: [field.count], limits: limits) == .failed(.fieldBlockTooLarge))
    }

    @Test("the errors of the limits have statuses of their own")
    func statuses() {
        #expect(MessageError.targetTooLong.status == 414)
        #expect(MessageError.fieldBlockTooLarge.status == 431)
        #expect(MessageError.tooManyFields.status == 431)
    }

    static let cases: [LimitCase] = {
        let defaults = MessageLimits()
        let small = MessageLimits(fieldBlockBytes: 40, fieldCount: 4, targetBytes: 8)
        func target(_ count: Int) -> String {
            "GET /\(String(repeating: "x", count: count - 1)) HTTP/1.1\r\nHost: a\r\n\r\n"
        }
        // `Host: a` and its line end are 9 bytes, `X: ` and a line end are 5.
        func block(_ count: Int) -> String {
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: count - 14))\r\n\r\n"
        }
        func fields(_ count: Int) -> String {
            "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "a:\r\n", count: count - 1))\r\n"
        }
        return [
            LimitCase(testDescription: "target 8", input: target(8), limits: small, error: nil),
            LimitCase(testDescription: "target 9", input: target(9), limits: small, error: .targetTooLong),
            LimitCase(testDescription: "target 16 KiB", input: target(16_384), limits: defaults, error: nil),
            LimitCase(
                testDescription: "target 16 KiB + 1", input: target(16_385), limits: defaults, error: .targetTooLong),
            LimitCase(testDescription: "block 40", input: block(40), limits: small, error: nil),
            LimitCase(testDescription: "block 41", input: block(41), limits: small, error: .fieldBlockTooLarge),
            LimitCase(testDescription: "block 32 KiB", input: block(32_768), limits: defaults, error: nil),
            LimitCase(
                testDescription: "block 32 KiB + 1", input: block(32_769), limits: defaults, error: .fieldBlockTooLarge),
            LimitCase(testDescription: "4 fields", input: fields(4), limits: small, error: nil),
            LimitCase(testDescription: "5 fields", input: fields(5), limits: small, error: .tooManyFields),
            LimitCase(testDescription: "100 fields", input: fields(100), limits: defaults, error: nil),
            LimitCase(testDescription: "101 fields", input: fields(101), limits: defaults, error: .tooManyFields),
        ]
    }()
}
