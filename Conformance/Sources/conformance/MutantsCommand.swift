// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// Breaks one line of Whippet's sources at a time, in a copy, and looks whether a test of the tree notices.
struct MutantsCommand {
    /// A line to break: `mutants.json`.
    private struct Mutant: Decodable {
        let name: String
        let file: String
        let find: String
        let replace: String
        /// The areas or files that must notice.
        let tests: [String]
    }

    let options: CommandLineOptions

    /// The copy that is broken and mended; it keeps its build between runs.
    private var copy: String { options["scratch"] ?? "\(Prelude.package)/.build/mutants" }

    /// Returns the exit status: 0 if every mutant was noticed.
    func run() throws -> Int32 {
        let mutants = try selected()
        try makeCopy()
        say("building the sources as they are")
        guard try build() else { throw BindingError("the copy at \(copy) does not build") }
        var survivors: [String] = []
        for (index, mutant) in mutants.enumerated() {
            let start = Date()
            let outcome = try examine(mutant)
            let seconds = Int(Date().timeIntervalSince(start))
            print("\(index + 1)/\(mutants.count) \(mutant.name): \(outcome.rawValue) (\(seconds) s)")
            fflush(nil)
            if outcome != .killed { survivors.append(mutant.name) }
        }
        print("\(mutants.count - survivors.count) of \(mutants.count) mutants were noticed.")
        return survivors.isEmpty ? 0 : 1
    }

    private enum Outcome: String {
        case killed
        case survived = "SURVIVED"
        case stale = "STALE: its line is not there, or not just once"
        case invalid = "INVALID: it does not compile"
    }

    // MARK: - Choosing

    private func selected() throws -> [Mutant] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(Prelude.package)/mutants.json"))
        let all = try JSON.decode([Mutant].self, from: Array(data))
        if let names = options["name"]?.split(separator: "\n").map(String.init) {
            return all.filter { names.contains($0.name) }
        }
        guard let count = options["count"].flatMap({ Int($0) }) else { return all }
        // Drawn by the day, so that in time each one has its turn.
        var generator = DayGenerator(options["date"] ?? Self.today)
        return Array(all.shuffled(using: &generator).prefix(count))
    }

    private static var today: String {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withFullDate]
        return formatter.string(from: Date())
    }

    // MARK: - Breaking

    private func examine(_ mutant: Mutant) throws -> Outcome {
        let path = "\(copy)/\(mutant.file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard text.components(separatedBy: mutant.find).count == 2 else { return .stale }
        try text.replacingOccurrences(of: mutant.find, with: mutant.replace)
            .write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? text.write(toFile: path, atomically: true, encoding: .utf8) }
        guard try build() else { return .invalid }
        let tree = options.tree
        var arguments = ["run", "--tree", tree.root, "--timeout", "20"]
        if let overlay = tree.overlay { arguments += ["--overlay", overlay] }
        for test in mutant.tests { arguments += ["--area", test] }
        switch try launch("\(copy)/Conformance/.build/debug/conformance", arguments) {
        case 0: return .survived
        case 1: return .killed
        case let status: throw BindingError("\(mutant.name): the tests could not run, exit status \(status)")
        }
    }

    /// Copies what is built, so that a run that is ended leaves the checkout as it was.
    private func makeCopy() throws {
        let files = FileManager.default
        let root = "\(Prelude.package)/.."
        try files.createDirectory(atPath: "\(copy)/Conformance", withIntermediateDirectories: true)
        var names = ["Package.swift", "Sources"]
        names += ["Package.swift", "Sources", "Prelude", "Scope", "Peers", "expectations.json"].map {
            "Conformance/\($0)"
        }
        // What the manifest names must be there, though it is not built.
        names += ["Tests", "Plugins", "Examples"].filter { files.fileExists(atPath: "\(root)/\($0)") }
        for name in names {
            // Unchanged files keep their dates, so that only what changed is built anew.
            guard try launch("/usr/bin/env", ["rsync", "-rcL", "--delete", "\(root)/\(name)", parent(of: name)]) == 0
            else { throw BindingError("rsync could not copy \(name) to \(copy)") }
        }
    }

    private func parent(of name: String) -> String {
        name.hasPrefix("Conformance/") ? "\(copy)/Conformance/" : "\(copy)/"
    }

    private func build() throws -> Bool {
        try launch("/usr/bin/env", ["swift", "build", "-j", "2", "--package-path", "\(copy)/Conformance"]) == 0
    }

    private func launch(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        if options["verbose"] == nil {
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// Numbers that a date decides: splitmix64.
private struct DayGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ date: String) {
        state = date.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
