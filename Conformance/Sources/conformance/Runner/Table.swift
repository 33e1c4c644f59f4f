// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The numbers of a run, for people to look at.
struct Table {
    private let summary: Summary

    init(_ summary: Summary) {
        self.summary = summary
    }

    /// The table in columns.
    var plain: String {
        var lines = [row("area", ["passed", "in scope", "raw", "contested", "unexpected", "files", "full"])]
        var total = AreaCount("all")
        for area in summary.areas {
            lines.append(row(area))
            total.files += area.files
            total.filesFullyPassing += area.filesFullyPassing
            total.raw += area.raw
            total.inScope += area.inScope
            total.passed += area.passed
            total.contested += area.contested
            total.unexpected += area.unexpected
        }
        lines.append(row(total))
        lines.append("prelude: \(summary.preludeLines) lines; environment: \(summary.environmentLines) lines")
        return lines.joined(separator: "\n")
    }

    private func row(_ area: AreaCount) -> String {
        row(
            area.area,
            [
                area.passed, area.inScope, area.raw, area.contested, area.unexpected, area.files,
                area.filesFullyPassing,
            ].map(String.init))
    }

    private func row(_ name: String, _ cells: [String]) -> String {
        let padded = cells.map { String(repeating: " ", count: max(11 - $0.count, 1)) + $0 }
        return name + String(repeating: " ", count: max(26 - name.count, 1)) + padded.joined()
    }
}
