// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// What is to be looked for on the disk, and what was found: the part of an answer that blocks.
struct FileLookup: Sendable {
    /// A file to be sent.
    struct Found: Sendable {
        var file: OpenFile
        /// The name that tells the type.
        var name: String
        /// The coding in which the file lies on the disk.
        var coding: String?
        /// All of it, where it is small and wanted.
        var bytes: [UInt8]?
        /// When it was found, in seconds since 1970-01-01T00:00:00Z.
        var time: Int64
    }

    enum Outcome: Sendable {
        case found(Found)
        /// A folder with this page for it.
        case index(String)
        case nothing
    }

    var folder: Folder
    var names: [String]
    /// Names of pages that stand for a folder.
    var index: [String]
    /// Whether the page of a folder is sent; if not, it is only named.
    var sendsIndex: Bool
    /// What is tried behind a name that is not there, without the dot.
    var extensions: [String]
    /// The codings that the client takes, the one it likes best first, up to `identity`.
    var codings: [Coding]
    /// Files up to this size are read at once.
    var readLimit: Int

    /// A coding that files may lie in, with the extension that says so.
    struct Coding: Sendable {
        var name: String
        var ending: String

        static let all = [
            Coding(name: "br", ending: ".br"), Coding(name: "zstd", ending: ".zst"),
            Coding(name: "gzip", ending: ".gz"),
        ]
    }

    /// Looks; this blocks.
    func perform() throws -> Outcome {
        if let found = try find(names) { return .found(found) }
        // A name that no file has is that of a folder, or of a page without its extension.
        guard case .folder = try folder.open(names) else {
            guard let last = names.last else { return .nothing }
            for ending in extensions {
                if let found = try find(names.dropLast() + [last + "." + ending]) { return .found(found) }
            }
            return .nothing
        }
        for page in index {
            guard let found = try find(names + [page]) else { continue }
            return sendsIndex ? .found(found) : .index(page)
        }
        return .nothing
    }

    private func find(_ names: [String]) throws -> Found? {
        guard let name = names.last else { return nil }
        for coding in codings {
            guard case .file(let file) = try folder.open(names.dropLast() + [name + coding.ending]) else { continue }
            return try found(file, name, coding.name)
        }
        guard case .file(let file) = try folder.open(names) else { return nil }
        return try found(file, name, nil)
    }

    private func found(_ file: OpenFile, _ name: String, _ coding: String?) throws -> Found {
        var bytes: [UInt8]?
        if file.size <= readLimit {
            let read = try file.read(file.size, at: 0)
            // A short read is left to who sends the file: it cuts the connection there.
            if read.count == file.size { bytes = read }
        }
        return Found(file: file, name: name, coding: coding, bytes: bytes, time: Folder.now)
    }
}
