// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The pattern of a route's path, in the notation of Next's folders.
///
///     /items              that path alone
///     /items/[slug]       one segment, whichever it is
///     /shop/[...slug]     one or more segments
///     /shop/[[...slug]]   none, one or more segments
///
/// Text outside brackets stands for itself and may be escaped (`/caf%C3%A9` is `/café`). Two patterns are equal if they
/// have the same segments, however these are spelled.
public struct RoutePattern: Hashable, Sendable, CustomStringConvertible {
    /// One part of a pattern between slashes.
    package enum Segment: Hashable, Sendable {
        /// Text in its canonical spelling.
        case literal(String)
        /// `[name]`
        case parameter(String)
        /// `[...name]`
        case catchAll(String)
        /// `[[...name]]`
        case optionalCatchAll(String)

        /// The name between the brackets, nil for a literal.
        package var name: String? {
            switch self {
            case .literal: nil
            case .parameter(let name), .catchAll(let name), .optionalCatchAll(let name): name
            }
        }

        /// Whether the segment takes the rest of the path.
        package var isCatchAll: Bool {
            switch self {
            case .literal, .parameter: false
            case .catchAll, .optionalCatchAll: true
            }
        }
    }

    /// The pattern as it was written, for logs and metrics.
    public let description: String
    /// The segments in their order; none for the root.
    package let segments: [Segment]

    /// Reads a pattern.
    ///
    /// - Throws: `RoutePatternError` that names the pattern and the rule that it breaks.
    public init(_ notation: String) throws(RoutePatternError) {
        do throws(RoutePatternError.Rule) {
            segments = try RoutePatternParser.parse(notation)
        } catch {
            throw RoutePatternError(pattern: notation, rule: error)
        }
        description = notation
    }

    /// The names of the parameters, in the order in which they stand in the path.
    public var parameterNames: [String] { segments.compactMap(\.name) }

    /// The one path that the pattern matches, canonical; nil if it has parameters.
    package var literalPath: String? {
        var path = ""
        for segment in segments {
            guard case .literal(let text) = segment else { return nil }
            path += "/" + text
        }
        return path.isEmpty ? "/" : path
    }

    /// Whether two patterns have the same segments.
    public static func == (left: RoutePattern, right: RoutePattern) -> Bool {
        left.segments == right.segments
    }

    /// Hashes the segments.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(segments)
    }
}
