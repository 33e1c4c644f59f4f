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

    func respond(to request: Request, in scope: RequestScope) async -> Response {
        let incoming = ExpressRequest(request, installation)
        let outgoing = ExpressResponse(incoming)
        let outcome = await installation.table.handle(incoming, outgoing)
        if !outgoing.isEnded { finish(outcome, incoming, outgoing) }
        var response = outgoing.makeResponse()
        if scope.hasStagedCookies { response.add(scope.takeCookies()) }
        guard let problem = response.problem else { return response }
        installation.application.log("500: \(problem)")
        return Response(status: .internalServerError)
    }

    /// Answers what nobody has answered.
    private func finish(_ outcome: RouterTable.Outcome, _ request: ExpressRequest, _ response: ExpressResponse) {
        switch outcome {
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
