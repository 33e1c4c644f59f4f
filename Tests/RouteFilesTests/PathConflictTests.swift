// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// Which files can't stand together; the identifiers are those of Next's own cases.
struct PathConflictTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var paths: [String]
        var complaint: String?
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "O-conflict-1", paths: ["blog/[id]", "blog/[slug]"],
            complaint: "have different names for one position, \"id\" and \"slug\""),
        Case(
            name: "O-conflict-3", paths: ["[...one]/foo"], complaint: "a catch-all must be the last segment of its path"
        ),
        Case(
            name: "O-conflict-4", paths: ["[...one]/[id]"],
            complaint: "a catch-all must be the last segment of its path"),
        Case(
            name: "O-conflict-6", paths: ["", "[[...all]]"],
            complaint: "both answer the path before the optional catch-all"),
        Case(
            name: "O-conflict-6, in the other order", paths: ["(a)/[[...all]]", "(b)"],
            complaint: "both answer the path before the optional catch-all"),
        Case(
            name: "O-conflict-8", paths: ["[[...all]]", "[...all]"],
            complaint: "are a required and an optional catch-all at one level"),
        Case(
            name: "O-resolve-7", paths: ["(a)/x", "(b)/x"],
            complaint: "conflict: app/(b)/x/route.swift and app/(a)/x/route.swift answer the same path"),
        Case(name: "a slot and a folder", paths: ["@modal/x", "x"], complaint: "answer the same path"),
        Case(name: "two spellings", paths: ["%5Fa", "(b)/%5fa"], complaint: "answer the same path"),
        Case(name: "two catch-alls", paths: ["(a)/[...x]", "(b)/[...x]"], complaint: "answer the same path"),
        Case(name: "a name twice", paths: ["[id]/a/[id]"], complaint: "the path has two parameters named \"id\""),
        Case(
            name: "names that differ by symbols", paths: ["[user-id]/[userid]"],
            complaint: "the path has the parameters \"user-id\" and \"userid\", which differ by symbols only"),
        Case(
            name: "too deep", paths: [Array(repeating: "a", count: 65).joined(separator: "/")],
            complaint: "the path has more than 64 segments"),
        Case(name: "static beside dynamic", paths: ["a/b", "a/[id]", "a/[id]/c", "a/[id]/[...rest]"], complaint: nil),
        Case(name: "one name below another", paths: ["[id]/a", "[id]/b", "x/[slug]"], complaint: nil),
        Case(name: "upper and lower case", paths: ["a/B", "a/b"], complaint: nil),
        Case(name: "a private folder", paths: ["_a/b", "b", "c/_d"], complaint: nil),
    ]

    @Test("Routes that no path could tell apart are refused, all others are not", arguments: cases)
    func routes(_ conflict: Case) {
        var files: [String: String?] = [:]
        for path in conflict.paths { files[path.isEmpty ? "route.swift" : "\(path)/route.swift"] = "func GET() {}" }
        let complaints = Folder.build(files).diagnostics.map(\.description)
        guard let expected = conflict.complaint else {
            #expect(complaints.isEmpty)
            return
        }
        #expect(complaints.count == 1)
        #expect(complaints.first?.contains(expected) == true, "\(complaints)")
    }

    static let pages: [(paths: [String], complaint: String?)] = [
        (
            ["page.js", "route.swift"],
            "route.swift:1:1: error: conflict: app/route.swift and app/page.js "
                + "are a page and a route of one path: each takes all methods of it"
        ),
        (
            ["(ui)/a/page.tsx", "a/route.swift"],
            "a/route.swift:1:1: error: conflict: app/a/route.swift and app/(ui)/a/page.tsx "
                + "are a page and a route of one path: each takes all methods of it"
        ),
        (["page.js", "api/route.swift"], nil),
        (["[user]/page.js", "api/route.swift"], nil),
        (["(api)/search/places/route.swift", "(pages)/search/results/page.tsx"], nil),
        (["@modal/a/page.tsx", "a/page.tsx", "a/[id]/page.js"], nil),
        (["@modal/a/page.tsx", "a/route.swift"], nil),
        (["a/(.)b/page.tsx", "a/route.swift"], nil),
        (["page.module.css", "route.swift"], nil),
    ]

    @Test("RT-05, RT-14 to RT-17: a page and a route can't share a path, whatever methods either has", arguments: pages)
    func pagesBesideRoutes(paths: [String], complaint: String?) {
        var files: [String: String?] = [:]
        for path in paths { files[path] = path.hasSuffix("route.swift") ? "func GET() {}" : .some(nil) }
        #expect(Folder.build(files).diagnostics.map(\.description) == (complaint.map { [$0] } ?? []))
    }
}
