// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The error that a handler throws to make a response: a status, a message for the client, and headers.
///
/// Whatever else a handler throws becomes a 500, which tells the cause in development only.
/// ```swift
/// let prices = ["tea": 3]
/// guard let price = prices[context.params.slug] else { throw HTTPError.notFound("There is no such item.") }
/// guard price < 100 else { throw HTTPError(.unauthorized, headers: ["www-authenticate": "Basic"]) }
/// ```
public struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// The status of the response.
    public var status: Status
    /// What the client is told: the status' reason phrase if nothing else was given.
    public var message: String
    /// Headers of the response.
    public var headers: Headers
    /// What modules above tell the client besides; nil for nothing.
    package var details: HTTPErrorDetails?

    /// Makes an error; without a message it says the status' reason phrase.
    public init(_ status: Status, _ message: String? = nil, headers: Headers = [:]) {
        self.status = status
        self.message = message ?? status.reasonPhrase
        self.headers = headers
    }

    /// The error in a log, such as `HTTPError 404: no item is named tea`.
    public var description: String { "HTTPError \(status.rawValue): \(message)" }
}
