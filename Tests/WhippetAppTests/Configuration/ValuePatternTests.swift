// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetApp

/// The values of conditions.
struct ValuePatternTests {
    struct Case: CustomTestStringConvertible {
        var pattern: String
        var value: String
        /// Nil: no match.
        var captures: [String]?
        var testDescription: String { "\(pattern) = \(value)" }

        init(_ pattern: String, _ value: String, _ captures: [String]?) {
            (self.pattern, self.value, self.captures) = (pattern, value, captures)
        }
    }

    @Test(
        "A value is matched as a whole",
        arguments: [
            Case("a", "a", []), Case("a", "ab", nil), Case("a", "A", nil), Case("a", "", nil), Case("*", "", []),
            Case("a*", "a", []), Case("*a", "bca", []), Case("*a", "ab", nil), Case("a*a", "a", nil),
            Case("a*a", "aa", []), Case(":x", "anything", ["x=anything"]), Case(":x-:y", "a-b-c", ["x=a", "y=b-c"]),
            Case(":a.example.com", "www.example.com", ["a=www"]), Case(":a.example.com", "wwwXexample.com", nil),
            Case("(?<x>.*)", "", ["x="]), Case("(?<x>.+)", "", nil), Case("(?<x>.+)b", "b", nil),
            Case("(?<x>.+)b", "bb", ["x=b"]), Case("a.*c", "abbc", []), Case("x*ab*y", "xaabby", []),
            Case("\\*\\:a", "*:a", []), Case("\\*\\:a", "b:a", nil), Case("é:x", "éé", ["x=é"]),
            Case("*ab*ab", "ab", nil), Case(":a:b", "xy", ["a=", "b=xy"]),
        ])
    func matching(_ one: Case) throws {
        let captures = try ValuePattern(one.pattern).match(one.value)?.map { capture -> String in
            guard case .text(let text) = capture.value else { return "" }
            return "\(capture.name)=\(text)"
        }
        #expect(captures == one.captures)
    }

    @Test("A value that almost matches everywhere takes no more steps than both lengths multiplied")
    func bounded() throws {
        let pattern = try ValuePattern(String(repeating: "a*", count: 64) + "b")
        let captures = pattern.match(String(repeating: "a", count: 32 * 1024))
        #expect(captures == nil)
    }
}
