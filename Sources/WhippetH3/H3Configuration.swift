// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// The settings of an `H3` application.
public struct H3Configuration: Sendable {
    /// Whether JSON is written for people to read.
    public var debug: Bool
    /// Is called before all else.
    public var onRequest: (@Sendable (H3Event) async throws -> Void)?
    /// Is called with each response; what it throws is written to the log and changes nothing.
    public var onResponse: (@Sendable (Response, H3Event) async throws -> Void)?
    /// Is told of each error, and may return a value to answer with: `EventValue(…)`, or `.nothing`.
    public var onError: (@Sendable (HTTPError, H3Event) async throws -> EventValue)?

    /// Makes the settings.
    public init(
        debug: Bool = false, onRequest: (@Sendable (H3Event) async throws -> Void)? = nil,
        onResponse: (@Sendable (Response, H3Event) async throws -> Void)? = nil,
        onError: (@Sendable (HTTPError, H3Event) async throws -> EventValue)? = nil
    ) {
        self.debug = debug
        self.onRequest = onRequest
        self.onResponse = onResponse
        self.onError = onError
    }
}
