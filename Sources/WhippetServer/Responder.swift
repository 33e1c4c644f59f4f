// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch

/// What answers a server's requests.
///
/// A method of an object and not a closure: a closure that passes through generic code is wrapped at each border, and
/// each wrapper of an asynchronous one costs a frame and a look at the executor.
package protocol Responder: AnyObject, Sendable {
    /// Answers a request; runs on the event loop of the request's connection.
    ///
    /// - Parameter scope: What the functions that handlers call see of the request.
    func respond(to request: Request, in scope: RequestScope) async -> Response
}

/// A function as a responder.
final class FunctionResponder: Responder {
    private let function: Server.Handler

    init(_ function: @escaping Server.Handler) {
        self.function = function
    }

    func respond(to request: Request, in scope: RequestScope) async -> Response {
        await function(request)
    }
}
