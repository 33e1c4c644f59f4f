// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetJSON

/// The numbers of one area.
struct AreaCount: Codable {
    let area: String
    var files = 0
    var filesFullyPassing = 0
    /// All subtests.
    var raw = 0
    /// The subtests that count.
    var inScope = 0
    /// Those of them that pass.
    var passed = 0
    /// Those that fail because the tree's tests contradict each other.
    var contested = 0
    /// Those that pass in files whose passes don't count.
    var uncounted = 0
    /// Results that the expectations don't say.
    var unexpected = 0

    init(_ area: String) {
        self.area = area
    }

    /// Adds a file's results and returns what nobody expected of them, a line each.
    ///
    /// What other runtimes reported of the file counts too: a subtest that never came to run has failed.
    mutating func add(
        _ report: FileReport, of file: String, scope: Scope, expectations: Expectations,
        others: PeerResults.FileCount?
    ) -> [String] {
        var surprises: [String] = []
        files += 1
        let inScopeHere = report.tests.count { scope.contains($0.name, of: file) }
        raw += max((others?.raw ?? 0) - report.tests.count, 0)
        let missing = max((others?.inScope ?? 0) - inScopeHere, 0)
        inScope += missing
        if missing > 0, !report.isCrash, !expectations.coversAll(of: file) {
            surprises.append("\(file): \(missing) subtests did not come to run")
        }
        var isComplete = !report.tests.isEmpty && missing == 0
        var failing: Set<String> = []
        for test in report.tests {
            raw += 1
            let counts = scope.contains(test.name, of: file)
            if counts { inScope += 1 }
            if counts, test.passed { if scope.uncounted.contains(file) { uncounted += 1 } else { passed += 1 } }
            let group = expectations.group(of: test.name, in: file)
            if !test.passed {
                failing.insert(test.name)
                if counts { isComplete = false }
                if counts, group?.isContested == true { contested += 1 }
            }
            if test.passed, expectations.names(in: file).contains(test.name) {
                surprises.append("\(file): passes unexpectedly: \(test.name)")
            } else if counts, !test.passed, group == nil {
                surprises.append("\(file): fails: \(test.name): \(test.message ?? "")")
            }
        }
        let names = Set(report.tests.map(\.name))
        if !report.isCrash {
            for name in expectations.names(in: file).subtracting(names).sorted() {
                surprises.append("\(file): expected to fail, and is not there: \(name)")
            }
        }
        if report.isCrash {
            // A file that reports nothing, here or elsewhere, counts as one failing subtest.
            if others == nil {
                raw += 1
                inScope += 1
            }
            isComplete = false
            if !expectations.coversAll(of: file) { surprises.append("\(file): \(report.status)") }
        }
        if isComplete { filesFullyPassing += 1 }
        unexpected += surprises.count
        return surprises
    }
}

/// All numbers of a run.
struct Summary: Codable {
    /// Where the tests come from.
    let tree: String
    /// Where newer data comes from.
    let data: String
    var areas: [AreaCount]
    /// The lines of the prelude, without the environment.
    let preludeLines: Int
    /// The lines of each of its files: one for each standard.
    let preludeFiles: [String: Int]
    /// The lines of the environment: events, timers, structuredClone.
    let environmentLines: Int
}
