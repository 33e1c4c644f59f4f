// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// A path's syntax compiled for matching: one run of elements for each way of leaving its groups in or out.
///
/// Matching takes time linear in the path and the pattern, whatever they are: `PathPattern+Match.swift` says how.
struct PathPattern: Sendable {
    /// How a pattern matches.
    struct Options: Sendable, Hashable {
        /// Whether the pattern must match the whole path, not just its first segments.
        var isWhole = true
        /// Whether letters of another case are other letters.
        var isCaseSensitive = false
        /// Whether a slash at the end counts.
        var isStrict = false
    }

    enum Element: Sendable, Hashable {
        /// In lower case where case does not count.
        case text([UInt8])
        /// One or more bytes of a segment, none of which begins `stop`, the text after the capture before.
        case parameter(stop: [UInt8])
        /// One or more bytes.
        case wildcard
    }

    /// One way of leaving groups in or out.
    struct Sequence: Sendable, Hashable {
        var elements: [Element]
        /// The names of the captures, in their order.
        var names: [String]
        /// Which captures are wildcards.
        var wildcards: [Bool]
        /// Whether each capture ends where it must, so that one pass finds them all.
        var isPlain: Bool
    }

    /// Groups make this many sequences at most.
    static let maximumSequences = 256
    /// A percent-encode set of the bytes that are not ASCII: paths arrive in ASCII.
    private static let nonASCII = PercentEncodeSet(low: 0, high: 0)

    let sequences: [Sequence]
    let options: Options
    /// Whether the pattern matches any path and takes nothing off it: that of middleware at `/`.
    let matchesAll: Bool

    /// Compiles a path.
    ///
    /// - Throws: `PathSyntaxError` for a path that is not of the syntax, or whose captures stand side by side.
    init(_ path: String, _ options: Options) throws(PathSyntaxError) {
        self.options = options
        matchesAll = !options.isWhole && path == "/"
        let tokens = try PathSyntax.parse(options.isStrict ? path : Self.withoutSlashes(path))
        var expanded: [[PathToken]] = []
        try Self.expand(tokens[...], [], path, into: &expanded) { result, expanded throws(PathSyntaxError) in
            guard expanded.count < Self.maximumSequences else {
                throw PathSyntaxError(message: "path \"\(path)\": its groups can be combined in too many ways")
            }
            expanded.append(result)
        }
        var sequences: [Sequence] = []
        for tokens in expanded { sequences.append(try Self.sequence(tokens, path, options)) }
        self.sequences = sequences
    }

    /// A path without the slashes at its end, which are optional; `/` stays.
    private static func withoutSlashes(_ path: String) -> String {
        guard path != "/" else { return path }
        var path = path[...]
        while path.utf8.last == 0x2F { path = path.dropLast() }
        return String(path)
    }

    /// Goes through all ways of leaving groups in or out; those with the first groups in come first.
    private static func expand(
        _ tokens: ArraySlice<PathToken>, _ result: [PathToken], _ path: String, into expanded: inout [[PathToken]],
        _ add: ([PathToken], inout [[PathToken]]) throws(PathSyntaxError) -> Void
    ) throws(PathSyntaxError) {
        var result = result
        var rest = tokens
        while let token = rest.popFirst() {
            guard case .group(let inner) = token else {
                result.append(token)
                continue
            }
            let behind = rest
            try expand(inner[...], result, path, into: &expanded) { result, expanded throws(PathSyntaxError) in
                try expand(behind, result, path, into: &expanded, add)
            }
        }
        try add(result, &expanded)
    }

    private static func sequence(
        _ tokens: [PathToken], _ path: String, _ options: Options
    ) throws(PathSyntaxError) -> Sequence {
        var sequence = Sequence(elements: [], names: [], wildcards: [], isPlain: true)
        // What stands between the last capture and here, and whether a slash does.
        var between: [UInt8] = []
        var isNewSegment = true
        for token in tokens {
            switch token {
            case .text(let text):
                let bytes = Array(PercentEncoding.encode(text, nonASCII).utf8)
                let folded = options.isCaseSensitive ? bytes : bytes.map(ASCII.lowercased)
                between += folded
                if folded.contains(0x2F) { isNewSegment = true }
                if case .text(let before)? = sequence.elements.last {
                    sequence.elements[sequence.elements.count - 1] = .text(before + folded)
                } else {
                    sequence.elements.append(.text(folded))
                }
            case .parameter(let name), .wildcard(let name):
                guard isNewSegment || !between.isEmpty else {
                    throw PathSyntaxError(message: "path \"\(path)\": missing text before \"\(name)\"")
                }
                if case .parameter = token {
                    sequence.elements.append(.parameter(stop: isNewSegment ? [] : between))
                    sequence.wildcards.append(false)
                } else {
                    sequence.elements.append(.wildcard)
                    sequence.wildcards.append(true)
                }
                sequence.names.append(name)
                between = []
                isNewSegment = false
            case .group:
                break
            }
        }
        sequence.isPlain = isPlain(sequence.elements)
        return sequence
    }

    /// Whether each parameter has a segment for itself, and a wildcard stands last.
    private static func isPlain(_ elements: [Element]) -> Bool {
        for (index, element) in elements.enumerated() {
            let isLast = index == elements.count - 1
            switch element {
            case .text: continue
            case .wildcard: if !isLast { return false }
            case .parameter(let stop):
                guard stop.isEmpty else { return false }
                if isLast { continue }
                guard case .text(let after) = elements[index + 1], after.first == 0x2F else { return false }
            }
        }
        return true
    }
}
