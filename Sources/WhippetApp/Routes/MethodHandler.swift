// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The handler of one method.
///
/// A struct around the closure: generic code such as an array or a table would wrap the bare closure, and each wrapper of
/// an asynchronous one costs a frame per call.
struct MethodHandler: Sendable {
    var method: HTTPMethod
    var run: Handler
    /// What is kept of its answers; nil for nothing.
    var cached: CachedRoute?
}
