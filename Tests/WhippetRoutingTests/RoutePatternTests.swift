// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetRouting

@Suite struct RoutePatternTests {
    @Test(
        "The parameters of a pattern are named in their order",
        arguments: [
            ("/", []),
            ("/items", []),
            ("/items/[slug]", ["slug"]),
            ("/[categoryId]/[itemId]", ["categoryId", "itemId"]),
            ("/shop/[...slug]", ["slug"]),
            ("/shop/[[...slug]]", ["slug"]),
            ("/[my-name]/x/[größe]", ["my-name", "größe"]),
        ] as [(String, [String])]
    )
    func parameterNames(notation: String, names: [String]) throws {
        #expect(try RoutePattern(notation).parameterNames == names)
    }

    @Test(
        "Two spellings of the same segments are the same pattern",
        arguments: [
            ("/café", "/caf%C3%A9"), ("/café", "/caf%c3%a9"), ("/a b", "/a%20b"), ("/%61dmin", "/admin"),
            ("/%40me", "/@me"), ("/a%2fb", "/a%2Fb"), ("/%5bx%5d", "/%5Bx%5D"),
        ]
    )
    func equality(left: String, right: String) throws {
        #expect(try RoutePattern(left) == RoutePattern(right))
        #expect(try RoutePattern(left).hashValue == RoutePattern(right).hashValue)
    }

    @Test(
        "Patterns of different segments differ",
        arguments: [("/a", "/A"), ("/a/[x]", "/a/[y]"), ("/[...x]", "/[[...x]]"), ("/a%2Fb", "/a/b"), ("/", "/a")]
    )
    func inequality(left: String, right: String) throws {
        #expect(try RoutePattern(left) != RoutePattern(right))
    }

    @Test("A pattern describes itself as it was written")
    func description() throws {
        #expect(try RoutePattern("/caf%c3%a9/[slug]").description == "/caf%c3%a9/[slug]")
    }

    @Test(
        "A pattern that breaks a rule is refused with the pattern and the rule",
        arguments: [
            ("", "must start with a slash"),
            ("items", "must start with a slash"),
            ("[slug]", "must start with a slash"),
            ("/items/", "must not end with a slash"),
            ("//", "must not have an empty segment"),
            ("/a//b", "must not have an empty segment"),
            ("/a?b", "must be a path only, without ? and #"),
            ("/a#b", "must be a path only, without ? and #"),
            ("/[a?]", "must be a path only, without ? and #"),
            ("/a\\b", "must not hold a backslash"),
            ("/a/./b", "must not have a dot segment, as \".\" is"),
            ("/a/../b", "must not have a dot segment, as \"..\" is"),
            ("/a/%2e%2E", "must not have a dot segment, as \"%2e%2E\" is"),
            ("/[slug", "has unbalanced brackets in \"[slug\""),
            ("/slug]", "has unbalanced brackets in \"slug]\""),
            ("/[[...slug]", "has unbalanced brackets in \"[[...slug]\""),
            ("/[...slug]]", "has unbalanced brackets in \"[...slug]]\""),
            ("/x[slug]", whole("x[slug]")),
            ("/[slug].json", whole("[slug].json")),
            ("/[a]-[b]", whole("[a]-[b]")),
            ("/[[[...a]]]", whole("[[[...a]]]")),
            ("/]a[", whole("]a[")),
            ("/[]", "has a parameter without a name, \"[]\""),
            ("/[...]", "has a parameter without a name, \"[...]\""),
            ("/[[...]]", "has a parameter without a name, \"[[...]]\""),
            // O-conflict-11
            ("/a/[..foo]", "has a parameter whose name starts with dots, \"[..foo]\""),
            ("/a/[....foo]", "has a parameter whose name starts with dots, \"[....foo]\""),
            // O-conflict-13
            ("/[…three]", "has the character … in \"[…three]\": write three dots"),
            // O-conflict-9
            ("/[[id]]", "has an optional parameter, \"[[id]]\": only a catch-all can be optional"),
            // O-conflict-3, O-conflict-4
            ("/[...one]/foo", "must end with its catch-all \"[...one]\""),
            ("/[...one]/[id]", "must end with its catch-all \"[...one]\""),
            ("/[[...one]]/foo", "must end with its catch-all \"[[...one]]\""),
            ("/[id]/x/[id]", "has two parameters named \"id\""),
            ("/[id]/[...id]", "has two parameters named \"id\""),
            ("/[a-b]/[ab]", "has the parameters \"a-b\" and \"ab\", which differ by symbols only"),
            ("/a%2", "has a bad percent escape in \"a%2\""),
            ("/a%zz", "has a bad percent escape in \"a%zz\""),
            ("/a%00", "has a control character in \"a%00\""),
            ("/a\u{7}", "has a control character in \"a\u{7}\""),
        ]
    )
    func errors(notation: String, reason: String) {
        let error = #expect(throws: RoutePatternError.self) { try RoutePattern(notation) }
        #expect(error?.message == "RoutePattern: \"\(notation)\" \(reason)")
        #expect(error?.pattern == notation)
    }

    @Test("A combining character does not hide a slash or a bracket")
    func combiningCharacters() throws {
        #expect(throws: RoutePatternError.self) { try RoutePattern("/[a]\u{301}") }
        #expect(try RoutePattern("/a/\u{301}b") == RoutePattern("/a/%CC%81b"))
    }

    @Test("A pattern has at most 128 segments and 16 parameters")
    func limits() throws {
        let segments = String(repeating: "/a", count: 128)
        #expect(throws: Never.self) { try RoutePattern(segments) }
        let longer = #expect(throws: RoutePatternError.self) { try RoutePattern(segments + "/a") }
        #expect(longer?.description.hasSuffix("must not have more than 128 segments") == true)

        let parameters = (0..<16).map { "/[p\($0)]" }.joined()
        #expect(throws: Never.self) { try RoutePattern(parameters) }
        let more = #expect(throws: RoutePatternError.self) { try RoutePattern(parameters + "/[q]") }
        #expect(more?.description.hasSuffix("must not have more than 16 parameters") == true)
    }
}

private func whole(_ segment: String) -> String {
    "has brackets inside \"\(segment)\": a parameter takes a whole segment, a bracket in a name is %5B or %5D"
}
