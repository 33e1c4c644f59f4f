// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A request method: a case-sensitive token such as `GET`, of the standard's set or any other.
///
/// Known methods are small strings, so that comparing and copying one costs no allocation.
/// Source: [RFC 9110 §9](https://www.rfc-editor.org/rfc/rfc9110#section-9).
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// A method of this list's place in it, from 1; 0 for another one: comparing names costs more than all the rest.
    @usableFromInline package internal(set) var number: UInt8
    /// The name of a method that has no number.
    @usableFromInline internal var other: String?

    @inlinable
    init(number: UInt8) {
        self.number = number
        other = nil
    }

    /// Makes a method from a token, as it is: methods are case-sensitive.
    public init(rawValue: String) {
        number = UInt8(Self.numbered.firstIndex(of: rawValue).map { $0 + 1 } ?? 0)
        other = number == 0 ? rawValue : nil
    }

    /// Makes a method from a literal, as it is.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// The methods that have a number.
    private static let numbered = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "CONNECT", "TRACE",
    ]

    /// The methods that have a number, in the order of their numbers, from 1.
    package static var allNumbered: [HTTPMethod] { (1...UInt8(numbered.count)).map { HTTPMethod(number: $0) } }

    /// Becomes the method of this number, from 1, without a reference to count.
    @inlinable @inline(__always)
    package mutating func become(number: UInt8) {
        if self.number == 0 { other = nil }
        self.number = number
    }

    /// The method as it stands on the wire.
    public var rawValue: String {
        other ?? (1...Self.numbered.count ~= Int(number) ? Self.numbered[Int(number) - 1] : "")
    }

    /// The method as it stands on the wire.
    public var description: String { rawValue }

    /// Whether two methods are the same; methods are case-sensitive.
    @inlinable
    public static func == (left: HTTPMethod, right: HTTPMethod) -> Bool {
        left.number == right.number && (left.number != 0 || left.other == right.other)
    }

    /// Feeds the method into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(number)
        if number == 0 { hasher.combine(other) }
    }

    /// Transfers a current representation of the target.
    @inlinable public static var GET: HTTPMethod { HTTPMethod(number: 1) }
    /// As `GET`, without the content.
    @inlinable public static var HEAD: HTTPMethod { HTTPMethod(number: 2) }
    /// Processes the content as the target sees fit.
    @inlinable public static var POST: HTTPMethod { HTTPMethod(number: 3) }
    /// Replaces the target's representation with the content.
    @inlinable public static var PUT: HTTPMethod { HTTPMethod(number: 4) }
    /// Applies a partial change, [RFC 5789](https://www.rfc-editor.org/rfc/rfc5789).
    @inlinable public static var PATCH: HTTPMethod { HTTPMethod(number: 5) }
    /// Removes the target.
    @inlinable public static var DELETE: HTTPMethod { HTTPMethod(number: 6) }
    /// Asks what may be done with the target.
    @inlinable public static var OPTIONS: HTTPMethod { HTTPMethod(number: 7) }
    /// A safe request with content, RFC 10008.
    @inlinable public static var QUERY: HTTPMethod { HTTPMethod(number: 8) }
    /// Opens a tunnel; never handled by a route.
    @inlinable public static var CONNECT: HTTPMethod { HTTPMethod(number: 9) }
    /// Loops the request back; never handled by a route.
    @inlinable public static var TRACE: HTTPMethod { HTTPMethod(number: 10) }
}
