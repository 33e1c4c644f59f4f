// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The instructions that a request of each kind may cost: `instructions.json`, beside `Package.swift`.
///
/// Other than times they hardly vary. One connection asks for one answer after another, so that each request pays for a
/// whole turn of the loop; `a64` is a with the 64 connections of the comparison, which share their turns.
struct InstructionBudgets {
    /// What a count may be above its budget.
    private static let tolerance = 1.02

    private let workshop: Workshop
    private var file: Foundation.URL { workshop.package.appendingPathComponent("instructions.json") }

    init(_ workshop: Workshop) throws {
        guard Workshop.find("valgrind") != nil else {
            throw Workshop.Failure(description: "valgrind is missing: apt-get install valgrind")
        }
        self.workshop = workshop
        try workshop.build("server-whippet")
    }

    private func counts() throws -> [String: Double] {
        let busy = InstructionCount(
            arguments: Scenario.hello.arguments(workshop) + ["--connections", "64"], requests: 6400)
        var counts = ["a64": try busy.perRequest(workshop).rounded()]
        for scenario in Scenario.all {
            guard case .requests(let exchange, _, let depth) = scenario.kind else { continue }
            var measurement = InstructionCount(
                arguments: exchange.arguments(workshop) + ["--connections", "1", "--depth", "\(depth)"])
            // What costs much varies less, and takes its time.
            if exchange.hasPage { measurement.requests = 400 }
            if scenario.id == "e" { measurement.requests = 50 }
            counts[scenario.id] = try measurement.perRequest(workshop).rounded()
        }
        return counts
    }

    func write() throws {
        let counts = try counts()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(counts) + [0x0A]).write(to: file)
        show(counts, [:])
    }

    func check() throws {
        let budgets = try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: file))
        let counts = try counts()
        show(counts, budgets)
        let complaints = counts.sorted { $0.key < $1.key }.compactMap { id, count -> String? in
            guard let budget = budgets[id] else { return "\(id): no budget" }
            return count > budget * Self.tolerance ? "\(id): \(count) instructions, the budget is \(budget)" : nil
        }
        guard complaints.isEmpty else { throw Workshop.Failure(description: complaints.joined(separator: "\n")) }
    }

    private func show(_ counts: [String: Double], _ budgets: [String: Double]) {
        for (id, count) in counts.sorted(by: { $0.key < $1.key }) {
            let budget = budgets[id].map { ", the budget is \(Int($0))" } ?? ""
            print("\(id): \(Int(count)) user instructions per request\(budget)")
        }
    }
}
