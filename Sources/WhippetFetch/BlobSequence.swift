// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The bytes of a blob, piece by piece.
// SAFETY: `rest` and `file` are touched by `next` alone, which one reader calls one time after another.
final class BlobSequence: BodySequence, @unchecked Sendable {
    private var rest: ArraySlice<Blob.Piece>
    private var file: FileSequence?
    let length: Int?

    init(_ blob: Blob) {
        rest = blob.pieces[...]
        length = blob.size
    }

    func next() async throws -> [UInt8]? {
        while true {
            if let file {
                if let chunk = try await file.next() { return chunk }
                self.file = nil
            }
            switch rest.popFirst() {
            case nil: return nil
            case .bytes(let bytes): return Array(bytes)
            case .file(let range): file = FileSequence(range)
            }
        }
    }

    /// The sequence holds nothing that waits: files are closed with it.
    func cancel(_ reason: any Error) {}
}
