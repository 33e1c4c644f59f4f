// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetRouting

/// What a table says about one path.
struct MatchCase: CustomTestStringConvertible, Sendable {
    var id = ""
    var patterns: [String]
    var path: String
    /// The pattern that is expected to match, nil for none.
    var match: String?
    var captures: [String] = []

    var testDescription: String { "\(id) \(path) → \(match ?? "nothing") \(captures)" }

    static func each(
        _ id: String, _ patterns: [String], _ expectations: [(String, String?, [String])]
    ) -> [MatchCase] {
        expectations.map { MatchCase(id: id, patterns: patterns, path: $0.0, match: $0.1, captures: $0.2) }
    }
}

@Suite struct RouteTableTests {
    @Test("A path finds its route and what the parameters captured", arguments: matches)
    func matching(row: MatchCase) throws {
        try check(row)
    }

    @Test("The most specific route of each level wins, and a branch that leads nowhere is left", arguments: contests)
    func priority(row: MatchCase) throws {
        try check(row)
        try check(
            MatchCase(
                id: row.id, patterns: row.patterns.reversed(), path: row.path, match: row.match, captures: row.captures)
        )
    }

    @Test(
        "A path that is not canonical matches nothing",
        arguments: ["", "a", "*", "//", "/a/", "//a", "/a//b", "a/b", "/a/b/", "/x//", "/x/a//b"]
    )
    func notCanonical(path: String) throws {
        let table = try RouteTable(["/", "/a", "/a/[b]", "/[x]", "/x/[...rest]"].map { try RoutePattern($0) })
        #expect(table.find(path) == nil)
    }

    @Test("A path of 128 segments can match, one of 129 can't")
    func segmentCount() throws {
        let table = try RouteTable([RoutePattern("/[...rest]")])
        let path = String(repeating: "/a", count: 128)
        #expect(table.find(path)?.captures == [String(path.dropFirst())])
        #expect(table.find(path + "/a") == nil)
    }

    @Test("A path of 65,535 bytes can match, a longer one can't")
    func pathLength() throws {
        let table = try RouteTable([RoutePattern("/[slug]")])
        let path = "/" + String(repeating: "a", count: 65_534)
        #expect(table.find(path)?.captures == [String(path.dropFirst())])
        #expect(table.find(path + "a") == nil)
    }

    @Test("Sixteen parameters are captured")
    func manyCaptures() throws {
        let table = try RouteTable([RoutePattern((0..<16).map { "/[p\($0)]" }.joined())])
        let values = (0..<16).map { "value\($0 * $0)" }
        #expect(table.find("/" + values.joined(separator: "/"))?.captures == values)
    }

    @Test("Asking for a capture that is not there stops the program")
    func captureOutOfRange() async {
        await #expect(processExitsWith: .failure) {
            let match = try RouteTable([RoutePattern("/[slug]")]).match("/a")
            _ = match?.captures[1]
        }
    }

    @Test("An empty table matches nothing")
    func empty() throws {
        let table = try RouteTable([])
        #expect(table.find("/") == nil)
        #expect(table.find("/a/b") == nil)
    }

    @Test("Ten thousand routes are told apart")
    func manyRoutes() throws {
        var notations: [String] = []
        for index in 0..<2500 {
            notations.append("/r\(index)")
            notations.append("/r\(index)/[id]")
            notations.append("/api/group\(index % 50)/r\(index)/list")
            notations.append("/api/group\(index % 50)/r\(index)/[id]/[...rest]")
        }
        let table = try RouteTable(notations.map { try RoutePattern($0) })
        for index in stride(from: 0, to: 2500, by: 7) {
            let group = "/api/group\(index % 50)/r\(index)"
            #expect(table.match("/r\(index)")?.route == index * 4)
            #expect(table.match("/r\(index)/x")?.route == index * 4 + 1)
            #expect(table.match(group + "/list")?.route == index * 4 + 2)
            #expect(table.match(group + "/a/b/c")?.route == index * 4 + 3)
            #expect(table.match(group) == nil)
            #expect(table.match("/r\(index + 2500)") == nil)
        }
    }

    @Test("Literals of every length are told apart from their neighbours", arguments: 1...40)
    func literalLengths(length: Int) throws {
        // The same letters but one, at each place: whole paths, and segments before a parameter.
        let base = String(repeating: "a", count: length)
        let names = [base] + (0..<length).map { String(base.prefix($0)) + "b" + base.dropFirst($0 + 1) }
        let table = try RouteTable((names + names.map { $0 + "/[id]" }).map { try RoutePattern("/" + $0) })
        for (index, name) in names.enumerated() {
            #expect(table.match("/" + name)?.route == index)
            #expect(table.match("/\(name)/1")?.route == index + names.count)
            #expect(table.match("/\(name.dropLast())c/1") == nil)
        }
    }

    private func check(_ row: MatchCase) throws {
        let table = try RouteTable(row.patterns.map { try RoutePattern($0) })
        let found = table.find(row.path)
        #expect(found?.pattern == row.match)
        #expect(found?.captures ?? [] == row.captures)
    }
}

