// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A request method: a case-sensitive token such as `GET`, of the standard's set or any other.
///
/// Known methods are small strings, so that comparing and copying one costs no allocation.
/// Source: [RFC 9110 §9](https://www.rfc-editor.org/rfc/rfc9110#section-9).
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The method as it stands on the wire.
    public let rawValue: String

    /// Makes a method from a token, as it is: methods are case-sensitive.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes a method from a literal, as it is.
    public init(stringLiteral value: String) {
        self.rawValue = value
    }

    /// The method as it stands on the wire.
    public var description: String { rawValue }

    /// Transfers a current representation of the target.
    public static let GET = HTTPMethod(rawValue: "GET")
    /// As `GET`, without the content.
    public static let HEAD = HTTPMethod(rawValue: "HEAD")
    /// Processes the content as the target sees fit.
    public static let POST = HTTPMethod(rawValue: "POST")
    /// Replaces the target's representation with the content.
    public static let PUT = HTTPMethod(rawValue: "PUT")
    /// Applies a partial change, [RFC 5789](https://www.rfc-editor.org/rfc/rfc5789).
    public static let PATCH = HTTPMethod(rawValue: "PATCH")
    /// Removes the target.
    public static let DELETE = HTTPMethod(rawValue: "DELETE")
    /// Asks what may be done with the target.
    public static let OPTIONS = HTTPMethod(rawValue: "OPTIONS")
    /// A safe request with content, RFC 10008.
    public static let QUERY = HTTPMethod(rawValue: "QUERY")
    /// Opens a tunnel; never handled by a route.
    public static let CONNECT = HTTPMethod(rawValue: "CONNECT")
    /// Loops the request back; never handled by a route.
    public static let TRACE = HTTPMethod(rawValue: "TRACE")
}
