// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetTestSupport
internal import WhippetURL

/// The URL Standard's own test data, of which every case must pass.
@Suite(.enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
struct StandardsDataTests {
    private static let getters: [(name: String, get: @Sendable (URL) -> String)] = [
        ("href", { $0.href }), ("origin", { $0.origin }), ("protocol", { $0.protocol }), ("username", { $0.username }),
        ("password", { $0.password }), ("host", { $0.host }), ("hostname", { $0.hostname }), ("port", { $0.port }),
        ("pathname", { $0.pathname }), ("search", { $0.search }), ("hash", { $0.hash }),
        ("searchParams", { "\($0.searchParams)" }),
    ]

    private static func differences(_ url: URL, _ expected: StandardsData.Node) -> [String] {
        getters.compactMap { getter in
            guard let value = expected[getter.name].string, getter.get(url) != value else { return nil }
            return "\(getter.name) is \(getter.get(url)), not \(value)"
        }
    }

    @Test("urltestdata: each input parses to the expected components or fails")
    func parsing() throws {
        let cases =
            try StandardsData.cases("ada/urltestdata.json")
            + StandardsData.cases("ada/urltestdata-javascript-only.json")
        var failures: [String] = []
        for test in cases {
            let input = test["input"].string ?? ""
            let url = test["base"].string.map { URL.parse(input, base: $0) } ?? URL.parse(input)
            if let url {
                let found = test["failure"].isTrue ? ["parses to \(url)"] : Self.differences(url, test)
                failures += found.map { "\(input.debugDescription) (\(test["base"].string ?? "no base")): \($0)" }
                if URL.parse(url.href)?.href != url.href {
                    failures.append("\(input.debugDescription): \(url) changes when parsed again")
                }
            } else if !test["failure"].isTrue {
                failures.append("\(input.debugDescription) (\(test["base"].string ?? "no base")) fails")
            }
        }
        #expect(cases.count == 891 + 1)
        #expect(failures == [])
    }

    @Test("setters_tests: each setter changes the URL as expected")
    func setters() throws {
        let setters: [String: (inout URL, String) throws -> Void] = [
            "href": { try $0.setHref($1) }, "protocol": { $0.protocol = $1 }, "username": { $0.username = $1 },
            "password": { $0.password = $1 }, "host": { $0.host = $1 }, "hostname": { $0.hostname = $1 },
            "port": { $0.port = $1 }, "pathname": { $0.pathname = $1 }, "search": { $0.search = $1 },
            "hash": { $0.hash = $1 },
        ]
        var count = 0
        var failures: [String] = []
        for (name, tests) in try StandardsData.read("ada/setters_tests.json").members where name != "comment" {
            let set = try #require(setters[name])
            for test in tests.elements {
                count += 1
                var url = try URL(try #require(test["href"].string))
                let value = try #require(test["new_value"].string)
                try? set(&url, value)
                failures += Self.differences(url, test["expected"]).map {
                    "\(test["href"].string ?? "").\(name) = \(value): \($0)"
                }
                if URL.parse(url.href)?.href != url.href { failures.append("\(url) changes when parsed again") }
            }
        }
        #expect(count == 278)
        #expect(failures == [])
    }

    @Test("percent-encoding: queries are encoded as UTF-8")
    func percentEncoding() throws {
        let cases = try StandardsData.cases("ada/percent-encoding.json")
        var failures: [String] = []
        for test in cases {
            let url = try URL("https://example.com/?\(try #require(test["input"].string))")
            if url.search != "?\(test["output"]["utf-8"].string ?? "")" { failures.append(url.search) }
        }
        #expect(cases.count == 7)
        #expect(failures == [])
    }
}
