// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Writes a path's canonical form, byte by byte, and resolves its dot segments on the way.
struct CanonicalPathWriter {
    private var output: [UInt8] = []
    private var changes: NormalizedPath.Changes = []
    /// Where the segment that is being written starts.
    private var segmentStart = 0

    init(capacity: Int) {
        output.reserveCapacity(capacity + 16)
    }

    /// Writes a whole path.
    mutating func write(_ path: UnsafeBufferPointer<UInt8>) throws(PathNormalization.Failure) {
        // An absent path is the root: RFC 9110 §4.2.3.
        guard let first = path.first else {
            output = [PathBytes.slash]
            return
        }
        guard isSeparator(first) else { throw .notAbsolute }
        output.append(PathBytes.slash)
        segmentStart = 1
        var index = 1
        while index < path.count {
            let byte = path[index]
            if isSeparator(byte) {
                endSegment(isLast: false)
                index += 1
            } else {
                index += try writeByte(of: path, at: index)
            }
        }
        endSegment(isLast: true)
    }

    /// Spells one segment of a route pattern as a canonical path would; it must hold no separator.
    ///
    /// A space is as good as its escape here: a pattern comes from a program, not from a request.
    static func canonicalSegment(_ segment: String) throws(PathNormalization.Failure) -> String {
        var writer = CanonicalPathWriter(capacity: segment.utf8.count)
        let bytes = segment.utf8.flatMap { $0 == 0x20 ? Array("%20".utf8) : [$0] }
        var index = 0
        while index < bytes.count {
            index += try bytes.withUnsafeBufferPointer { buffer throws(PathNormalization.Failure) in
                try writer.writeByte(of: buffer, at: index)
            }
        }
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// Takes the empty segments out and returns the path.
    consuming func finish() -> NormalizedPath {
        if changes.contains(.repeatedSlashes) {
            var previous: UInt8 = 0
            output.removeAll { byte in
                defer { previous = byte }
                return byte == PathBytes.slash && previous == PathBytes.slash
            }
        }
        if output.count > 1, output.last == PathBytes.slash {
            output.removeLast()
            changes.insert(.trailingSlash)
        }
        return NormalizedPath(bytes: output, changes: changes)
    }

    // MARK: - Algorithm

    /// Whether the byte separates segments; a backslash does in the URLs of the web.
    private mutating func isSeparator(_ byte: UInt8) -> Bool {
        if byte == PathBytes.backslash { changes.insert(.backslashes) }
        return byte == PathBytes.slash || byte == PathBytes.backslash
    }

    /// Writes the byte or the escape at `index` and returns how many bytes it took.
    private mutating func writeByte(
        of path: UnsafeBufferPointer<UInt8>, at index: Int
    ) throws(PathNormalization.Failure) -> Int {
        let byte = path[index]
        guard byte == PathBytes.percent else {
            if PathBytes.isForbidden(byte) { throw .forbiddenByte }
            PathBytes.appendCanonical(byte, to: &output)
            return 1
        }
        guard let escaped = PathBytes.escapedByte(path, at: index) else { throw .invalidEscape }
        if escaped == 0 { throw .escapedNUL }
        PathBytes.appendCanonical(escaped, to: &output)
        return 3
    }

    /// Ends a segment: drops it if it is `.`, drops the one before it too if it is `..`, else puts a slash behind it.
    ///
    /// An escaped dot has been written as a dot, so that `%2e` counts as one, as in
    /// [the URL Standard](https://url.spec.whatwg.org/#double-dot-path-segment).
    private mutating func endSegment(isLast: Bool) {
        let count = output.count - segmentStart
        let isDots = (count == 1 || count == 2) && output[segmentStart...].allSatisfy { $0 == PathBytes.dot }
        if isDots {
            output.removeLast(count)
            if count == 2 { removeLastSegment() }
            return
        }
        guard !isLast else { return }
        if count == 0 { changes.insert(.repeatedSlashes) }
        output.append(PathBytes.slash)
        segmentStart = output.count
    }

    /// Removes the last whole segment; the root has none.
    private mutating func removeLastSegment() {
        guard output.count > 1 else { return }
        output.removeLast()
        while output.last != PathBytes.slash { output.removeLast() }
        segmentStart = output.count
    }
}
