// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The table of a run beside other runtimes, in Markdown and HTML.
struct Report {
    private let summary: Summary
    private let peers: PeerResults?

    init(_ summary: Summary, _ peers: PeerResults?) {
        self.summary = summary
        self.peers = peers
    }

    private var head: [String] {
        ["area", "in scope", "Whippet"] + (peers?.runtimes.map(\.name) ?? []) + ["raw", "files", "fully passing"]
    }

    /// The rows: an area, or all.
    private var rows: [[String]] {
        func row(_ name: String, _ areas: [AreaCount]) -> [String] {
            func sum(_ path: (AreaCount) -> Int) -> String { String(areas.map(path).reduce(0, +)) }
            let others = peers?.runtimes.map { runtime in
                String(areas.map { runtime.passed[$0.area] ?? 0 }.reduce(0, +))
            }
            return [name, sum(\.inScope), sum(\.passed)] + (others ?? []) + [sum(\.raw), sum(\.files)]
                + [sum(\.filesFullyPassing)]
        }
        return summary.areas.map { row($0.area, [$0]) } + [row("all", summary.areas)]
    }

    private var notes: [String] {
        let contested = summary.areas.map(\.contested).reduce(0, +)
        var notes = [
            "Tests: \(summary.tree). Newer data for url and urlpattern: \(summary.data).",
            "Numbers are subtests that pass. \"In scope\" leaves out what needs a network, XHR, a DOM or FileReader; "
                + "a file that can't run counts as failed.",
            "\(contested) subtests are contested: two tests of the tree contradict each other.",
            "\(summary.areas.map(\.uncounted).reduce(0, +)) subtests of garbage collection pass and don't count, here "
                + "or elsewhere.",
            "Prelude: \(summary.preludeLines) lines of Web IDL glue (\(lineCounts)); environment (events, timers, structuredClone): "
                + "\(summary.environmentLines) lines.",
        ]
        if let peers { notes.append("The other runtimes were measured on \(peers.date) with the same files.") }
        return notes
    }

    private var lineCounts: String {
        summary.preludeFiles.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    /// The report in Markdown.
    var markdown: String {
        var lines = ["# Web platform tests", ""]
        lines.append("| " + head.joined(separator: " | ") + " |")
        lines.append("|---" + String(repeating: "|--:", count: head.count - 1) + "|")
        for (index, cells) in rows.enumerated() {
            let isLast = index == rows.count - 1
            lines.append("| " + cells.map { isLast ? "**\($0)**" : $0 }.joined(separator: " | ") + " |")
        }
        lines.append("")
        lines += notes.map { "- \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The report as a page of its own.
    var html: String {
        func cells(_ tag: String, _ texts: [String]) -> String {
            "<tr>" + texts.map { "<\(tag)>\(Self.escaped($0))</\(tag)>" }.joined() + "</tr>"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Whippet: web platform tests</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums }
            th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #ddd }
            th:first-child, td:first-child { text-align: left }
            td:nth-child(3), tr:last-child { font-weight: bold }
            </style>
            <h1>Web platform tests</h1>
            <table>
            \(cells("th", head))
            \(rows.map { cells("td", $0) }.joined(separator: "\n"))
            </table>
            <ul>
            \(notes.map { "<li>\(Self.escaped($0))</li>" }.joined(separator: "\n"))
            </ul>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    }
}