private let matches: [MatchCase] = [
    MatchCase.each(
        "RT-04", ["/", "/a", "/a/b/c"],
        [
            ("/", "/", []), ("/a", "/a", []), ("/a/b/c", "/a/b/c", []), ("/a/b", nil, []), ("/b", nil, []),
            ("/A", nil, []), ("/a/b/c/d", nil, []),
        ]),
    MatchCase.each(
        "RT-16", ["/[user]", "/api"], [("/api", "/api", []), ("/ada", "/[user]", ["ada"]), ("/", nil, [])]),
    MatchCase.each(
        "RT-26..29", ["/items/[slug]"],
        [
            ("/items/a", "/items/[slug]", ["a"]), ("/items/b", "/items/[slug]", ["b"]),
            ("/items/c", "/items/[slug]", ["c"]), ("/items", nil, []), ("/items/a/b", nil, []),
        ]),
    MatchCase.each(
        "DS-02..05", ["/blog/[slug]"],
        [
            ("/blog/a", "/blog/[slug]", ["a"]), ("/blog/b", "/blog/[slug]", ["b"]), ("/blog/c", "/blog/[slug]", ["c"]),
        ]),
    MatchCase.each(
        "DS-08..11", ["/shop/[...slug]"],
        [
            ("/shop/a", "/shop/[...slug]", ["a"]), ("/shop/a/b", "/shop/[...slug]", ["a/b"]),
            ("/shop/a/b/c", "/shop/[...slug]", ["a/b/c"]),
            ("/shop/clothes/tops/t-shirts", "/shop/[...slug]", ["clothes/tops/t-shirts"]), ("/shop", nil, []),
            ("/shopping", nil, []),
        ]),
    MatchCase.each(
        "DS-12..16", ["/shop/[[...slug]]"],
        [
            ("/shop", "/shop/[[...slug]]", []), ("/shop/a", "/shop/[[...slug]]", ["a"]),
            ("/shop/a/b", "/shop/[[...slug]]", ["a/b"]), ("/shop/a/b/c", "/shop/[[...slug]]", ["a/b/c"]),
            ("/", nil, []),
        ]),
    MatchCase.each(
        "DS-20", ["/[categoryId]/[itemId]"],
        [
            ("/shoes/7", "/[categoryId]/[itemId]", ["shoes", "7"]), ("/shoes", nil, []),
        ]),
    MatchCase.each(
        "AR-30", ["/post/create", "/post/[pid]", "/post/[...slug]"],
        [
            ("/post/create", "/post/create", []), ("/post/1", "/post/[pid]", ["1"]),
            ("/post/abc", "/post/[pid]", ["abc"]), ("/post/1/2", "/post/[...slug]", ["1/2"]),
            ("/post/a/b/c", "/post/[...slug]", ["a/b/c"]), ("/post", nil, []),
        ]),
    MatchCase.each(
        "root", ["/[[...all]]"],
        [
            ("/", "/[[...all]]", []), ("/a", "/[[...all]]", ["a"]), ("/a/b", "/[[...all]]", ["a/b"]),
        ]),
    MatchCase.each(
        "mixed", ["/a/[x]/b/[y]/[[...z]]"],
        [
            ("/a/1/b/2", "/a/[x]/b/[y]/[[...z]]", ["1", "2"]),
            ("/a/1/b/2/3/4", "/a/[x]/b/[y]/[[...z]]", ["1", "2", "3/4"]), ("/a/1/b", nil, []),
        ]),
    MatchCase.each(
        "escaped", ["/café", "/a%2Fb", "/p/[slug]", "/file.json", "/%5Bx%5D"],
        [
            ("/caf%C3%A9", "/café", []), ("/a%2Fb", "/a%2Fb", []), ("/a/b", nil, []),
            ("/p/a%2Fb", "/p/[slug]", ["a%2Fb"]), ("/p/100%25", "/p/[slug]", ["100%25"]),
            ("/file.json", "/file.json", []), ("/%5Bx%5D", "/%5Bx%5D", []),
        ]),
    MatchCase.each(
        "eight", ["/1234567/[x]", "/12345678/[x]", "/123456789/[x]"],
        [
            ("/1234567/8", "/1234567/[x]", ["8"]), ("/12345678/1234567", "/12345678/[x]", ["1234567"]),
            ("/123456789/12345678", "/123456789/[x]", ["12345678"]), ("/12345/678", nil, []),
        ]),
].flatMap { $0 }

