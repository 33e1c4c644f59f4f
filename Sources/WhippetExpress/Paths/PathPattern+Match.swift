// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// How much of a path a pattern matched, and where its captures lie.
struct PathMatch {
    /// How many bytes of the path, from its start.
    var length: Int
    /// Which sequence of the pattern it was.
    var sequence: Int
    var captures: [Range<Int>]
}

// Matching goes over the path once where each capture has one possible end, which is most patterns. Otherwise
// `matchFromEnd` finds, from the last element to the first, from which positions the rest can match: what a regular
// expression would find by trying, in time linear in the path for each element.
extension PathPattern {
    /// Matches a path, percent-encoded as it came; nil if it does not match.
    func match(_ path: Span<UInt8>) -> PathMatch? {
        if matchesAll { return PathMatch(length: 0, sequence: 0, captures: []) }
        for index in sequences.indices {
            var captures: [Range<Int>] = []
            let end =
                sequences[index].isPlain
                ? matchPlain(sequences[index].elements, path, &captures)
                : matchFromEnd(sequences[index].elements, path, &captures)
            if let end { return PathMatch(length: end, sequence: index, captures: captures) }
        }
        return nil
    }

    func matchPlain(
        _ elements: [Element], _ path: Span<UInt8>, _ captures: inout [Range<Int>]
    ) -> Int? {
        var position = 0
        for element in elements {
            switch element {
            case .text(let text):
                guard matches(text, path, at: position) else { return nil }
                position += text.count
            case .parameter:
                let start = position
                while position < path.count, path[position] != 0x2F { position += 1 }
                guard position > start else { return nil }
                captures.append(start..<position)
            case .wildcard:
                guard position < path.count else { return nil }
                captures.append(position..<path.count)
                position = path.count
            }
        }
        return end(position, path)
    }

    /// Finds for each element, from the last one on, where it would end if it began at a position.
    ///
    /// Then it goes through them from the start. Captures are as long as they can be, earlier ones first.
    func matchFromEnd(_ elements: [Element], _ path: Span<UInt8>, _ captures: inout [Range<Int>]) -> Int? {
        let width = path.count + 1
        var ends = [Int32](repeating: -1, count: (elements.count + 1) * width)
        for position in 0..<width where end(position, path) != nil { ends[elements.count * width + position] = 0 }
        for index in elements.indices.reversed() {
            let (row, behind) = (index * width, (index + 1) * width)
            for position in (0..<width).reversed() {
                switch elements[index] {
                case .text(let text):
                    guard matches(text, path, at: position), ends[behind + position + text.count] >= 0 else { continue }
                    ends[row + position] = Int32(truncatingIfNeeded: position + text.count)
                case .parameter, .wildcard:
                    guard position < path.count, elements[index].takes(path, at: position) else { continue }
                    if ends[row + position + 1] >= 0 {
                        ends[row + position] = ends[row + position + 1]
                    } else if ends[behind + position + 1] >= 0 {
                        ends[row + position] = Int32(truncatingIfNeeded: position + 1)
                    }
                }
            }
        }
        guard ends[0] >= 0 || elements.isEmpty else { return nil }
        var position = 0
        for index in elements.indices {
            let next = Int(ends[index * width + position])
            if case .text = elements[index] {} else { captures.append(position..<next) }
            position = next
        }
        return end(position, path)
    }

    private func matches(_ text: [UInt8], _ path: Span<UInt8>, at start: Int) -> Bool {
        guard path.count - start >= text.count else { return false }
        for index in 0..<text.count {
            let byte = path[start + index]
            if byte != text[index], options.isCaseSensitive || ASCII.lowercased(byte) != text[index] { return false }
        }
        return true
    }

    /// Where the match ends if all elements have ended at a position, nil if the pattern does not match then.
    private func end(_ position: Int, _ path: Span<UInt8>) -> Int? {
        if position == path.count { return position }
        guard path[position] == 0x2F else { return nil }
        if !options.isStrict, position == path.count - 1 { return path.count }
        return options.isWhole ? nil : position
    }
}

extension PathPattern.Element {
    /// Whether the byte at a position can belong to the capture.
    fileprivate func takes(_ path: Span<UInt8>, at position: Int) -> Bool {
        guard case .parameter(let stop) = self else { return true }
        if path[position] == 0x2F { return false }
        guard !stop.isEmpty, path.count - position >= stop.count else { return true }
        return (0..<stop.count).contains { path[position + $0] != stop[$0] }
    }
}
