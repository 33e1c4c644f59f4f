// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The status of a response, such as `.created` or `201`.
///
/// In a browser it is a number; here it is a type that takes number literals, so that `response.status == 201` reads the
/// same and `.created` is spelled for you.
/// Source: [RFC 9110 §15](https://www.rfc-editor.org/rfc/rfc9110#section-15).
public struct Status: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The code, such as 200.
    public let rawValue: UInt16

    /// Makes a status of a code, whatever it is; a `Response` takes 200 to 599.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Makes a status of a code, whatever it is; a `Response` takes 200 to 599.
    public init(_ code: UInt16) {
        self.rawValue = code
    }

    /// Makes a status of a literal, such as `201`.
    public init(integerLiteral value: UInt16) {
        self.rawValue = value
    }

    /// Whether the code is 100 to 199: an answer before the answer.
    public var isInformational: Bool { 100...199 ~= rawValue }
    /// Whether the code is 200 to 299, the standard's `ok`.
    public var isSuccessful: Bool { 200...299 ~= rawValue }
    /// Whether the code is 300 to 399: the client has something more to do.
    public var isRedirection: Bool { 300...399 ~= rawValue }
    /// Whether the code is 400 to 499: the request was wrong.
    public var isClientError: Bool { 400...499 ~= rawValue }
    /// Whether the code is 500 to 599: the server failed.
    public var isServerError: Bool { 500...599 ~= rawValue }

    /// Whether it is a [null body status](https://fetch.spec.whatwg.org/#null-body-status): no body may go with it.
    public var isNullBody: Bool {
        switch rawValue {
        case 101, 103, 204, 205, 304: true
        default: false
        }
    }

    /// Whether it is a [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
    public var isRedirect: Bool {
        switch rawValue {
        case 301, 302, 303, 307, 308: true
        default: false
        }
    }

    /// The code and its reason phrase, such as `201 Created`.
    public var description: String {
        reasonPhrase.isEmpty ? "\(rawValue)" : "\(rawValue) \(reasonPhrase)"
    }
}
