// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetStreams

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A blob with a name and a date, as a form brings it, or one that lies on a disk.
///
/// In a browser a file is a blob; here it has one.
/// ```swift
/// let note = File(["Hello"], name: "note.txt", type: "text/plain")
/// let film = try await File(path: "/srv/film.mp4", type: "video/mp4")
/// let start = try await film.slice(0, 16).bytes()
/// ```
/// Source: [File API §4](https://w3c.github.io/FileAPI/#file-section).
public struct File: Sendable, Hashable {
    /// The bytes with their type.
    public let blob: Blob
    /// The name, as whoever made the file gave it: that of an upload is the client's word and no path to write to.
    public let name: String
    /// When the file was last changed, in milliseconds since 1970.
    public let lastModified: Int

    /// Makes a file of strings, bytes and blobs, one after the other.
    ///
    /// Implements [new File(fileBits, fileName, options)](https://w3c.github.io/FileAPI/#dom-file-file).
    ///
    /// - Parameters:
    ///   - parts: Strings in UTF-8, `[UInt8]`, blobs and files.
    ///   - name: The name of the file.
    ///   - type: What the bytes are, such as `text/plain`.
    ///   - lastModified: When it was last changed, in milliseconds since 1970; nil for now.
    ///   - endings: How line breaks of the strings are taken.
    public init(
        _ parts: [any BlobPart], name: String, type: String = "", lastModified: Int? = nil,
        endings: Blob.Endings = .transparent
    ) {
        self.init(Blob(parts, type: type, endings: endings), name: name, lastModified: lastModified)
    }

    /// Makes a file of a blob, with its type.
    init(_ blob: Blob, name: String, lastModified: Int? = nil) {
        self.blob = blob
        self.name = name
        self.lastModified = lastModified ?? Self.now
    }

    /// Stands for a file on a disk as it is now: its bytes are read when somebody asks for them.
    ///
    /// Reading fails if the file was changed in between, so that nobody takes a part of one version and a part of another
    /// for a whole. The name is the last part of the path.
    ///
    /// - Parameters:
    ///   - path: Where the file lies.
    ///   - type: What the bytes are; a name tells nothing for sure, so there is no guess.
    /// - Throws: `DOMException`: `NotFoundError` if there is no such file, `NotReadableError` if it is none or can't be
    ///   looked at.
    public init(path: String, type: String = "") async throws {
        let file = try await ThreadPool.shared.run { try DiskFile(snapshotOf: path) }
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        self.init(file, name: String(path[start...]), type: type)
    }

    /// A file that is open, in the version that was opened.
    package init(_ file: OpenFile, name: String, type: String = "") {
        self.init(DiskFile(file), name: name, type: type)
    }

    /// A file that lies on a disk.
    init(_ file: DiskFile, name: String, type: String) {
        self.init(Blob(FileRange(file), type: type), name: name, lastModified: file.snapshot?.milliseconds)
    }

    /// How many bytes there are.
    public var size: Int { blob.size }

    /// The type in lower case, empty if it is not known.
    public var type: String { blob.type }

    /// A part of the bytes, from `start` up to but not including `end`; a negative number counts from the end.
    public func slice(_ start: Int = 0, _ end: Int? = nil, _ contentType: String = "") -> Blob {
        blob.slice(start, end, contentType)
    }

    /// The bytes as a stream, each time a new one.
    public func stream() -> ByteStream { blob.stream() }

    /// Reads the bytes as UTF-8, without a byte order mark.
    ///
    /// - Throws: `DOMException` `NotReadableError` for a file that can't be read, or was changed since.
    public func text() async throws -> String { try await blob.text() }

    /// Reads the bytes.
    ///
    /// - Throws: `DOMException` `NotReadableError` for a file that can't be read, or was changed since.
    public func bytes() async throws -> [UInt8] { try await blob.bytes() }

    /// An `ArrayBuffer` has no counterpart in Swift: `bytes()` gives the same bytes.
    @available(*, unavailable, renamed: "bytes()")
    public func arrayBuffer() async throws -> [UInt8] { try await bytes() }

    /// The time, in milliseconds since 1970.
    package static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
    }
}

extension File: CustomStringConvertible {
    /// Name, size and type, such as `File note.txt (5 bytes, text/plain)`.
    public var description: String {
        "File \(name) (\(size) bytes\(type.isEmpty ? "" : ", \(type)"))"
    }
}
