// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the notation of route patterns; its rules are Next's, so that its folder names keep their meaning.
///
/// It works on bytes: a combining character behind a slash or a bracket must not hide it.
enum RoutePatternParser {
    static func parse(_ notation: String) throws(RoutePatternError.Rule) -> [RoutePattern.Segment] {
        let bytes = Array(notation.utf8)
        guard bytes.first == PathBytes.slash else { throw .leadingSlash }
        if bytes.contains(UInt8(ascii: "?")) || bytes.contains(UInt8(ascii: "#")) { throw .queryOrFragment }
        if bytes.contains(PathBytes.backslash) { throw .backslash }
        if bytes.count == 1 { return [] }

        var parts: [ArraySlice<UInt8>] = []
        var rest = bytes.dropFirst()
        while let slash = rest.firstIndex(of: PathBytes.slash) {
            parts.append(rest[..<slash])
            rest = rest[slash...].dropFirst()
        }
        parts.append(rest)
        if parts.dropLast().contains(where: { $0.isEmpty }) { throw .emptySegment }
        if parts.last?.isEmpty == true { throw .trailingSlash }
        if parts.count > RouteTable.maximumSegmentCount { throw .segmentCount }

        var segments: [RoutePattern.Segment] = []
        var names: [String] = []
        for (index, part) in parts.enumerated() {
            let segment = try parseSegment(part)
            if segment.isCatchAll, index + 1 < parts.count { throw .catchAllPosition(text(part)) }
            if let name = segment.name {
                try checkName(name, against: names)
                names.append(name)
            }
            if names.count > RouteMatch.Captures.capacity { throw .parameterCount }
            segments.append(segment)
        }
        return segments
    }

    private static func parseSegment(_ part: ArraySlice<UInt8>) throws(RoutePatternError.Rule) -> RoutePattern.Segment {
        let openings = part.count { $0 == opening }
        let closings = part.count { $0 == closing }
        if openings == 0, closings == 0 { return try parseLiteral(text(part)) }
        if openings != closings { throw .unbalancedBrackets(text(part)) }
        guard part.first == opening, part.last == closing else { throw .wholeSegment(text(part)) }

        var name = part.dropFirst().dropLast()
        let isOptional = name.first == opening && name.last == closing
        if isOptional { name = name.dropFirst().dropLast() }
        if name.contains(opening) || name.contains(closing) { throw .wholeSegment(text(part)) }
        if name.starts(with: "…".utf8) { throw .ellipsis(text(part)) }
        let isCatchAll = name.starts(with: "...".utf8)
        if isCatchAll { name = name.dropFirst(3) }
        if name.isEmpty { throw .emptyName(text(part)) }
        if name.first == PathBytes.dot { throw .leadingDots(text(part)) }

        switch (isCatchAll, isOptional) {
        case (true, true): return .optionalCatchAll(text(name))
        case (true, false): return .catchAll(text(name))
        case (false, true): throw .optionalParameter(text(part))
        case (false, false): return .parameter(text(name))
        }
    }

    /// Spells a literal as a normalised request path spells it, so that bytes can be compared with bytes.
    private static func parseLiteral(_ literal: String) throws(RoutePatternError.Rule) -> RoutePattern.Segment {
        let canonical: String
        do throws(PathNormalization.Failure) {
            canonical = try CanonicalPathWriter.canonicalSegment(literal)
        } catch {
            throw error == .invalidEscape ? .escape(literal) : .forbiddenByte(literal)
        }
        if canonical == "." || canonical == ".." { throw .dotSegment(literal) }
        return .literal(canonical)
    }

    /// Refuses a name that is another one of the pattern, or that differs from one by symbols only, as in Next.
    private static func checkName(_ name: String, against names: [String]) throws(RoutePatternError.Rule) {
        for other in names {
            if other == name { throw .repeatedName(name) }
            if wordCharacters(other) == wordCharacters(name) { throw .similarNames(other, name) }
        }
    }

    /// The name without its ASCII symbols.
    private static func wordCharacters(_ name: String) -> [UInt8] {
        name.utf8.filter { $0 >= 0x80 || $0 == UInt8(ascii: "_") || PathBytes.isLetterOrDigit($0) }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static let opening = UInt8(ascii: "[")
    private static let closing = UInt8(ascii: "]")
}
