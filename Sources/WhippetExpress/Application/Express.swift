// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The namespace of Express: `express()` makes an application, `express.json()` and its sisters make middleware.
///
/// ```swift
/// let app = express()
/// app.use(express.json())
/// app.post("/echo") { req, res in res.json(req.body) }
/// ```
public let express = Express()

/// What `express` can make.
public struct Express: Sendable {
    init() {}

    /// Makes an application.
    public func callAsFunction() -> Application { Application() }

    /// Makes a router, to be mounted with `use`.
    public func Router(
        caseSensitive: Bool = false, mergeParams: Bool = false, strict: Bool = false
    ) -> Router {
        WhippetExpress.Router(
            .init(caseSensitive: caseSensitive, mergeParams: mergeParams, strict: strict))
    }
}
