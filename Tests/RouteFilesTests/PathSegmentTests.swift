// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// The meaning of folder names.
struct PathSegmentTests {
    static let folders: [(folder: String, segment: PathSegment)] = [
        ("items", .literal(Array("items".utf8))),
        ("route.json", .literal(Array("route.json".utf8))),
        (".well-known", .literal(Array(".well-known".utf8))),
        ("caf%C3%A9", .literal(Array("café".utf8))),
        ("%5Fa", .literal(Array("_a".utf8))),
        ("a(b)", .literal(Array("a(b)".utf8))),
        ("a@b", .literal(Array("a@b".utf8))),
        ("[slug]", .parameter("slug")),
        ("[...slug]", .catchAll("slug")),
        ("[[...slug]]", .optionalCatchAll("slug")),
        ("(shop)", .hidden),
        ("@modal", .hidden),
    ]

    @Test("A folder's name is a part of the path, a parameter or nothing", arguments: folders)
    func meaning(folder: String, segment: PathSegment) throws {
        #expect(try PathSegment(folder: folder) == segment)
    }

    static let badFolders: [(folder: String, message: String)] = [
        ("(.)photo", "intercepts a route of pages"),
        ("(..)photo", "intercepts a route of pages"),
        ("(..)(..)photo", "intercepts a route of pages"),
        ("(...)photo", "intercepts a route of pages"),
        ("(.)", "intercepts a route of pages"),
        ("(shop", "has no closing )"),
        ("()", "the group \"()\" has no name"),
        ("@", "the slot \"@\" has no name"),
        ("[slug", "\"[slug\" has unbalanced brackets"),
        ("slug]", "\"slug]\" has unbalanced brackets"),
        ("a[slug]", "has brackets inside: a parameter takes a whole folder name"),
        ("[a][b]", "has brackets inside its brackets"),
        ("[[slug]]", "is an optional parameter: only a catch-all can be optional"),
        ("[]", "the parameter \"[]\" has no name"),
        ("[...]", "the parameter \"[...]\" has no name"),
        ("[..foo]", "has a name that starts with dots"),
        ("[....foo]", "has a name that starts with dots"),
        ("[…three]", "has the character …: write three dots"),
        ("a%2", "\"a%2\" has a bad percent escape"),
        ("a%zz", "\"a%zz\" has a bad percent escape"),
        ("a%00", "holds a control character"),
        ("a?b", "holds a ?, # or \\"),
    ]

    @Test("PR-13: a folder's name that can't be meant, such as one that intercepts, is refused", arguments: badFolders)
    func refused(folder: String, message: String) {
        let complaints = Folder.complaints("func GET() {}", path: "\(folder)/route.swift")
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix("\(folder)/route.swift:1:1: error: ") == true)
        #expect(complaints.first?.contains(message) == true, "\(complaints)")
    }
}
