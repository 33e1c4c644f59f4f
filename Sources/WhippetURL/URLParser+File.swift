// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension URLParser {
    /// [File state](https://url.spec.whatwg.org/#file-state).
    mutating func file(_ input: Span<UInt8>) -> State {
        // 1. The scheme is "file" already. 2.
        parts.host = .empty
        // 3.
        if isSlash(input, pointer) {
            pointer += 1
            return .fileSlash
        }
        // 5.
        guard base?.offsets.scheme == .file else { return .path }
        // 4.1.
        parts.host = .base
        parts.path = .base
        parts.query = .base
        // 4.2–4.4. A drive letter replaces the whole path.
        return relativeEnd(input, keepsPath: !URLParser.startsWithDriveLetter(input, pointer))
    }

    /// [File slash state](https://url.spec.whatwg.org/#file-slash-state).
    mutating func fileSlash(_ input: Span<UInt8>) -> State {
        // 1.
        if isSlash(input, pointer) {
            pointer += 1
            return .fileHost
        }
        // 2.1. The base's host, and its drive unless there is another one.
        if let base, base.offsets.scheme == .file {
            parts.host = .base
            let keepsDrive = base.driveLetter.isFirst && !URLParser.startsWithDriveLetter(input, pointer)
            parts.path = .segments(pointer..<pointer, prefix: keepsDrive ? 3 : 0)
        }
        // 2.2.
        return .path
    }

    /// [File host state](https://url.spec.whatwg.org/#file-host-state).
    mutating func fileHost(_ input: Span<UInt8>) throws(URLFailure) -> State {
        // 2. The host ends at a slash, "?", "#" or the end.
        var end = pointer
        while end < input.count, !isSlash(input, end), input[end] != 0x3F, input[end] != 0x23 { end += 1 }
        let range = pointer..<end
        // 1.1. A drive letter is the path's first segment.
        if range.count == 2, URLParser.isDriveLetter(input, pointer) { return .path }
        pointer = end
        // 1.2.
        guard !range.isEmpty else { return .pathStart }
        // 1.3.1–1.3.2.
        let host = try HostParser.parse(input, range, isOpaque: false)
        // 1.3.3. "localhost" is the empty host.
        parts.host = HostParser.isLocalhost(host, input) ? .empty : host
        return .pathStart
    }

    /// Whether a [Windows drive letter](https://url.spec.whatwg.org/#windows-drive-letter) stands at `index`.
    static func isDriveLetter(_ input: Span<UInt8>, _ index: Int) -> Bool {
        guard index + 1 < input.count else { return false }
        return input[index].isASCIIAlpha && (input[index + 1] == 0x3A || input[index + 1] == 0x7C)
    }

    /// Implements [starts with a Windows drive letter](https://url.spec.whatwg.org/#start-with-a-windows-drive-letter).
    static func startsWithDriveLetter(_ input: Span<UInt8>, _ index: Int) -> Bool {
        guard isDriveLetter(input, index) else { return false }
        guard index + 2 < input.count else { return true }
        switch input[index + 2] {
        case 0x2F, 0x5C, 0x3F, 0x23: return true
        default: return false
        }
    }
}

extension URL {
    /// Whether the path of a file URL begins with a normalized Windows drive letter, and whether that is all of it.
    var driveLetter: (isFirst: Bool, isOnly: Bool) {
        guard offsets.scheme == .file else { return (false, false) }
        return withPath { path in
            guard path.count >= 3, path[1].isASCIIAlpha, path[2] == 0x3A else { return (false, false) }
            return (path.count == 3 || path[3] == 0x2F, path.count == 3)
        }
    }

    /// The length of the path after [shortening](https://url.spec.whatwg.org/#shorten-a-urls-path) it.
    var shortenedPathLength: Int {
        // 3. A drive letter alone stays. 4. Remove the last segment, if any.
        if driveLetter.isOnly { return 3 }
        return withPath { path in
            var slash = path.count - 1
            while slash > 0, path[slash] != 0x2F { slash -= 1 }
            return Swift.max(slash, 0)
        }
    }

    private func withPath<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        var serialization = serialization
        return serialization.withUTF8 { body($0.span.extracting(Range(offsets.path))) }
    }
}
