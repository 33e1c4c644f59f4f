// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder of one test, which goes with the object.
///
/// Its files were last changed on 2024-01-02T03:04:05Z, so that nothing depends on when the test runs.
final class TemporaryFolder: Sendable {
    struct Failure: Error {
        var path: String
    }

    /// Tue, 02 Jan 2024 03:04:05 GMT.
    static let date = Date(timeIntervalSince1970: 1_704_164_645)

    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("whippet-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ bytes: [UInt8], to name: String, date: Date = TemporaryFolder.date) throws {
        let file = path + "/" + name
        let folder = file[..<(file.lastIndex(of: "/") ?? file.startIndex)]
        try FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: file, contents: Data(bytes)) else { throw Failure(path: file) }
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }
}
