// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import WhippetJSON

/// The rounds' times and the counts, as a table and as JSON.
struct Report {
    struct Row {
        let name: String
        let allocations: Double
        let peerName: String?
        var times: [Double] = []
        var peerTimes: [Double] = []
        var nodeTimes: [Double] = []
    }

    var rows: [Row]

    /// A Markdown table: the median of the rounds, and from the least to the greatest.
    var table: String {
        var lines = [
            "| operation | ns (median, min–max) | allocations | Foundation or AsyncStream, ns | Node, ns |",
            "|---|--:|--:|--:|--:|",
        ]
        for row in rows {
            let times = row.times.sorted()
            let range = times.isEmpty ? "" : " (\(text(times[0]))–\(text(times[times.count - 1])))"
            lines.append(
                "| \(row.name) | \(median(row.times))\(range) | \(row.allocations) | \(median(row.peerTimes)) "
                    + "| \(median(row.nodeTimes)) |")
        }
        return lines.joined(separator: "\n")
    }

    /// The same as JSON, with every round.
    func write(to path: String) throws {
        let rows = rows.map { row -> JSON in
            [
                "name": .string(row.name), "allocations": JSON(row.allocations), "nanoseconds": list(row.times),
                "peer": row.peerName.map { JSON.string($0) } ?? .null, "peerNanoseconds": list(row.peerTimes),
                "nodeNanoseconds": list(row.nodeTimes),
            ]
        }
        let document: JSON = ["rows": .array(rows)]
        let bytes = try JSON.encode(document, options: JSON.EncodingOptions(pretty: true))
        try Data(bytes + [0x0A]).write(to: Foundation.URL(fileURLWithPath: path))
    }

    private func list(_ times: [Double]) -> JSON { .array(times.map { JSON($0) }) }

    private func median(_ times: [Double]) -> String {
        times.isEmpty ? "–" : text(times.sorted()[times.count / 2])
    }

    private func text(_ time: Double) -> String {
        time < 100 ? "\((time * 10).rounded() / 10)" : "\(Int(time.rounded()))"
    }
}
