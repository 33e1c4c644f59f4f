// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetServer
internal import WhippetURL

extension Host {
    /// Makes a response of what a handler or middleware has thrown: the nearest handlers first, then the host's own way.
    func answer(to error: any Error, _ request: Request, _ found: Found) async -> Response {
        await report(error, request, found)
        var error = error
        // As in Next: cookies stay with a redirect and go with an error.
        if !(error is Redirection) { RequestScope.current?.dropCookies() }
        if let handler = found.settings.notFound, (error as? HTTPError)?.status == .notFound {
            do {
                return checked(try await handler.run(request, found.context))
            } catch let other {
                error = other
            }
        }
        for handler in found.settings.errorHandlers {
            // What steers the request is no error, and nobody waits for the answer to a cancelled one.
            if error is Redirection || error is CancellationError { break }
            do {
                return checked(try await handler.run(error, request, found.context))
            } catch let other {
                error = other
            }
        }
        return answerWithoutHandler(to: error, request)
    }

    /// Tells those who want to know of errors that no handler has thrown on purpose.
    private func report(_ error: any Error, _ request: Request, _ found: Found) async {
        if error is Redirection || error is CancellationError { return }
        if let error = error as? HTTPError, error.status.rawValue < 500 { return }
        RequestScope.current?.watcher?.failed(error)
        await instrumentation?.onRequestError?(error, request, found.context)
    }

    private func answerWithoutHandler(to error: any Error, _ request: Request) -> Response {
        if let redirection = error as? Redirection { return checked(redirection.response(to: request)) }
        if let error = error as? HTTPError { return checked(error.response(to: request)) }
        // A handler that was cancelled has nobody to answer any more.
        if error is CancellationError { return Response(status: .internalServerError) }
        log("500 \(request.method) \(request.url.pathname): \(error)")
        guard environment == .development else { return Response(status: .internalServerError) }
        return HTTPError(.internalServerError, "\(error)").response(to: request)
    }
}
