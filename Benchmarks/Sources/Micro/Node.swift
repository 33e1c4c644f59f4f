// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import WhippetJSON

/// Runs the operations that Node has, too, in a process of its own.
struct Node {
    private let script: String
    private let inputs: Foundation.URL

    /// Writes the inputs for Node down; nil, and a line that says so, if there is no Node.
    init?() throws {
        let folder = Foundation.URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        script = folder.appendingPathComponent("node/micro.mjs").path
        inputs = FileManager.default.temporaryDirectory.appendingPathComponent("whippet-benchmarks-\(getpid()).json")
        guard let version = try? Self.run(["--version"]) else {
            print("There is no Node here: its column stays empty.\n")
            return nil
        }
        print("Node \(version.trimmingCharacters(in: .whitespacesAndNewlines)).\n")
        let values: JSON = [
            "page": try JSON.parse(JSON.encode(Inputs.page)),
            "item": try JSON.parse(Array(Inputs.itemText.utf8)),
            "urls": .array(Inputs.urls.map { JSON($0) }),
            "target": .string(Inputs.target),
            "fields": .array(Inputs.fields.map { [JSON($0.name), JSON($0.value)] }),
        ]
        try Data(values.serialize()).write(to: inputs)
    }

    /// Nanoseconds per operation by the benchmarks' names, for those whose name contains `filter`.
    func measure(filter: String) throws -> [String: Double] {
        let output = try Self.run([script, inputs.path, filter])
        return try JSON.decode([String: Double].self, from: Array(output.utf8))
    }

    /// Removes what was written down.
    func finish() {
        try? FileManager.default.removeItem(at: inputs)
    }

    private struct Failed: Error {
        let status: Int32
    }

    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = Foundation.URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["node"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
        return String(decoding: output, as: UTF8.self)
    }
}
