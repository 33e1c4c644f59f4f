// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetStreams

/// Bytes that don't change, in memory or on a disk, with a type.
///
/// As in a browser, except that it is a value and that `arrayBuffer()` is `bytes()`. Slicing and combining copy nothing
/// that is large, and what is on a disk is read piece by piece when somebody asks, off the event loop.
/// ```swift
/// let blob = Blob(["Hello, ", "World!"], type: "text/plain")
/// let hello = try await blob.slice(0, 5).text()
/// ```
/// Source: [File API §3](https://w3c.github.io/FileAPI/#blob-section).
public struct Blob: Sendable {
    /// How line breaks of text are taken.
    ///
    /// Source: [EndingType](https://w3c.github.io/FileAPI/#enumdef-endingtype).
    public enum Endings: String, Sendable {
        /// As they are.
        case transparent
        /// As LF, whatever they are.
        case native
    }

    /// A run of bytes.
    enum Piece: Sendable, Hashable {
        case bytes(ArraySlice<UInt8>)
        case file(FileRange)

        var size: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let range): range.length
            }
        }
    }

    let pieces: [Piece]
    /// How many bytes there are.
    public let size: Int
    /// The type in lower case, empty if it is not known.
    public let type: String

    init(pieces: [Piece], type: String = "") {
        self.pieces = pieces
        // Files may be sparse, and so a sum larger than any disk.
        size = pieces.reduce(0) { total, piece in
            let (sum, overflow) = total.addingReportingOverflow(piece.size)
            return overflow ? Int.max : sum
        }
        self.type = Blob.normalized(type: type)
    }

    /// Makes a blob of strings, bytes and other blobs, one after the other.
    ///
    /// Implements [new Blob(blobParts, options)](https://w3c.github.io/FileAPI/#dom-blob-blob).
    ///
    /// - Parameters:
    ///   - parts: Strings in UTF-8, `[UInt8]`, blobs and files.
    ///   - type: What the bytes are, such as `text/plain`.
    ///   - endings: How line breaks of the strings are taken.
    public init(_ parts: [any BlobPart] = [], type: String = "", endings: Endings = .transparent) {
        var builder = BlobBuilder()
        for part in parts { part.append(to: &builder, endings: endings) }
        self.init(pieces: builder.pieces, type: type)
    }

    /// A part of the blob, from `start` up to but not including `end`; a negative number counts from the end.
    ///
    /// Implements [slice](https://w3c.github.io/FileAPI/#dfn-slice).
    ///
    /// - Parameters:
    ///   - start: Where the part begins, in bytes.
    ///   - end: Where it ends, nil for the end of the blob.
    ///   - contentType: The type of the part.
    public func slice(_ start: Int = 0, _ end: Int? = nil, _ contentType: String = "") -> Blob {
        // Implements [slice blob](https://w3c.github.io/FileAPI/#slice-blob).
        // 2–3. A negative position counts from the end, and none lies outside.
        let relativeStart = start < 0 ? max(size + start, 0) : min(start, size)
        let end = end ?? size
        let relativeEnd = end < 0 ? max(size + end, 0) : min(end, size)
        // 4. The type. 5. Let span be max((relativeEnd - relativeStart), 0).
        // 6. Return a new Blob of the span consecutive bytes from relativeStart on.
        return Blob(pieces: pieces(relativeStart..<max(relativeStart, relativeEnd)), type: contentType)
    }

    /// The bytes as a stream, each time a new one.
    ///
    /// Implements [stream](https://w3c.github.io/FileAPI/#dom-blob-stream).
    public func stream() -> ByteStream {
        .pulling(BlobSequence(self))
    }

    /// Reads the bytes as UTF-8, without a byte order mark.
    ///
    /// Implements [text](https://w3c.github.io/FileAPI/#dom-blob-text).
    ///
    /// - Throws: `DOMException` `NotReadableError` for a file that can't be read, or was changed since.
    public func text() async throws -> String {
        let bytes = try await bytes()
        return UTF8Decoding.decode(bytes.span)
    }

    /// Reads the bytes.
    ///
    /// Implements [bytes](https://w3c.github.io/FileAPI/#dom-blob-bytes).
    ///
    /// - Throws: `DOMException` `NotReadableError` for a file that can't be read, or was changed since.
    public func bytes() async throws -> [UInt8] {
        if let bytes = bytesInMemory { return bytes }
        var bytes: [UInt8] = []
        let sequence = BlobSequence(self)
        while let chunk = try await sequence.next() { bytes += chunk }
        return bytes
    }

    /// An `ArrayBuffer` has no counterpart in Swift: `bytes()` gives the same bytes.
    @available(*, unavailable, renamed: "bytes()")
    public func arrayBuffer() async throws -> [UInt8] { try await bytes() }

    // MARK: - Algorithms

    /// The bytes of a blob of one piece in memory, or of none.
    var bytesInMemory: [UInt8]? {
        guard let first = pieces.first else { return [] }
        guard pieces.count == 1, case .bytes(let bytes) = first else { return nil }
        return Array(bytes)
    }

    /// The pieces of a range that lies within the blob.
    private func pieces(_ range: Range<Int>) -> [Piece] {
        var cut: [Piece] = []
        var position = 0
        for piece in pieces {
            let lower = max(range.lowerBound - position, 0)
            let upper = min(range.upperBound - position, piece.size)
            position += piece.size
            guard lower < upper else { continue }
            switch piece {
            case .bytes(let bytes):
                cut.append(.bytes(bytes[(bytes.startIndex + lower)..<(bytes.startIndex + upper)]))
            case .file(let file):
                cut.append(.file(file.part(lower..<upper)))
            }
        }
        return cut
    }

    /// A type as a blob keeps it: in lower case, and none if it has other characters than U+0020 to U+007E.
    private static func normalized(type: String) -> String {
        type.utf8.allSatisfy { 0x20...0x7E ~= $0 } ? ASCII.lowercased(type) : ""
    }
}

extension Blob: Hashable {
    /// Whether two blobs have the same type and the same bytes; bytes on a disk are the same if they stand in the same
    /// place of the same file.
    public static func == (left: Blob, right: Blob) -> Bool {
        guard left.size == right.size, left.type == right.type else { return false }
        if left.pieces == right.pieces { return true }
        guard let left = left.gathered, let right = right.gathered else { return false }
        return left == right
    }

    /// Feeds the size and the type.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(type)
    }

    /// The bytes in one piece, nil if some lie on a disk.
    private var gathered: [UInt8]? {
        var gathered: [UInt8] = []
        for piece in pieces {
            guard case .bytes(let bytes) = piece else { return nil }
            gathered += bytes
        }
        return gathered
    }
}

extension Blob: CustomStringConvertible {
    /// Size and type, such as `Blob (13 bytes, text/plain)`.
    public var description: String {
        type.isEmpty ? "Blob (\(size) bytes)" : "Blob (\(size) bytes, \(type))"
    }
}
