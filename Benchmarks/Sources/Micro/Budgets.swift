// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import WhippetJSON

/// The allocations that each operation may make: `budgets.json`, beside `Package.swift`.
struct Budgets {
    private static let file = Foundation.URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("budgets.json")

    private let allocations: [String: Double]

    init() throws {
        allocations = try JSON.decode([String: Double].self, from: Array(Data(contentsOf: Self.file)))
    }

    /// What is wrong with these counts, a sentence each.
    ///
    /// A tenth of an allocation is let pass: a buffer that grows now and then is shared by many operations.
    func complaints(about counts: [(name: String, allocations: Double)], isComplete: Bool) -> [String] {
        var complaints: [String] = []
        for count in counts {
            guard let budget = allocations[count.name] else {
                complaints.append("\(count.name): no budget, \(count.allocations) allocations")
                continue
            }
            if count.allocations > budget + 0.1 {
                complaints.append("\(count.name): \(count.allocations) allocations, the budget is \(budget)")
            }
        }
        guard isComplete else { return complaints }
        let names = Set(counts.map(\.name))
        return complaints + allocations.keys.filter { !names.contains($0) }.sorted().map { "\($0): no such benchmark" }
    }

    /// Makes these counts the budgets.
    static func write(_ counts: [(name: String, allocations: Double)]) throws {
        let budgets = JSON(JSON.Object(counts.map { ($0.name, JSON($0.allocations)) }))
        let options = JSON.EncodingOptions(pretty: true, sortedKeys: true)
        try Data(JSON.encode(budgets, options: options) + [0x0A]).write(to: file)
    }
}
