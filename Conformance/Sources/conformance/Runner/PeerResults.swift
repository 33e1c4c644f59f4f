// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// What other runtimes made of the same files, in numbers: `Peers/results.json`.
struct PeerResults: Codable {
    /// One runtime.
    struct Runtime: Codable {
        let name: String
        /// The subtests in scope that pass, by area.
        var passed: [String: Int]
        /// The files all of whose subtests in scope pass, by area.
        var filesFullyPassing: [String: Int]
    }

    /// How many subtests of a file any of the runtimes has reported.
    struct FileCount: Codable {
        let raw: Int
        let inScope: Int
    }

    /// The day of the measurement.
    let date: String
    /// Where the tests come from.
    let tree: String
    /// Where newer data comes from.
    let data: String
    var runtimes: [Runtime]
    let subtests: [String: FileCount]

    /// The numbers that are kept with the package; nil if there are none.
    static func kept() throws -> PeerResults? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try JSON.decode(PeerResults.self, from: Array(data))
    }

    static var path: String { "\(Prelude.package)/Peers/results.json" }
}

extension PeerResults {
    /// Counts what `Peers/run.mjs` wrote: runtime → file → status and tests.
    init(counting json: JSON, scope: Scope, tree: Tree, date: String) {
        var names: [String: Set<String>] = [:]
        var runtimes: [Runtime] = []
        for (name, reports) in json.objectValue ?? [:] {
            var runtime = Runtime(name: name, passed: [:], filesFullyPassing: [:])
            for file in scope.files {
                let area = TestFile.area(of: file)
                var passed = 0
                var failed = 0
                let tests = reports[file]["tests"].arrayValue ?? []
                for test in tests {
                    let name = test[0].stringValue ?? ""
                    names[file, default: []].insert(name)
                    guard scope.contains(name, of: file) else { continue }
                    if test[1].boolValue != true { failed += 1 } else if !scope.uncounted.contains(file) { passed += 1 }
                }
                runtime.passed[area, default: 0] += passed
                runtime.filesFullyPassing[area, default: 0] += failed == 0 && !tests.isEmpty ? 1 : 0
            }
            runtimes.append(runtime)
        }
        self.init(
            date: date, tree: tree.origin, data: tree.dataOrigin,
            runtimes: runtimes,
            subtests: Dictionary(
                uniqueKeysWithValues: names.map { file, names in
                    (file, FileCount(raw: names.count, inScope: names.filter { scope.contains($0, of: file) }.count))
                }))
    }

    /// Writes the numbers, one runtime or file per line.
    func write() throws {
        var lines = ["{"]
        for (name, value) in [("date", date), ("tree", tree), ("data", data)] {
            lines.append("  \(JSON(name)): \(JSON(value)),")
        }
        lines.append("  \"runtimes\": [")
        lines.append(
            runtimes.map { runtime in
                "    {\"name\": \(JSON(runtime.name)),\n     \"passed\": \(Self.sorted(runtime.passed)),\n"
                    + "     \"filesFullyPassing\": \(Self.sorted(runtime.filesFullyPassing))}"
            }.joined(separator: ",\n"))
        lines.append("  ],")
        lines.append("  \"subtests\": {")
        lines.append(
            try subtests.sorted { $0.key < $1.key }.map { "    \(JSON($0.key)): \(try Self.line($0.value))" }
                .joined(separator: ",\n"))
        lines.append("  }")
        lines.append("}\n")
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: Self.path))
    }

    private static func sorted(_ counts: [String: Int]) -> String {
        "{" + counts.sorted { $0.key < $1.key }.map { "\(JSON($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
    }

    private static func line(_ value: some Encodable) throws -> String {
        String(decoding: try JSON.encode(value), as: UTF8.self)
    }
}
