// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The segments of a path during one lookup: the path's bytes, and where each segment starts.
///
/// `starts[count]` is where a segment after the last one would start.
struct PathSegments {
    let path: UnsafePointer<UInt8>
    let starts: UnsafePointer<UInt32>
    let count: Int

    /// The bytes of a segment; `index` must be below `count`.
    @inline(__always)
    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        // SAFETY: `split` made the starts: they rise, and the last one is one behind the path's end.
        UnsafeBufferPointer(start: path + start(index), count: end(index) &- start(index))
    }

    /// Where a segment starts; `index` must be below `count`.
    @inline(__always)
    func start(_ index: Int) -> Int {
        Int(starts[index])
    }

    /// Where a segment ends; `index` must be below `count`.
    @inline(__always)
    func end(_ index: Int) -> Int {
        Int(starts[index &+ 1]) &- 1
    }

    // MARK: - Algorithm

    /// Finds the segments and counts them.
    ///
    /// Answers nil if there are too many, if one is empty, or if the path does not start with a slash.
    ///
    /// - Parameter starts: Room for `RouteTable.maximumSegmentCount` starts and one.
    static func split(_ path: UnsafeBufferPointer<UInt8>, into starts: UnsafeMutablePointer<UInt32>) -> Int? {
        guard let base = path.baseAddress, path.count > 0, base[0] == PathBytes.slash else { return nil }
        var splitter = Splitter(starts: starts)
        starts[0] = 1
        if path.count == 1 { return 0 }
        // SAFETY: each load lies in the path.
        let raw = UnsafeRawPointer(base)
        var offset = 1
        while offset &+ 8 <= path.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            guard splitter.split(word, at: offset) else { return nil }
            offset &+= 8
        }
        if offset < path.count {
            guard splitter.split(lastWord(base, from: offset, to: path.count), at: offset) else { return nil }
        }
        return splitter.end(at: path.count) ? splitter.count : nil
    }

    /// The fewer than eight bytes from `offset` on, the first one lowest; 0 stands behind them.
    @inline(__always)
    private static func lastWord(_ bytes: UnsafePointer<UInt8>, from offset: Int, to end: Int) -> UInt64 {
        if end >= 8 {
            // SAFETY: the last eight bytes are there; those before `offset` are shifted out.
            let word = UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)
            return UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: (offset &+ 8 &- end) &* 8)
        }
        var word: UInt64 = 0
        for index in stride(from: end &- 1, through: offset, by: -1) { word = word &<< 8 | UInt64(bytes[index]) }
        return word
    }
}

/// Writes down where segments start.
private struct Splitter {
    let starts: UnsafeMutablePointer<UInt32>
    var count = 0
    private var start = 1

    init(starts: UnsafeMutablePointer<UInt32>) {
        self.starts = starts
    }

    /// Ends a segment at each slash of a word; false if one is empty or if there are too many.
    @inline(__always)
    mutating func split(_ word: UInt64, at offset: Int) -> Bool {
        // A byte of the difference is 0 where there is a slash. No carry crosses from one byte to the next, and the
        // highest bit of a byte stays clear only where all bits are.
        let difference = word ^ 0x2F2F_2F2F_2F2F_2F2F
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        var slashes = ~(((difference & low) &+ low) | difference | low)
        while slashes != 0 {
            guard end(at: offset &+ slashes.trailingZeroBitCount &>> 3) else { return false }
            slashes &= slashes &- 1
        }
        return true
    }

    /// Ends a segment; false if it is empty or one too many.
    @inline(__always)
    mutating func end(at end: Int) -> Bool {
        guard end > start, count < RouteTable.maximumSegmentCount else { return false }
        count &+= 1
        start = end &+ 1
        starts[count] = UInt32(truncatingIfNeeded: start)
        return true
    }
}
