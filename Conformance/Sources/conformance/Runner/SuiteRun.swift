// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import WhippetJSON

/// Many test files, each in a process of its own, so that none can harm another.
struct SuiteRun {
    let executable: String
    let treeArguments: [String]
    let processCount: Int
    /// How many seconds a file may take.
    let timeout: Double

    /// Runs the files and hands over each one's results, in any order.
    func run(_ files: [String], _ finished: @escaping (String, FileReport) -> Void) {
        let queue = DispatchQueue(label: "results")
        let group = DispatchGroup()
        let next = FileQueue(files)
        let handler = Handler(finished)
        for _ in 0..<min(processCount, max(files.count, 1)) {
            DispatchQueue.global().async(group: group) {
                while let file = next.take() {
                    let report = runOne(file)
                    queue.sync { handler.call(file, report) }
                }
            }
        }
        group.wait()
    }

    private func runOne(_ file: String) -> FileReport {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = ["run-one", file] + treeArguments
        var environment = ProcessInfo.processInfo.environment
        // Tests of shared memory want it; the engine has it behind a switch.
        environment["JSC_useSharedArrayBuffer"] = "1"
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        if environment["CONFORMANCE_VERBOSE"] == nil { process.standardError = FileHandle.nullDevice }
        do { try process.run() } catch { return FileReport(status: .crash("\(error)"), tests: []) }
        let identifier = process.processIdentifier
        let watchdog = DispatchWorkItem { kill(identifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + timeout, execute: watchdog)
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        watchdog.cancel()
        guard let report = try? JSON.decode(FileReport.self, from: Array(output)) else {
            let reason =
                process.terminationReason == .uncaughtSignal
                ? "ended by signal \(process.terminationStatus)"
                : "no results, exit status \(process.terminationStatus)"
            return FileReport(status: .crash(reason), tests: [])
        }
        return report
    }
}

/// The files that nobody has taken yet.
// SAFETY: `files` is touched under `lock`.
private final class FileQueue: @unchecked Sendable {
    private let lock = NSLock()
    private var files: [String]

    init(_ files: [String]) {
        self.files = files.reversed()
    }

    func take() -> String? {
        lock.withLock { files.popLast() }
    }
}

/// The closure that gets the results.
// SAFETY: called on one serial queue, while the caller of `run` waits.
private struct Handler: @unchecked Sendable {
    let call: (String, FileReport) -> Void

    init(_ call: @escaping (String, FileReport) -> Void) {
        self.call = call
    }
}
