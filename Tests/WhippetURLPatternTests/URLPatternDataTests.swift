// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport
internal import WhippetURL
internal import WhippetURLPattern

/// The standard's own cases, in the folder that the environment names.
@Suite(.enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
struct URLPatternDataTests {
    private static let components: [(name: String, pattern: @Sendable (URLPattern) -> String, result: Getter)] = [
        ("protocol", { $0.protocol }, { $0.protocol }), ("username", { $0.username }, { $0.username }),
        ("password", { $0.password }, { $0.password }), ("hostname", { $0.hostname }, { $0.hostname }),
        ("port", { $0.port }, { $0.port }), ("pathname", { $0.pathname }, { $0.pathname }),
        ("search", { $0.search }, { $0.search }), ("hash", { $0.hash }, { $0.hash }),
    ]

    private typealias Getter = @Sendable (URLPatternResult) -> URLPatternResult.Component

    @Test("Each pattern is made, normalised and matched as expected")
    func cases() throws {
        let cases = try StandardsData.json("ada/urlpatterntestdata.json", as: [[String: Any]].self)
        var failures: [String] = []
        for test in cases {
            for difference in try differences(test) {
                failures.append("\(test["pattern"] ?? "") \(test["inputs"] ?? ""): \(difference)")
            }
        }
        #expect(cases.count == 369)
        #expect(failures == [])
    }

    private func differences(_ test: [String: Any]) throws -> [String] {
        let arguments = test["pattern"] as? [Any] ?? []
        let isError = test["expected_obj"] as? String == "error"
        let pattern: URLPattern
        do {
            pattern = try make(arguments)
        } catch {
            return isError ? [] : ["throws \(error)"]
        }
        guard !isError else { return ["is made"] }
        var found: [String] = []
        for component in Self.components {
            let expected = try expectedPattern(component.name, test, arguments)
            let actual = component.pattern(pattern)
            if actual != expected { found.append("\(component.name) is \(actual), not \(expected)") }
        }
        let inputs = test["inputs"] as? [Any] ?? []
        let expectedMatch = test["expected_match"]
        do {
            let result = try exec(pattern, inputs)
            if expectedMatch as? String == "error" { return found + ["matching does not throw"] }
            guard let expected = expectedMatch as? [String: Any] else {
                return result == nil ? found : found + ["matches"]
            }
            guard let result else { return found + ["does not match"] }
            found += matchDifferences(result, expected, test)
        } catch {
            if expectedMatch as? String != "error" { found.append("matching throws") }
        }
        return found
    }

    private func matchDifferences(
        _ result: URLPatternResult, _ expected: [String: Any], _ test: [String: Any]
    ) -> [String] {
        let empty = test["exactly_empty_components"] as? [String] ?? []
        return Self.components.compactMap { component in
            let actual = component.result(result)
            var (input, groups) = ("", [String: String]())
            if let object = expected[component.name] as? [String: Any] {
                input = object["input"] as? String ?? ""
                groups = (object["groups"] as? [String: Any] ?? [:]).compactMapValues { $0 as? String }
            } else if !empty.contains(component.name) {
                groups = ["0": ""]
            }
            return actual.input == input && actual.groups == groups ? nil : "\(component.name) matches \(actual)"
        }
    }

    /// What the test suite's own runner expects of a component that the case does not name.
    private func expectedPattern(_ name: String, _ test: [String: Any], _ arguments: [Any]) throws -> String {
        if let expected = (test["expected_obj"] as? [String: Any])?[name] as? String { return expected }
        let first = arguments.first as? [String: Any]
        let base = first?["baseURL"] as? String ?? (arguments.count > 1 ? arguments[1] as? String : nil)
        let order = ["protocol", "hostname", "port", "pathname", "search", "hash"]
        if (test["exactly_empty_components"] as? [String])?.contains(name) == true { return "" }
        if let given = first?[name] as? String, !given.isEmpty { return given }
        if let place = order.firstIndex(of: name), let first, order[..<place].contains(where: { first[$0] != nil }) {
            return "*"
        }
        guard let base, name != "username", name != "password" else { return "*" }
        let url = try WhippetURL.URL(base)
        switch name {
        case "protocol": return String(url.protocol.dropLast())
        case "hostname": return url.hostname
        case "port": return url.port
        case "pathname": return url.pathname
        case "search": return String(url.search.dropFirst())
        default: return String(url.hash.dropFirst())
        }
    }

    private func make(_ arguments: [Any]) throws -> URLPattern {
        let baseURL = arguments.count > 1 ? arguments[1] as? String : nil
        let options = arguments.last as? [String: Any]
        let ignoreCase = options?["ignoreCase"] as? Bool ?? false
        return try URLPattern(input(arguments.first), baseURL: baseURL, ignoreCase: ignoreCase)
    }

    private func exec(_ pattern: URLPattern, _ inputs: [Any]) throws -> URLPatternResult? {
        try pattern.exec(input(inputs.first), baseURL: inputs.count > 1 ? inputs[1] as? String : nil)
    }

    private func input(_ value: Any?) -> URLPatternInput {
        if let text = value as? String { return .string(text) }
        let object = value as? [String: Any] ?? [:]
        func text(_ name: String) -> String? { object[name] as? String }
        return .components(
            URLPatternInit(
                protocol: text("protocol"), username: text("username"), password: text("password"),
                hostname: text("hostname"), port: text("port"), pathname: text("pathname"), search: text("search"),
                hash: text("hash"), baseURL: text("baseURL")))
    }
}
