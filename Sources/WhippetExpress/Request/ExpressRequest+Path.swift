// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra

extension ExpressRequest {
    /// How much of the path belongs to the routers that the request went through.
    struct Place {
        var pathStart = 0
    }

    /// Calls a function with what is left of the path below the routers that the request went through; `/` for nothing.
    func withPath<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // Fast path: every test of routing takes it and, behind a mounted router, the other.
        if place.pathStart == 0, ownTarget == nil {
            return request.withPathBytes { body($0.isEmpty ? Self.root.span : $0.span) }
        }
        return place.pathStart < target.path.count
            ? body(target.path.span.extracting(place.pathStart...)) : body(Self.root.span)
    }

    private static let root: [UInt8] = [0x2F]

    /// Goes into what is mounted at a part of the path.
    func descend(_ length: Int) {
        place.pathStart = min(place.pathStart + length, target.path.count)
        // The slash between the mount path and the rest belongs to the rest.
        if length > 0, target.path[..<place.pathStart].last == 0x2F { place.pathStart -= 1 }
    }

    /// What the captures of a match hold, decoded.
    ///
    /// - Throws: 400 for what can't be decoded.
    func params(of match: PathMatch, _ sequence: PathPattern.Sequence) throws(HTTPError) -> Params {
        var names: [String] = []
        var values: [Params.Value] = []
        for (index, capture) in match.captures.enumerated() {
            let bytes = withPath { path in capture.map { path[$0] } }
            let value: Params.Value
            if sequence.wildcards[index] {
                var segments: [String] = []
                for segment in bytes.split(separator: 0x2F, omittingEmptySubsequences: false) {
                    segments.append(try Self.decode(segment))
                }
                value = .segments(segments)
            } else {
                value = .segment(try Self.decode(bytes[...]))
            }
            if let place = names.firstIndex(of: sequence.names[index]) {
                values[place] = value
            } else {
                names.append(sequence.names[index])
                values.append(value)
            }
        }
        return Params(names: names, values: values)
    }

    /// The text that percent-encoded bytes stand for, as JavaScript's `decodeURIComponent` has it.
    ///
    /// - Throws: 400 for an escape that is none, and for bytes that are not UTF-8.
    static func decode(_ bytes: ArraySlice<UInt8>) throws(HTTPError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(ASCII.hexValue), let low = rest.popFirst().flatMap(ASCII.hexValue)
            else { throw failure(bytes) }
            decoded.append(high << 4 | low)
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw failure(bytes) }
        return text
    }

    private static func failure(_ bytes: ArraySlice<UInt8>) -> HTTPError {
        HTTPError(.badRequest, "Failed to decode param '\(String(decoding: bytes, as: UTF8.self))'")
    }
}
