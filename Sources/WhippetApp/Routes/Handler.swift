// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// Answers the requests of one route and method.
///
/// It runs on the event loop of the request's connection: blocking work belongs into `offload`. What it throws becomes
/// a response: an `HTTPError` its status and message, anything else a 500, without details in production.
public typealias Handler = @Sendable (Request, Context) async throws -> Response
