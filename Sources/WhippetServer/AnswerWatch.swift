// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Hears how the answer to one request ends.
package protocol AnswerWatch: AnyObject, Sendable {
    /// The handler has thrown something that is no answer.
    func failed(_ error: any Error)
    /// Middleware has sent the request to another route.
    func moved(to route: String)
    /// The last byte is out, or the client is gone.
    ///
    /// - Parameters:
    ///   - bytes: How many bytes of the body were sent; nil where nobody counts.
    ///   - isComplete: Whether all of the answer was sent.
    func ended(bytes: Int?, isComplete: Bool)
}
