// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Testing
import Whippet

/// Which routes can't stand together; the identifiers are those of Next.js's own cases.
struct RouteSetTests {
    struct Case: CustomTestStringConvertible {
        var id: String
        var paths: [String]
        var complaint: String?
        var testDescription: String { id }
    }

    static let cases: [Case] = [
        Case(id: "O-conflict-1", paths: ["/blog/[id]", "/blog/[slug]"], complaint: "slug"),
        Case(id: "O-conflict-2", paths: ["/blog/[id]/a", "/blog/[slug]/b"], complaint: "slug"),
        Case(id: "O-conflict-3", paths: ["/[...one]/foo"], complaint: "catch-all"),
        Case(id: "O-conflict-4", paths: ["/[...one]/[id]"], complaint: "catch-all"),
        Case(id: "O-conflict-5", paths: ["/[...a]/[...b]"], complaint: "catch-all"),
        Case(id: "O-conflict-6", paths: ["/", "/[[...all]]"], complaint: "optional"),
        Case(id: "O-conflict-7", paths: ["/x", "/x/[[...all]]"], complaint: "optional"),
        Case(id: "O-conflict-8", paths: ["/[[...all]]", "/[...all]"], complaint: "optional"),
        Case(id: "O-conflict-9", paths: ["/[[id]]"], complaint: "only a catch-all can be optional"),
        Case(id: "O-conflict-11", paths: ["/a/[..foo]"], complaint: "starts with dots"),
        Case(id: "O-conflict-13", paths: ["/[…three]"], complaint: "write three dots"),
        Case(id: "a name twice", paths: ["/[id]/a/[id]"], complaint: "two parameters named"),
        Case(id: "the same path twice", paths: ["/a", "/%61"], complaint: "/%61"),
        Case(id: "O-resolve-3", paths: ["/[user]", "/api"], complaint: nil),
        Case(id: "O-resolve-6", paths: ["/search/places", "/search/results"], complaint: nil),
        Case(id: "every kind at one level", paths: ["/a/b", "/a/[id]", "/a/[...rest]"], complaint: nil),
        Case(id: "upper and lower case", paths: ["/a/B", "/a/b"], complaint: nil),
    ]

    @Test("Routes that no path could tell apart are an error at start that says why", arguments: cases)
    func conflict(_ set: Case) throws {
        let app = Fixture.app()
        for path in set.paths { app.route(path, GET: { _, _ in Response() }) }
        guard let complaint = set.complaint else {
            let paths = try app.table().map(\.path)
            #expect(paths == set.paths)
            return
        }
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains(complaint) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(set.paths.last ?? "") == true, "\(error?.message ?? "")")
    }

    static let folders: [(id: String, folder: String, path: String)] = [
        ("O-path-5", "api/(x)/y", "/api/y"), ("O-path-7", "route.json", "/route.json"), ("RG-01", "(shop)/tea", "/tea"),
        ("PR-01", "@analytics/views", "/views"), ("RG-08", "(home)", "/"),
    ]

    @Test("PR-01, RG-01: groups and slots are not in the path", arguments: folders)
    func folder(id: String, folder: String, path: String) throws {
        let routes = Routes()
        routes.file(folder, source: "app/\(folder)/route.swift") { file in
            file.export(.GET, { () -> Response in Response() }, line: 1)
        }
        let paths = try Fixture.app(routes: routes).table().map(\.path)
        #expect(paths == [path])
    }
}
