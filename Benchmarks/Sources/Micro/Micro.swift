// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// `swift run -c release --package-path Benchmarks micro`, see README.md there.
@main
struct Micro {
    private var filter = ""
    private var rounds = 3
    private var json: String?
    private var checksBudgets = false
    private var writesBudgets = false
    private var withNode = true

    static func main() async throws {
        guard let micro = Micro(CommandLine.arguments.dropFirst()) else {
            print(
                """
                usage: micro [--filter TEXT] [--rounds N] [--json FILE] [--no-node] [--check-budgets | --write-budgets]
                """)
            exit(2)
        }
        try await micro.run()
    }

    private init?(_ arguments: ArraySlice<String>) {
        var arguments = arguments.makeIterator()
        while let argument = arguments.next() {
            switch argument {
            case "--filter": filter = arguments.next() ?? ""
            case "--rounds":
                guard let number = arguments.next().flatMap({ Int($0) }), number > 0 else { return nil }
                rounds = number
            case "--json":
                guard let path = arguments.next() else { return nil }
                json = path
            case "--no-node": withNode = false
            case "--check-budgets": checksBudgets = true
            case "--write-budgets": writesBudgets = true
            default: return nil
            }
        }
        if checksBudgets && writesBudgets || writesBudgets && !filter.isEmpty { return nil }
    }

    // A handler's place: off the main actor.
    @concurrent private func run() async throws {
        var benchmarks = try Benchmark.json() + Benchmark.urls() + Benchmark.headers() + Benchmark.requests()
        benchmarks += try Benchmark.responses() + Benchmark.forms() + Benchmark.cookies() + Benchmark.streams()
        benchmarks += try Benchmark.engine()
        benchmarks = benchmarks.filter { filter.isEmpty || $0.name.contains(filter) }
        var rows: [Report.Row] = []
        for benchmark in benchmarks {
            let allocations = try await Measurement.allocations(benchmark.body, count: benchmark.countedRuns)
            rows.append(Report.Row(name: benchmark.name, allocations: allocations, peerName: benchmark.peer?.name))
        }
        let counts = rows.map { (name: $0.name, allocations: $0.allocations) }
        if writesBudgets { return try Budgets.write(counts) }
        if checksBudgets { return try check(counts) }

        let report = try await measure(benchmarks, Report(rows: rows))
        print(report.table)
        if let json { try report.write(to: json) }
    }

    private func check(_ counts: [(name: String, allocations: Double)]) throws {
        let complaints = try Budgets().complaints(about: counts, isComplete: filter.isEmpty)
        for complaint in complaints { print(complaint) }
        if !complaints.isEmpty { exit(1) }
        print("\(counts.count) operations are within their budgets.")
    }

    /// Rounds of everything, one after the other, so that whatever else the machine does falls on all alike.
    private func measure(_ benchmarks: [Benchmark], _ report: Report) async throws -> Report {
        var report = report
        let node = withNode ? try Node() : nil
        defer { node?.finish() }
        for _ in 0..<rounds {
            for (index, benchmark) in benchmarks.enumerated() {
                report.rows[index].times.append(try await Measurement.nanoseconds(benchmark.body))
                guard let peer = benchmark.peer else { continue }
                report.rows[index].peerTimes.append(try await Measurement.nanoseconds(peer.body))
            }
            guard let times = try node?.measure(filter: filter) else { continue }
            for index in benchmarks.indices {
                if let time = times[benchmarks[index].name] { report.rows[index].nodeTimes.append(time) }
            }
        }
        return report
    }
}
