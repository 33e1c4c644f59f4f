// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetServer
internal import WhippetURL

/// An application whose routes are compiled: finds the handler of a request, runs it, and makes a response of whatever
/// comes out.
final class Host: Responder {
    let index: RouteIndex
    private let log: @Sendable (String) -> Void

    init(index: RouteIndex, log: @escaping @Sendable (String) -> Void) {
        self.index = index
        self.log = log
    }

    func respond(to request: Request) async -> Response {
        do {
            switch try index.find(request) {
            case .handler(let handler, let context, nil):
                return checked(try await handler.run(request, context))
            case .handler(let handler, let context, let limit?):
                var request = request
                request.bodyLimit = limit
                return checked(try await handler.run(request, context))
            case .answer(let response):
                return response
            }
        } catch {
            return response(to: error, request)
        }
    }

    /// A response that can't be sent becomes a 500 here, where the route is known.
    private func checked(_ response: consuming Response) -> Response {
        guard let failure = response.failure else { return response }
        log("500: \(failure)")
        return Response(status: .internalServerError)
    }

    private func response(to error: any Error, _ request: Request) -> Response {
        if let error = error as? HTTPError { return checked(error.response()) }
        // A handler that was cancelled has nobody to answer any more.
        if !(error is CancellationError) { log("500 \(request.method) \(request.url.pathname): \(error)") }
        return Response(status: .internalServerError)
    }
}