private let contests: [MatchCase] = [
    MatchCase.each(
        "levels", ["/a/b", "/a/[x]", "/a/[...x]"],
        [
            ("/a/b", "/a/b", []), ("/a/c", "/a/[x]", ["c"]), ("/a/b/c", "/a/[...x]", ["b/c"]),
        ]),
    MatchCase.each(
        "optional last", ["/p/[id]/edit", "/p/[[...slug]]"],
        [
            ("/p/5/edit", "/p/[id]/edit", ["5"]), ("/p/5", "/p/[[...slug]]", ["5"]), ("/p", "/p/[[...slug]]", []),
            ("/p/5/edit/x", "/p/[[...slug]]", ["5/edit/x"]),
        ]),
    MatchCase.each(
        "literal branch leads nowhere", ["/a/b/c", "/[x]/b/d"],
        [
            ("/a/b/c", "/a/b/c", []), ("/a/b/d", "/[x]/b/d", ["a"]), ("/a/b/e", nil, []),
        ]),
    MatchCase.each(
        "dynamic literal branch leads nowhere", ["/a/[y]/c", "/[x]/b/d", "/[x]/[z]/[w]"],
        [
            ("/a/b/c", "/a/[y]/c", ["b"]), ("/a/b/d", "/[x]/b/d", ["a"]), ("/a/b/e", "/[x]/[z]/[w]", ["a", "b", "e"]),
            ("/q/b/d", "/[x]/b/d", ["q"]), ("/a/b", nil, []),
        ]),
    MatchCase.each(
        "deep literal before shallow parameter", ["/a/[...rest]", "/[x]/b"],
        [
            ("/a/b", "/a/[...rest]", ["b"]), ("/c/b", "/[x]/b", ["c"]),
        ]),
    MatchCase.each(
        "parameter before catch-all", ["/[x]/z", "/[...rest]"],
        [
            ("/a/z", "/[x]/z", ["a"]), ("/a/y", "/[...rest]", ["a/y"]), ("/a", "/[...rest]", ["a"]),
        ]),
    MatchCase.each(
        "catch-all of the nearest level", ["/a/[[...near]]", "/[...far]"],
        [
            ("/a", "/a/[[...near]]", []), ("/a/b", "/a/[[...near]]", ["b"]), ("/b/a", "/[...far]", ["b/a"]),
        ]),
    MatchCase.each(
        "back through three levels", ["/a/b/[c]/x", "/a/[b]/c/y", "/[a]/b/c/z", "/[...all]"],
        [
            ("/a/b/c/x", "/a/b/[c]/x", ["c"]), ("/a/b/c/y", "/a/[b]/c/y", ["b"]), ("/a/b/c/z", "/[a]/b/c/z", ["a"]),
            ("/a/b/c/w", "/[...all]", ["a/b/c/w"]), ("/a/b/c", "/[...all]", ["a/b/c"]),
        ]),
    MatchCase.each(
        "optional catch-all at the end of another branch", ["/[x]/[[...rest]]", "/a/b"],
        [
            ("/a", "/[x]/[[...rest]]", ["a"]), ("/a/b", "/a/b", []), ("/a/c", "/[x]/[[...rest]]", ["a", "c"]),
        ]),
].flatMap { $0 }
