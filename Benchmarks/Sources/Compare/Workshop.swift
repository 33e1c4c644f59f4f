// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Where things are and where they are built: the package, what it builds, and a folder for the time of the run.
struct Workshop {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The cores of the server and of the clients.
    static let serverCore = 0
    static let loadCore = 1

    let package: Foundation.URL
    let binaries: Foundation.URL
    let folder: Foundation.URL

    var load: String { binaries.appendingPathComponent("load").path }
    /// The file with the page of users.
    var page: String { folder.appendingPathComponent("page.json").path }

    init() throws {
        package = Foundation.URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("whippet-compare-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = try Self.output(["swift", "build"] + Self.buildOptions(package) + ["--show-bin-path"])
        binaries = Foundation.URL(fileURLWithPath: path)
        try Data(PageOfUsers.text.utf8).write(to: folder.appendingPathComponent("page.json"))
        // A server inherits it.
        var files = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        files.rlim_cur = files.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        try build("load")
    }

    func clear() {
        try? FileManager.default.removeItem(at: folder)
    }

    private static func buildOptions(_ package: Foundation.URL) -> [String] {
        ["-c", "release", "--static-swift-stdlib", "--package-path", package.path]
    }

    /// Builds one of the package's programs as it is deployed: optimized, with the standard library inside.
    func build(_ product: String) throws {
        note("building \(product)")
        _ = try Self.output(["swift", "build"] + Self.buildOptions(package) + ["--product", product])
    }

    /// Runs a program and returns what it prints, without the spaces at its ends.
    @discardableResult
    static func output(_ command: [String], environment: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = Foundation.URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Not more than a pipe holds comes as an error from the programs that are run here; builds print to the output.
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command.joined(separator: " ")):\n\(text)\(complaint)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Where a program is, nil when it is not installed.
    static func find(_ program: String) -> String? {
        try? output(["which", program])
    }
}
