// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The one pass over a request's path that comes before routing, middleware, cache keys and files.
///
/// A canonical path has one spelling for each sequence of decoded segments, so that nothing behind it can be fooled:
/// - it starts with `/`; no segment is empty, `.` or `..`; no `/` ends it, save the root's;
/// - each byte that may stand in a segment as itself does, every other one is an escape with upper-case digits;
/// - an escaped `/`, `\` or `%` stays an escape: it is text of its segment and never separates.
///
/// Dot segments and backslashes are read as [the URL Standard's path state](https://url.spec.whatwg.org/#path-state)
/// reads them; which escapes are needless is said by
/// [RFC 3986 §6.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2).
package enum PathNormalization: Sendable {
    /// The path is canonical as it came: the usual answer, which costs no allocation.
    case unchanged
    /// The path has another spelling, the canonical one.
    case normalized(NormalizedPath)
    /// The path breaks a rule; the answer is 400.
    case invalid(Failure)

    /// The rule that a path breaks.
    package enum Failure: Error, Hashable, Sendable {
        /// It does not start with a slash.
        case notAbsolute
        /// A `%` is not followed by two hexadecimal digits.
        case invalidEscape
        /// It holds an escaped NUL.
        case escapedNUL
        /// It holds a byte that no path may hold: a control, a space, `?` or `#`.
        case forbiddenByte
    }

    /// Whether the path is canonical as it came.
    package static func isCanonical(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        path.isPlainPath || path.isCanonicalPath
    }

    /// Normalises the path of a request target: without its query, as it came.
    package init(_ path: UnsafeBufferPointer<UInt8>) {
        if Self.isCanonical(path) {
            self = .unchanged
            return
        }
        var writer = CanonicalPathWriter(capacity: path.count)
        do throws(Failure) {
            try writer.write(path)
            self = .normalized(writer.finish())
        } catch {
            self = .invalid(error)
        }
    }
}

/// A canonical path, and what had to be done for it.
package struct NormalizedPath: Hashable, Sendable {
    /// What a path had that its canonical form has not.
    package struct Changes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// It ended in a slash.
        package static let trailingSlash = Changes(rawValue: 1)
        /// It had two or more slashes in a row.
        package static let repeatedSlashes = Changes(rawValue: 2)
        /// It had backslashes where slashes belong.
        package static let backslashes = Changes(rawValue: 4)
    }

    /// The canonical path, ASCII only.
    package let bytes: [UInt8]
    /// What a client should not have sent; other spellings of the same bytes and dot segments don't count.
    package let changes: Changes

    /// Whether a client is to be sent to the canonical path by a 308, as Next does.
    package var needsRedirect: Bool { !changes.isEmpty }

    /// The canonical path as a string, for a `Location`.
    package var string: String { String(decoding: bytes, as: UTF8.self) }
}
