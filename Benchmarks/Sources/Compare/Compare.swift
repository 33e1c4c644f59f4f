// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// `swift run -c release --package-path Benchmarks compare`, see README.md there.
@main
struct Compare {
    private var scenarios = Scenario.all
    private var peers = Peer.all
    private var rounds = 3
    private var seconds = 2.0
    private var json: String?
    private var budgets = BudgetMode.none

    private enum BudgetMode {
        case none, check, write
    }

    private struct UsageError: Error, CustomStringConvertible {
        let description: String
    }

    static func main() {
        do {
            try Compare(CommandLine.arguments.dropFirst()).run()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(error is UsageError ? 2 : 1)
        }
    }

    private init(_ arguments: ArraySlice<String>) throws {
        var arguments = arguments.makeIterator()
        while let argument = arguments.next() {
            switch argument {
            case "--scenarios": scenarios = try Self.select(arguments.next()) { Scenario.named($0) }
            case "--servers": peers = try Self.select(arguments.next()) { name in Peer.all.filter { $0.name == name } }
            case "--rounds": rounds = max(1, arguments.next().flatMap { Int($0) } ?? rounds)
            case "--seconds": seconds = max(0.1, arguments.next().flatMap { Double($0) } ?? seconds)
            case "--json": json = arguments.next()
            case "--check-budgets": budgets = .check
            case "--write-budgets": budgets = .write
            default:
                throw UsageError(
                    description: """
                        usage: compare [--scenarios a,b] [--servers whippet,c] [--rounds 3] [--seconds 2] [--json FILE]
                               compare --check-budgets | --write-budgets
                        scenarios: \(Scenario.all.map(\.id).joined(separator: ", "))
                        servers: \(Peer.all.map(\.name).joined(separator: ", "))
                        """)
            }
        }
    }

    /// What a list of names, separated by commas, stands for.
    private static func select<Choice>(_ names: String?, _ choices: (String) -> [Choice]) throws -> [Choice] {
        try (names ?? "").split(separator: ",").flatMap { name in
            let chosen = choices(String(name))
            if chosen.isEmpty { throw UsageError(description: "compare: there is no \"\(name)\"") }
            return chosen
        }
    }

    private func run() throws {
        let workshop = try Workshop()
        defer { workshop.clear() }
        switch budgets {
        case .none: break
        case .check: return try InstructionBudgets(workshop).check()
        case .write: return try InstructionBudgets(workshop).write()
        }
        var present: [Peer] = []
        for peer in peers {
            if let missing = try peer.prepare(workshop) {
                note("\(peer.name) is missing: \(missing) Benchmarks/install-peers installs it.")
            } else {
                present.append(peer)
            }
        }
        var report = Report(machine: Machine(present, workshop), rounds: rounds)
        for scenario in scenarios {
            note("\(scenario.id): \(scenario.title)")
            let run = ScenarioRun(scenario: scenario, rounds: rounds, seconds: seconds, workshop: workshop)
            report.rows += try run.rows(of: present.filter { scenario.suits($0) })
        }
        report.finish()
        print(report.markdown)
        if let json { try report.write(to: json) }
    }
}

/// Says something about the progress, apart from the results.
func note(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
}
