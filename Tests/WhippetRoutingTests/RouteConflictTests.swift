// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetRouting

@Suite struct RouteConflictTests {
    @Test(
        "Two routes that no path can tell apart are refused with both names and the rule",
        arguments: [
            ("/a", "/a", "match the same paths"),
            ("/café", "/caf%C3%A9", "match the same paths"),
            ("/", "/", "match the same paths"),
            ("/a/[x]", "/a/[x]", "match the same paths"),
            ("/a/[...x]", "/a/[...x]", "match the same paths"),
            ("/a/[[...x]]", "/a/[[...x]]", "match the same paths"),
            // O-conflict-1
            ("/blog/[id]", "/blog/[slug]", "have different names for one position, \"id\" and \"slug\""),
            ("/blog/[id]/x", "/blog/[slug]/y", "have different names for one position, \"id\" and \"slug\""),
            ("/[...a]", "/[...b]", "have different names for one position, \"a\" and \"b\""),
            ("/[[...a]]", "/[[...b]]", "have different names for one position, \"a\" and \"b\""),
            // O-conflict-8
            ("/[[...all]]", "/[...all]", "have both a required and an optional catch-all at one level"),
            ("/x/[...a]", "/x/[[...b]]", "have both a required and an optional catch-all at one level"),
            // O-conflict-6
            ("/", "/[[...all]]", "both match the path before the optional catch-all"),
            ("/shop", "/shop/[[...slug]]", "both match the path before the optional catch-all"),
            ("/shop/[[...slug]]", "/shop", "both match the path before the optional catch-all"),
            ("/[x]", "/[x]/[[...slug]]", "both match the path before the optional catch-all"),
        ]
    )
    func conflicts(first: String, second: String, reason: String) throws {
        let patterns = try ["/other", first, "/other/[z]", second].map { try RoutePattern($0) }
        let error = #expect(throws: RouteConflict.self) { try RouteTable(patterns) }
        #expect(error?.message == "Routes \"\(first)\" and \"\(second)\" \(reason)")
        #expect(error?.first == patterns[1])
        #expect(error?.second == patterns[3])
    }

    @Test(
        "Routes that a path can tell apart stand side by side",
        arguments: [
            ["/a", "/a/[...x]"], ["/[x]", "/[...y]"], ["/[x]", "/[[...y]]"], ["/a/[x]", "/b/[y]"],
            ["/a", "/[x]/[[...y]]"], ["/[x]/a", "/[x]/b"], ["/a/[x]", "/[y]/[x]"], ["/a", "/A"], ["/a%2Fb", "/a/b"],
        ]
    )
    func noConflict(notations: [String]) throws {
        let patterns = try notations.map { try RoutePattern($0) }
        #expect(throws: Never.self) { try RouteTable(patterns) }
        #expect(throws: Never.self) { try RouteTable(patterns.reversed()) }
    }

    @Test("A conflict says where both routes are declared, as far as that is known")
    func places() throws {
        let patterns = try ["/a", "/a"].map { try RoutePattern($0) }
        let error = #expect(throws: RouteConflict.self) {
            try RouteTable(patterns, places: ["app/(one)/a/route.swift", "app/(two)/a/route.swift"])
        }
        #expect(
            error?.description
                == "Routes \"/a\" (app/(one)/a/route.swift) and \"/a\" (app/(two)/a/route.swift) match the same paths")
        let half = #expect(throws: RouteConflict.self) { try RouteTable(patterns, places: ["main.swift:3"]) }
        #expect(half?.message == "Routes \"/a\" (main.swift:3) and \"/a\" match the same paths")
    }
}
