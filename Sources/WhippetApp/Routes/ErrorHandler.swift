// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// Answers for an error.
public struct ErrorHandler: Sendable {
    /// Makes a response of an error, or throws it or another one to the handler outside of it.
    public typealias Run = @Sendable (any Error, Request, Context) async throws -> Response

    let run: Run
}

/// Answers where nothing is.
struct NotFoundHandler: Sendable {
    let run: Handler
}
