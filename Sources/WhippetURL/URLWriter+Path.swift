// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

extension URLWriter {
    /// What the [path state](https://url.spec.whatwg.org/#path-state) does with each segment of its input.
    ///
    /// The input begins inside the first segment: its slash is already read.
    mutating func writeSegments(_ input: Span<UInt8>) {
        let isSpecial = offsets.scheme.isSpecial
        var start = 0
        while true {
            var end = start
            while end < input.count, input[end] != 0x2F, input[end] != 0x5C || !isSpecial { end += 1 }
            let segment = input.extracting(start..<end)
            let isLast = end == input.count
            switch dots(segment) {
            // 1.2. A double-dot segment.
            case 2:
                shortenPath()
                if isLast { append(0x2F) }
            // 1.3. A single-dot segment.
            case 1:
                if isLast { append(0x2F) }
            // 1.4.
            default:
                let isFirst = position == offsets.pathStart
                append(0x2F)
                if isFirst, offsets.scheme == .file, segment.count == 2, URLParser.isDriveLetter(segment, 0) {
                    append(segment[0])
                    append(0x3A)
                } else {
                    // 2.3.
                    append(segment, encoding: .path)
                }
            }
            if isLast { return }
            start = end + 1
        }
    }

    /// Implements [shorten a url's path](https://url.spec.whatwg.org/#shorten-a-urls-path).
    private mutating func shortenPath() {
        let start = Int(offsets.pathStart)
        // 3. A drive letter alone stays.
        if offsets.scheme == .file, count == start + 3, written(start + 2) == 0x3A,
            let letter = written(start + 1), letter.isASCIIAlpha
        {
            return
        }
        // 4.
        var slash = count - 1
        while slash >= start, written(slash) != 0x2F { slash -= 1 }
        truncate(to: max(slash, start))
    }

    /// 2 for a [double-dot segment](https://url.spec.whatwg.org/#double-dot-path-segment), 1 for a
    /// [single-dot segment](https://url.spec.whatwg.org/#single-dot-path-segment), 0 for another.
    private func dots(_ segment: Span<UInt8>) -> Int {
        guard segment.count <= 6 else { return 0 }
        var index = 0
        var dots = 0
        while index < segment.count {
            if segment[index] == 0x2E {
                index += 1
            } else if index + 2 < segment.count, segment[index] == 0x25, segment[index + 1] == 0x32,
                segment[index + 2] | 0x20 == 0x65
            {
                index += 3
            } else {
                return 0
            }
            dots += 1
        }
        return dots <= 2 ? dots : 0
    }

    /// What the [opaque path state](https://url.spec.whatwg.org/#cannot-be-a-base-url-path-state) does.
    mutating func writeOpaquePath(_ input: Span<UInt8>, isLast: Bool) {
        offsets.hasOpaquePath = true
        append(input, encoding: .c0Control)
        // 3.2. A space before a query or a fragment would be lost when the URL is parsed again.
        if !isLast, !input.isEmpty, input[input.count - 1] == 0x20 {
            truncate(to: count - 1)
            append("%20")
        }
    }
}
