// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

extension URLParser {
    /// [Path start state](https://url.spec.whatwg.org/#path-start-state).
    mutating func pathStart(_ input: Span<UInt8>) -> State {
        // 1. A special URL always has a path; its first slash may be missing.
        if parts.scheme.isSpecial {
            if isSlash(input, pointer) { pointer += 1 }
            return .path
        }
        switch byte(input, pointer) {
        // 2.
        case 0x3F:
            pointer += 1
            return .query
        // 3.
        case 0x23:
            pointer += 1
            return .fragment
        // 5. Only with a state override.
        case nil: return .done
        // 4. After a host nothing but a slash can stand here.
        default:
            pointer += 1
            return .path
        }
    }

    /// [Path state](https://url.spec.whatwg.org/#path-state): notes the range; `URLWriter` resolves the segments.
    mutating func path(_ input: Span<UInt8>) -> State {
        let start = pointer
        var index = start
        var isPlain = true
        let stops = PercentEncodeSet.pathStops
        // The first segment may begin with a dot or be a drive letter.
        if index < input.count {
            isPlain = input[index] != 0x2E && input[index] != 0x25 && parts.scheme != .file
        }
        loop: while index < input.count {
            if stops.contains(input[index]) {
                switch input[index] {
                case 0x3F, 0x23: break loop
                case 0x2F:
                    // A segment that begins with "." or "%" may be a dot segment.
                    if index + 1 < input.count, input[index + 1] == 0x2E || input[index + 1] == 0x25 { isPlain = false }
                default: isPlain = false
                }
            }
            index += 1
        }
        var prefix = 0
        if case .segments(_, let length) = parts.path { prefix = length }
        parts.path = .segments(start..<index, prefix: prefix)
        parts.pathIsPlain = isPlain
        pointer = index
        return afterPath(input)
    }

    /// [Opaque path state](https://url.spec.whatwg.org/#cannot-be-a-base-url-path-state).
    mutating func opaquePath(_ input: Span<UInt8>) -> State {
        let start = pointer
        while pointer < input.count, input[pointer] != 0x3F, input[pointer] != 0x23 { pointer += 1 }
        parts.path = .opaque(start..<pointer)
        return afterPath(input)
    }

    /// What follows a path: a query, a fragment or nothing.
    private mutating func afterPath(_ input: Span<UInt8>) -> State {
        guard pointer < input.count else { return .done }
        pointer += 1
        return input[pointer - 1] == 0x3F ? .query : .fragment
    }

    /// [Query state](https://url.spec.whatwg.org/#query-state).
    mutating func query(_ input: Span<UInt8>) -> State {
        let start = pointer
        let set = parts.scheme.isSpecial ? PercentEncodeSet.specialQuery : .query
        while pointer < input.count {
            // 2. The query ends at "#", which the set holds too.
            if set.contains(input[pointer]) {
                if input[pointer] == 0x23 { break }
                parts.restIsPlain = false
            }
            pointer += 1
        }
        parts.query = .input(start..<pointer)
        guard pointer < input.count else { return .done }
        pointer += 1
        return .fragment
    }

    /// [Fragment state](https://url.spec.whatwg.org/#fragment-state).
    mutating func fragment(_ input: Span<UInt8>) -> State {
        parts.fragment = pointer..<input.count
        while pointer < input.count {
            if PercentEncodeSet.fragment.contains(input[pointer]) { parts.restIsPlain = false }
            pointer += 1
        }
        return .done
    }
}
