// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Some bytes of a file, which need not be open.
package struct FileRange: Sendable, Hashable {
    let file: DiskFile
    package var offset: Int
    package var length: Int

    /// Where the file lies.
    package var path: String { file.path }

    /// A part of whatever lies at the path when it is read.
    package init(path: String, offset: Int = 0, length: Int) {
        file = DiskFile(path: path)
        self.offset = offset
        self.length = length
    }

    /// The whole of a file that has been looked at.
    init(_ file: DiskFile) {
        self.file = file
        offset = 0
        length = file.snapshot.map { Int(clamping: $0.size) } ?? 0
    }

    /// A part of the range, which lies within it.
    func part(_ range: Range<Int>) -> FileRange {
        var part = self
        part.offset += range.lowerBound
        part.length = range.count
        return part
    }
}

extension Blob {
    /// The bytes of a part of a file, opened when somebody reads them.
    package init(_ file: FileRange, type: String = "") {
        self.init(pieces: file.length > 0 ? [.file(file)] : [], type: type)
    }
}
