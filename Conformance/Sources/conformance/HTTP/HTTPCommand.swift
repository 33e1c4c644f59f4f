// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON
@_spi(Conformance) import WhippetTesting

/// Asks a running host what the tables of `Behaviours` say, and prints a verdict for each row.
struct HTTPCommand {
    private let client: TestClient
    private let url: String
    private let tables: [String]
    private let filter: String?
    private let report: String?

    init(_ options: CommandLineOptions) throws {
        guard let url = options["url"] else { throw BindingError("http needs --url, such as http://127.0.0.1:3000") }
        self.url = url
        client = try TestClient(url)
        tables = options["table"]?.split(separator: "\n").map(String.init) ?? Self.common
        filter = options["filter"]
        report = options["json"]
    }

    /// The tables whose routes one host can have at the same time.
    static let common = ["methods", "params", "request", "response", "cookies", "navigation", "streaming"]

    /// Returns the exit status.
    func run() async throws -> Int32 {
        var results: [Result] = []
        for table in tables {
            for behaviour in try Self.load(table) where filter.map({ behaviour.id.contains($0) }) ?? true {
                let result = Result(table: table, id: behaviour.id, problems: await problems(behaviour))
                result.show()
                results.append(result)
            }
        }
        guard !results.isEmpty else {
            throw BindingError("no row of \(tables.joined(separator: ", ")) has such a name")
        }
        let failed = results.count { !$0.problems.isEmpty }
        print("\(results.count - failed) of \(results.count) rows as expected at \(url)")
        if let report {
            let rows = results.map(\.json)
            let whole: JSON = [
                "url": JSON(url), "rows": JSON(results.count), "failed": JSON(failed), "results": JSON(rows),
            ]
            try Data(try JSON.encode(whole)).write(to: URL(fileURLWithPath: report))
        }
        return failed == 0 ? 0 : 1
    }

    /// What is wrong with the answer, no answer at all included.
    private func problems(_ behaviour: Behaviour) async -> [String] {
        do {
            let problems = try await behaviour.ask(client)
            // What the tables know to be otherwise for now is expected to be.
            guard let pending = behaviour.pending else { return problems }
            return problems.isEmpty ? ["is as it should be, but the table says: \(pending)"] : []
        } catch {
            return ["\(error)"]
        }
    }

    private static func load(_ table: String) throws -> [Behaviour] {
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../../Behaviours/\(table).json").standardizedFileURL
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw BindingError("there is no table \"\(table)\": \(file.path) is not there")
        }
        return try JSON.parse(Array(data))["cases"].arrayValue.map { try $0.map { try Behaviour($0) } } ?? []
    }

    /// The verdict on a row.
    private struct Result {
        var table: String
        var id: String
        var problems: [String]

        func show() {
            print("\(problems.isEmpty ? "pass" : "FAIL")  \(table)  \(id)")
            for problem in problems { print("      \(problem)") }
        }

        var json: JSON {
            [
                "table": JSON(table), "id": JSON(id), "pass": JSON(problems.isEmpty),
                "problems": JSON(problems.map { JSON($0) }),
            ]
        }
    }
}
