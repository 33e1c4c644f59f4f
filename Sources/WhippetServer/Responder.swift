// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra

/// What answers a server's requests.
///
/// A method of an object and not a closure: a closure that passes through generic code is wrapped at each border, and
/// each wrapper of an asynchronous one costs a frame and a look at the executor.
package protocol Responder: AnyObject, Sendable {
    /// Answers the requests that a driver has, one after another, until it has none.
    ///
    /// The one way from the engine to the handlers: one that answers plain requests here, without calling `respond`,
    /// saves what an asynchronous call costs for each.
    ///
    /// - Parameter scope: What the functions that handlers call see of the request at hand.
    func serve(_ driver: Driver, in scope: RequestScope) async

    /// Answers a request; runs on the event loop of the request's connection.
    ///
    /// - Parameter scope: What the functions that handlers call see of the request.
    func respond(to request: Request, in scope: RequestScope) async -> Response

    /// Answers for the error of a body that failed before its first byte; nil leaves it to the engine's plain 500.
    ///
    /// - Parameters:
    ///   - response: The response whose body it is.
    ///   - scope: That of the request, as `respond` has had it.
    func respond(to error: any Error, insteadOf response: Response, in scope: RequestScope) async -> Response?

    /// What measures time for handlers: a test passes its own.
    var clock: any _Concurrency.Clock<Duration> { get }

    /// What a line for the operator calls a request.
    func name(of request: Request) -> String

    /// A turn of an event loop has taken too long.
    ///
    /// - Parameter request: The name of the request that blocked it, where that is known.
    func eventLoopBlocked(for duration: Duration, by request: String?)
}

extension Responder {
    package func serve(_ driver: Driver, in scope: RequestScope) async {
        while let request = driver.next(in: scope) {
            let response = await respond(to: request, in: scope)
            if !driver.answer(response) { await driver.stream(response, in: scope) }
        }
    }

    package func respond(
        to error: any Error, insteadOf response: Response, in scope: RequestScope
    ) async -> Response? {
        nil
    }

    package var clock: any _Concurrency.Clock<Duration> { ContinuousClock() }

    package func name(of request: Request) -> String {
        "\(request.method) \(request.withPathBytes { String(decoding: $0, as: UTF8.self) })"
    }

    package func eventLoopBlocked(for duration: Duration, by request: String?) {}
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
