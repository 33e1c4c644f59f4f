// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// What one server did in one scenario: a figure for each round, times in microseconds, memory in bytes.
struct Row: Codable {
    let scenario: String
    let server: String
    /// Of the server, for each request; in scenario h until the first answer.
    var cpu: [Double] = []
    var user: [Double] = []
    var system: [Double] = []
    var requestsPerSecond: [Double] = []
    var p50: [Double] = []
    var p99: [Double] = []
    /// Resident after the last round.
    var rss = 0
    var bytesPerConnection: [Double] = []
    var firstAnswer: [Double] = []
    /// In user space, for each request.
    var instructions: [Double] = []

    init(scenario: String, server: String) {
        self.scenario = scenario
        self.server = server
    }
}

/// The machine and the versions.
struct Machine: Codable {
    var processor = "unknown processor"
    var cores = ProcessInfo.processInfo.activeProcessorCount
    var system = ProcessInfo.processInfo.operatingSystemVersionString
    var versions: [String]
    /// How busy the machine was, before and after.
    var load: [String]

    init(_ peers: [Peer], _ workshop: Workshop) {
        let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        if let line = information.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
            let name = line.split(separator: ":").last
        {
            processor = name.trimmingCharacters(in: .whitespaces)
        }
        if let kernel = try? Workshop.output(["uname", "-sr"]) { system = kernel }
        versions = peers.map { $0.version(workshop) }
        load = [Self.currentLoad]
    }

    static var currentLoad: String {
        let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        return text.split(separator: " ").first.map(String.init) ?? "unknown"
    }
}

/// All rows, as JSON and as Markdown.
struct Report: Codable {
    var machine: Machine
    let rounds: Int
    var rows: [Row] = []

    init(machine: Machine, rounds: Int) {
        self.machine = machine
        self.rounds = rounds
    }

    mutating func finish() {
        machine.load.append(Machine.currentLoad)
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: Foundation.URL(fileURLWithPath: path))
    }
}

extension [Double] {
    /// The middle one; 0 of none.
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = self.sorted()
        let middle = count / 2
        return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
