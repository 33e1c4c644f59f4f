// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// Rules that can't be used are errors at start that name their place.
struct RuleErrorTests {
    struct Case: CustomTestStringConvertible {
        var complaint: String
        var change: @Sendable (inout AppConfiguration) -> Void
        var testDescription: String { complaint }

        init(_ complaint: String, _ change: @escaping @Sendable (inout AppConfiguration) -> Void) {
            self.complaint = complaint
            self.change = change
        }

        static func redirect(_ source: String, _ destination: String, _ complaint: String) -> Case {
            Case(complaint) { $0.redirects = [RedirectRule(source, to: destination, permanent: true)] }
        }
    }

    static let cases: [Case] = [
        .redirect("/a/:b(\\d+)", "/", "\"(\" in \":b(\\d+)\""),
        .redirect("/a/:b?", "/", "\"?\" in \":b?\""),
        .redirect("/a/x-:b", "/", "\":\" in \"x-:b\""),
        .redirect("/a/*", "/", "\"*\" in \"*\""),
        .redirect("a", "/", "must start with a slash"),
        .redirect("/a/", "/", "must not end with a slash"),
        .redirect("/:a*/b", "/", "catch-all"),
        .redirect("/a", "//evil.example", "neither a path nor an absolute URL"),
        .redirect("/a", "/\\evil.example", "neither a path nor an absolute URL"),
        .redirect("/a", "javascript:alert(1)", "neither a path nor an absolute URL"),
        .redirect("/a", "https://", "names no host"),
        .redirect("/a", "https://user@evil.example", "names no host"),
        .redirect("/a/:b", "/:c", "\":c\" is found by neither the source nor a condition"),
        .redirect("/a", "/a", "it leads in a circle"),
        .redirect("/:path*", "/x/:path*", "it leads in a circle"),
        .redirect("/:lang/about", "/en/about", "it leads in a circle"),
        Case("it leads in a circle, by way of") {
            $0.redirects = [
                RedirectRule("/a", to: "/b", permanent: true), RedirectRule("/b", to: "/a?x=1", permanent: true),
            ]
        },
        Case("404 is no status of a redirect") { $0.redirects = [RedirectRule("/a", to: "/b", status: 404)] },
        Case("applies to the same paths") {
            $0.redirects = [
                RedirectRule("/a", to: "/b", permanent: true), RedirectRule("/%61", to: "/c", permanent: true),
            ]
        },
        Case("has and missing both name") {
            $0.redirects = [
                RedirectRule("/a", to: "/b", permanent: true, has: [.cookie("x")], missing: [.cookie("x")])
            ]
        },
        Case("regular expressions are not supported") {
            $0.redirects = [RedirectRule("/a", to: "/b", permanent: true, has: [.query("x", "[0-9]+")])]
        },
        Case("only (?<name>.*) and (?<name>.+) are supported") {
            $0.redirects = [RedirectRule("/a", to: "/b", permanent: true, has: [.query("x", "(?<n>\\d)")])]
        },
        Case("it sets no header") { $0.headers = [HeaderRule("/a", [:])] },
        Case("is not a valid header name") { $0.headers = [HeaderRule("/a", ["x y": "1"])] },
        Case("other servers are not asked") { $0.rewrites = [RewriteRule("/a", to: "https://example.org/")] },
        Case("basePath: \"docs\" is not a path") { $0.basePath = "docs" },
    ]

    @Test("A rule that can't be used is an error at start", arguments: cases)
    func errors(_ one: Case) throws {
        var configuration = AppConfiguration()
        one.change(&configuration)
        let app = App(configuration, log: { _ in })
        let error = #expect(throws: RouteError.self) { try app.table() }
        let message = error?.message ?? ""
        #expect(message.contains(one.complaint), "\(message)")
        if !one.complaint.contains("basePath") { #expect(message.contains("RuleErrorTests.swift:"), "\(message)") }
    }
}
