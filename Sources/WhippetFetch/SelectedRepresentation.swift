// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// What is known of the representation that a request selects, wherever its bytes lie: enough to say which answer the
/// conditions and ranges of the request ask for.
///
/// Source: [RFC 9110 §13](https://www.rfc-editor.org/rfc/rfc9110#section-13) and
/// [§14](https://www.rfc-editor.org/rfc/rfc9110#section-14).
package struct SelectedRepresentation: Sendable, Hashable {
    package var etag: EntityTag?
    /// Seconds since 1970-01-01T00:00:00Z; nil if the time is not known.
    package var lastModified: Int64?
    /// How many bytes it has; nil if that is not known, or no part of it can be had.
    package var length: Int?

    package init(etag: EntityTag? = nil, lastModified: Int64? = nil, length: Int? = nil) {
        self.etag = etag
        self.lastModified = lastModified
        self.length = length
    }

    /// Which answer a request asks for.
    package enum Content: Sendable, Hashable {
        /// All of it: 200.
        case whole
        /// Some of it, in one part or several: 206.
        case parts([Range<Int>])
        /// The client has it: 304.
        case notModified
        /// The client means another version: 412.
        case preconditionFailed
        /// None of it: 416.
        case unsatisfiable
    }

    /// Evaluates the conditions of a request, then its ranges.
    ///
    /// Source: [RFC 9110 §13.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2).
    ///
    /// - Parameter ranges: Whether parts can be sent; if not, `Range` is ignored, as any server may.
    package func content(for method: HTTPMethod, _ headers: Headers, ranges: Bool = true) -> Content {
        switch Precondition.evaluate(self, method, headers) {
        case .failed: return .preconditionFailed
        case .notModified: return .notModified
        case .met: break
        }
        // 5. When the method is GET and both Range and If-Range are present, evaluate the If-Range precondition. No
        // other method has ranges, RFC 9110 §14.2.
        guard ranges, method == .GET, let length, let field = headers[.range],
            headers[.ifRange].map(isCurrent) ?? true, let set = ByteRangeSet(field), !set.isWhole(length: length)
        else { return .whole }
        let resolved = set.resolved(length: length)
        if resolved.isEmpty { return .unsatisfiable }
        return .parts(ByteRangeSet.joined(resolved, gap: ByteRangeSet.partOverhead))
    }

    /// Whether the version that `If-Range` names is this one: by a strong tag, or by the very date.
    ///
    /// Source: [RFC 9110 §13.1.5](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5).
    private func isCurrent(_ ifRange: String) -> Bool {
        if let tag = EntityTag(ifRange) { return etag.map { $0.matchesStrongly(tag) } ?? false }
        guard let lastModified, let date = HTTPDate.parse(ifRange, now: lastModified) else { return false }
        return date == lastModified
    }
}

/// Whether a request is to be carried out, by its conditions.
package enum Precondition: Sendable, Hashable {
    /// It is.
    case met
    /// The client of a `GET` or `HEAD` has the representation: 304.
    case notModified
    /// 412.
    case failed

    /// Evaluates all conditions but `If-Range`.
    ///
    /// Source: [RFC 9110 §13.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2).
    ///
    /// - Parameter representation: The current one; nil if there is none yet.
    package static func evaluate(
        _ representation: SelectedRepresentation?, _ method: HTTPMethod, _ headers: Headers
    ) -> Precondition {
        // RFC 9110 §13.2.1: methods that neither select nor change a representation have no conditions.
        if method == .OPTIONS || method == .CONNECT || method == .TRACE { return .met }
        let isReading = method == .GET || method == .HEAD
        if let field = headers[.ifMatch] {
            // 1. When If-Match is present, evaluate it: if false, respond 412.
            guard let representation, EntityTagCondition(field).matchesStrongly(representation.etag) else {
                return .failed
            }
        } else if let field = headers[.ifUnmodifiedSince], let modified = representation?.lastModified,
            let date = HTTPDate.parse(field, now: modified), modified > date
        {
            // 2. When If-Match is not present and If-Unmodified-Since is, evaluate it: if false, respond 412.
            return .failed
        }
        if let field = headers[.ifNoneMatch] {
            // 3. When If-None-Match is present, evaluate it: if false, respond 304 to GET and HEAD, 412 to others.
            guard let representation, EntityTagCondition(field).matchesWeakly(representation.etag) else { return .met }
            return isReading ? .notModified : .failed
        }
        // 4. When the method is GET or HEAD, If-None-Match is not present, and If-Modified-Since is, evaluate it: if
        // false, respond 304.
        guard isReading, let field = headers[.ifModifiedSince], let modified = representation?.lastModified,
            let date = HTTPDate.parse(field, now: modified), modified <= date
        else { return .met }
        return .notModified
    }
}
