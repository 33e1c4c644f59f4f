// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// Runs test files and says what came of them.
struct RunCommand {
    private let options: CommandLineOptions
    private let scope: Scope
    private let tree: Tree

    init(_ options: CommandLineOptions) throws {
        self.options = options
        scope = try Scope()
        tree = options.tree
    }

    /// Runs; returns the exit status.
    func run() throws -> Int32 {
        let files = selectedFiles
        guard !files.isEmpty else { throw BindingError("no file of the scope has that name") }
        if options["list"] != nil {
            for file in files { print(file) }
            return 0
        }
        guard FileManager.default.fileExists(atPath: "\(tree.root)/resources/testharness.js") else {
            throw BindingError("there are no tests at \(tree.root); Conformance/get-wpt brings them")
        }
        let expectationsFile = "\(Prelude.package)/expectations.json"
        let expectations = try Expectations(expectationsFile)
        say("\(tree.origin); newer data: \(tree.dataOrigin)")
        let peers = try PeerResults.kept()
        let reports = runAll(files)
        var areas: [String: AreaCount] = [:]
        var surprises: [String] = []
        for file in files {
            guard let report = reports[file] else { continue }
            let area = TestFile.area(of: file)
            surprises += areas[area, default: AreaCount(area)].add(
                report, of: file, scope: scope, expectations: expectations, others: peers?.subtests[file])
            if options["file"] != nil { describe(file, report) }
        }
        if options["update-expectations"] != nil { try writeFailures(reports) }
        let summary = Summary(
            tree: tree.origin, data: tree.dataOrigin, areas: areas.values.sorted { $0.area < $1.area },
            preludeLines: try Prelude.lineCount, preludeFiles: try Prelude.lineCounts,
            environmentLines: try Prelude.environmentLineCount)
        try write(summary, peers)
        let shown = options["verbose"] == nil ? 100 : surprises.count
        for line in surprises.prefix(shown) { say(line) }
        if surprises.count > shown { say("… and \(surprises.count - shown) more") }
        say(surprises.isEmpty ? "Every result is the expected one." : "\(surprises.count) unexpected results.")
        return surprises.isEmpty ? 0 : 1
    }

    private var selectedFiles: [String] {
        let areas = options["area"]?.split(separator: "\n").map(String.init)
        let names = options["file"]?.split(separator: "\n").map(String.init)
        if let names { return scope.files.filter(names.contains) + names.filter { !scope.files.contains($0) } }
        guard let areas else { return scope.files }
        return scope.files.filter { file in areas.contains { file == $0 || file.hasPrefix("\($0)/") } }
    }

    private func runAll(_ files: [String]) -> [String: FileReport] {
        let suite = SuiteRun(
            executable: CommandLine.arguments[0].contains("/") ? CommandLine.arguments[0] : "/proc/self/exe",
            treeArguments: ["--tree", tree.root] + (tree.overlay.map { ["--overlay", $0] } ?? []),
            processCount: options["processes"].flatMap { Int($0) } ?? ProcessInfo.processInfo.activeProcessorCount,
            timeout: options["timeout"].flatMap { Double($0) } ?? 60)
        var reports: [String: FileReport] = [:]
        let showsProgress = isatty(2) != 0
        suite.run(files) { file, report in
            reports[file] = report
            if showsProgress {
                FileHandle.standardError.write(Data("\r\u{1B}[K\(reports.count)/\(files.count) \(file)".utf8))
            } else if reports.count % 50 == 0 {
                say("\(reports.count)/\(files.count)")
            }
        }
        if showsProgress { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        return reports
    }

    private func describe(_ file: String, _ report: FileReport) {
        print("\(file): \(report.status)")
        for test in report.tests {
            print(test.passed ? "  pass  \(test.name)" : "  FAIL  \(test.name): \(test.message ?? "")")
        }
    }

    private func write(_ summary: Summary, _ peers: PeerResults?) throws {
        if let path = options["json"] { try write(try JSON.encode(summary), to: path) }
        let report = Report(summary, peers)
        if let path = options["html"] { try write(Array(report.html.utf8), to: path) }
        switch options["markdown"] {
        case nil: print(Table(summary).plain)
        case "-": print(report.markdown)
        case let path?: try write(Array(report.markdown.utf8), to: path)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Writes all failures that count to a file, as a first draft of expectations.
    private func writeFailures(_ reports: [String: FileReport]) throws {
        var failures: [String: [String]] = [:]
        for (file, report) in reports {
            let names = report.tests.filter { !$0.passed && scope.contains($0.name, of: file) }.map(\.name)
            if !names.isEmpty { failures[file] = names }
            if case .crash = report.status { failures[file] = ["*"] }
        }
        try Data(try JSON.encode(failures)).write(to: URL(fileURLWithPath: "failures.json"))
    }
}
