// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The folder of an export.
enum ExportFolder {
    /// Writes a file below a folder; the folders in between are made.
    ///
    /// - Throws: `DOMException` for a folder or file that can't be made.
    static func write(_ response: Response, to file: String, in folder: String) async throws {
        let path = "\(folder)/\(file)"
        try await offload {
            for (index, character) in zip(path.indices, path) where character == "/" && index != path.startIndex {
                let parent = String(path[..<index])
                guard mkdir(parent, 0o777) == 0 || errno == EEXIST else {
                    throw DOMException(
                        "The folder \"\(parent)\" can't be made (error \(errno))", name: "NoModificationAllowedError")
                }
            }
        }
        try await response.write(to: path)
    }
}
