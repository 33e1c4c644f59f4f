// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

/// A compiled application as a server calls it.
final class ExpressHost: Responder {
    let installation: Installation

    let clock: any Clock<Duration>

    init(_ installation: Installation, clock: any Clock<Duration>) {
        self.installation = installation
        self.clock = clock
    }

    func serve(_ driver: Driver, in scope: RequestScope) async {
        while let request = driver.next(in: scope) {
            let incoming = ExpressRequest(request, installation)
            let outgoing = ExpressResponse(incoming, nil)
            let response = response(await installation.table.handle(incoming, outgoing), incoming, outgoing, scope)
            if !driver.answer(response) { await driver.stream(response, in: scope) }
        }
    }

    /// Answers a request that somebody in this process asks.
    func respond(to request: Request, in scope: RequestScope) async -> Response {
        do {
            return try await HandlerTask.run { [self] opener in
                let incoming = ExpressRequest(request, installation)
                let outgoing = ExpressResponse(incoming, opener)
                return response(await installation.table.handle(incoming, outgoing), incoming, outgoing, scope)
            }
        } catch {
            // Nobody waits any more.
            return Response(status: .internalServerError)
        }
    }

    /// What is sent when all handlers have returned: the answer, or the rest of one that has begun.
    private func response(
        _ outcome: RouterTable.Outcome, _ incoming: ExpressRequest, _ outgoing: ExpressResponse, _ scope: RequestScope
    ) -> Response {
        if !outgoing.isEnded { finish(outcome, incoming, outgoing) }
        if outgoing.hasBegun { return .rest(outgoing.cutReason) }
        var response = outgoing.makeResponse()
        if scope.hasStagedCookies { response.add(scope.takeCookies()) }
        guard let problem = response.problem else { return response }
        installation.application.log("500: \(problem)")
        return Response(status: .internalServerError)
    }

    /// Answers what nobody has answered.
    private func finish(_ outcome: RouterTable.Outcome, _ request: ExpressRequest, _ response: ExpressResponse) {
        switch outcome {
        // The head is out: the client learns of it by the end of the connection.
        case .passed(let error?) where response.hasBegun:
            response.cut(error)
        // The end that the handler has forgotten.
        case _ where response.hasBegun:
            installation.application.log(
                "\(request.method) \(request.originalUrl): the handler has not called res.end()")
        case .done:
            installation.application.log(
                "500 \(request.method) \(request.originalUrl): the handler neither answered nor called next()")
            ErrorPage.send(HTTPError(.internalServerError), request, response)
        case .passed(let error?):
            ErrorPage.send(error, request, response)
        case .passed(nil) where !request.allowed.isEmpty && installation.settings.answersWrongMethods:
            let allow = ExpressResponse.list(request.allowed)
            ErrorPage.send(HTTPError(.methodNotAllowed, headers: [.allow: allow]), request, response)
        case .passed(nil):
            ErrorPage.sendNotFound(request, response)
        }
    }
}
