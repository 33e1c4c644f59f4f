// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

extension Report {
    /// The tables: medians of all servers beside each other, then each scenario with its spread.
    var markdown: String {
        let rule = rounds == 1 ? "one round" : "\(rounds) rounds"
        var lines = [
            "\(machine.processor), \(machine.cores) cores, \(machine.system); load \(machine.load.joined(separator: " to "));"
                + " \(rule). " + machine.versions.joined(separator: "; ") + ".", "",
        ]
        lines += overview
        for scenario in Scenario.all where rows.contains(where: { $0.scenario == scenario.id }) {
            lines += ["", "**\(scenario.id). \(scenario.title)**", ""] + table(of: scenario)
        }
        return lines.joined(separator: "\n")
    }

    /// CPU per request, the servers as columns.
    private var overview: [String] {
        let shown = Scenario.all.filter { scenario in
            guard case .requests = scenario.kind else { return false }
            return rows.contains { $0.scenario == scenario.id }
        }
        let servers = Peer.all.map(\.name).filter { name in rows.contains { $0.server == name } }
        guard !shown.isEmpty else { return [] }
        var lines = [
            "| CPU µs per request (× C) | " + servers.joined(separator: " | ") + " |",
            "|---|" + servers.map { _ in "--:|" }.joined(),
        ]
        for scenario in shown {
            let limit = row(scenario.id, "c")?.cpu.median ?? 0
            let cells = servers.map { server -> String in
                guard let cpu = row(scenario.id, server)?.cpu.median else { return "–" }
                return limit > 0 ? "\(cpu.short) (\((cpu / limit).short))" : cpu.short
            }
            lines.append("| \(scenario.id). \(scenario.title) | " + cells.joined(separator: " | ") + " |")
        }
        return lines
    }

    private func row(_ scenario: String, _ server: String) -> Row? {
        rows.first { $0.scenario == scenario && $0.server == server }
    }

    private func table(of scenario: Scenario) -> [String] {
        let rows = rows.filter { $0.scenario == scenario.id }
        let columns: [(String, (Row) -> String)] =
            switch scenario.kind {
            case .requests:
                [
                    ("CPU µs", { $0.cpu.spread }), ("user", { $0.user.spread }), ("system", { $0.system.spread }),
                    ("requests/s", { $0.requestsPerSecond.spread }), ("p50 µs", { $0.p50.spread }),
                    ("p99 µs", { $0.p99.spread }), ("RSS MiB", { $0.rss.mebibytes }),
                ]
            case .transfer:
                [
                    ("CPU ms", { $0.cpu.map { $0 / 1000 }.spread }), ("seconds", { $0.p50.map { $0 / 1e6 }.spread }),
                    ("RSS MiB", { $0.rss.mebibytes }),
                ]
            case .idle:
                [("bytes per connection", { $0.bytesPerConnection.spread }), ("RSS MiB", { $0.rss.mebibytes })]
            case .start:
                [
                    ("ms", { $0.firstAnswer.map { $0 / 1000 }.spread }),
                    ("CPU ms", { $0.cpu.map { $0 / 1000 }.spread }),
                    ("RSS MiB", { $0.rss.mebibytes }),
                ]
            case .loops:
                [("requests/s", { $0.requestsPerSecond.spread }), ("CPU µs", { $0.cpu.spread })]
            case .routes:
                [("user instructions", { $0.instructions.spread })]
            }
        let heads = columns.map(\.0).joined(separator: " | ")
        return ["| server | \(heads) |", "|---|" + columns.map { _ in "--:|" }.joined()]
            + rows.map { row in
                "| \(row.server) | " + columns.map { $0.1(row) }.joined(separator: " | ") + " |"
            }
    }
}

extension [Double] {
    /// The least, the median and the greatest.
    fileprivate var spread: String {
        guard let least = self.min(), let greatest = self.max() else { return "–" }
        return count == 1 ? median.short : "\(least.short) / **\(median.short)** / \(greatest.short)"
    }
}

extension Double {
    /// With three digits or so.
    fileprivate var short: String {
        if abs(self) >= 100 { return String(Int(rounded())) }
        return String(format: abs(self) >= 10 ? "%.1f" : "%.2f", self)
    }
}

extension Int {
    fileprivate var mebibytes: String { String(format: "%.1f", Double(self) / 1_048_576) }
}
