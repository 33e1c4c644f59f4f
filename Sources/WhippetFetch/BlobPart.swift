// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What a `Blob` can be made of: a string, bytes, a blob or a file.
///
/// Source: [BlobPart](https://w3c.github.io/FileAPI/#typedefdef-blobpart).
public protocol BlobPart: Sendable {
    /// Adds the part's bytes to a blob that is being made.
    func append(to builder: inout BlobBuilder, endings: Blob.Endings)
}

/// Takes the parts of a blob that is being made.
///
/// Implements [process blob parts](https://w3c.github.io/FileAPI/#process-blob-parts).
public struct BlobBuilder: Sendable {
    /// Pieces up to this size are copied together: one large piece is read faster than many small ones.
    private static let copyLimit = 64 * 1024

    private(set) var pieces: [Blob.Piece] = []

    /// Adds bytes.
    public mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        guard case .bytes(var last)? = pieces.last, last.count + bytes.count <= Self.copyLimit else {
            pieces.append(.bytes(bytes))
            return
        }
        // The piece leaves the list while it grows, so that it grows in place.
        pieces.removeLast()
        last.append(contentsOf: bytes)
        pieces.append(.bytes(last))
    }

    /// Adds text in UTF-8.
    public mutating func append(_ text: some StringProtocol) {
        append(Array(text.utf8)[...])
    }

    /// Adds the bytes of a blob.
    public mutating func append(_ blob: Blob) {
        for piece in blob.pieces {
            switch piece {
            case .bytes(let bytes): append(bytes)
            case .file: pieces.append(piece)
            }
        }
    }

    /// Adds text whose line breaks become LF.
    ///
    /// Implements [convert line endings to native](https://w3c.github.io/FileAPI/#convert-line-endings-to-native).
    fileprivate mutating func append(native text: some StringProtocol) {
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x0D {
                bytes.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                bytes.append(byte)
            }
            previous = byte
        }
        append(bytes[...])
    }
}

extension String: BlobPart {
    /// Adds the string in UTF-8.
    public func append(to builder: inout BlobBuilder, endings: Blob.Endings) {
        switch endings {
        case .transparent: builder.append(self)
        case .native: builder.append(native: self)
        }
    }
}

extension Substring: BlobPart {
    /// Adds the string in UTF-8.
    public func append(to builder: inout BlobBuilder, endings: Blob.Endings) {
        switch endings {
        case .transparent: builder.append(self)
        case .native: builder.append(native: self)
        }
    }
}

extension Array: BlobPart where Element == UInt8 {
    /// Adds the bytes.
    public func append(to builder: inout BlobBuilder, endings: Blob.Endings) {
        builder.append(self[...])
    }
}

extension ArraySlice: BlobPart where Element == UInt8 {
    /// Adds the bytes.
    public func append(to builder: inout BlobBuilder, endings: Blob.Endings) {
        builder.append(self)
    }
}

extension Blob: BlobPart {
    /// Adds the bytes of the blob.
    public func append(to builder: inout BlobBuilder, endings: Blob.Endings) {
        builder.append(self)
    }
}

extension File: BlobPart {
    /// Adds the bytes of the file.
    public func append(to builder: inout BlobBuilder, endings: Blob.Endings) {
        builder.append(blob)
    }
}
