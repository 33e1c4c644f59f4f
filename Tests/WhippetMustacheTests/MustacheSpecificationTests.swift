// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetJSON
import WhippetMustache
import WhippetTestSupport

/// The required modules of the Mustache specification, from its own data.
struct MustacheSpecificationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let module: String
        let name: String
        let template: String
        let data: JSON
        let partials: [String: String]
        let expected: String

        var testDescription: String { "\(module): \(name)" }
    }

    static let counts = [
        "comments": 12, "delimiters": 14, "interpolation": 42, "inverted": 22, "partials": 12, "sections": 34,
    ]

    static func load(_ module: String) throws -> [Case] {
        let file = try StandardsData.json("mustache/\(module).json", as: [String: Any].self)
        let tests = file["tests"] as? [[String: Any]] ?? []
        return try tests.map { test in
            Case(
                module: module, name: test["name"] as? String ?? "", template: test["template"] as? String ?? "",
                data: try JSON.parse(StandardsData.bytes(of: test["data"] ?? "")),
                partials: test["partials"] as? [String: String] ?? [:], expected: test["expected"] as? String ?? "")
        }
    }

    static let cases: [Case] = StandardsData.isAvailable ? (try? counts.keys.sorted().flatMap(load)) ?? [] : []

    @Test(
        "The data has the cases that are expected", .enabled(if: StandardsData.isAvailable, "\(StandardsData.reason)"))
    func count() throws {
        for (module, count) in Self.counts {
            #expect(try Self.load(module).count == count)
        }
        #expect(Self.cases.count == 136)
    }

    @Test("Templates render as specified", arguments: cases)
    func renders(_ test: Case) throws {
        let template = try MustacheTemplate(test.template)
        #expect(
            try template.render(test.data, partials: test.partials.mapValues { try MustacheTemplate($0) })
                == test.expected)
    }
}
