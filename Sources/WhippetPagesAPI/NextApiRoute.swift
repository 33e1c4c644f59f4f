// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer
internal import WhippetURL

/// Runs the handler of an API route.
final class NextApiRoute: Sendable {
    typealias Run = @Sendable (NextApiRequest, NextApiAnswer) async throws -> Void

    let config: NextApiConfig
    /// File and line, for errors.
    let place: String
    private let run: Run
    private let services = Locked<HostServices?>(nil)

    init(_ config: NextApiConfig, place: String, _ run: @escaping Run) {
        self.config = config
        self.place = place
        self.run = run
    }

    /// Takes what the host offers.
    func join(_ host: HostServices) {
        services.withLock { $0 = host }
    }

    /// Answers a request.
    ///
    /// - Parameter opener: Begins the answer while the handler runs; nil where the connection itself does.
    /// - Throws: What steers the request and is the host's matter, such as `redirect(_:)`.
    func respond(_ request: Request, _ context: Context, _ opener: (any AnswerOpener)?) async throws -> Response {
        let answer = NextApiAnswer(opener, self, context.route)
        do {
            try await run(try await NextApiRequest(request, context, config.api.bodyParser), answer)
            if !answer.hasEnded, !config.api.externalResolver {
                return try unfinished(answer, request)
            }
            let response = try answer.response(to: request)
            let length = response.bodyLength ?? answer.state.withLock { $0.length }
            if let limit = config.api.responseLimit.bytes, length >= limit {
                log("API response for \(request.url.pathname) exceeds \(config.api.responseLimit.text).")
            }
            return response
        } catch let error as HTTPError {
            RequestScope.current?.dropCookies()
            return answer.response(of: error)
        } catch {
            if answer.hasBegun { return .rest(error) }
            if error is Redirection || error is CancellationError { throw error }
            RequestScope.current?.dropCookies()
            log("500 \(request.method) \(request.url.pathname): \(error)")
            return answer.response(of: .internalServerError)
        }
    }

    /// What is sent for a handler that has not ended its answer: nobody can do so any more.
    private func unfinished(_ answer: NextApiAnswer, _ request: Request) throws -> Response {
        log("API resolved without sending a response for \(request.url.pathname)")
        guard answer.state.withLock({ $0.written.isEmpty && $0.output == nil }) else {
            return try answer.response(to: request)
        }
        return answer.response(of: .internalServerError)
    }

    func log(_ line: String) {
        (services.withLock { $0 }?.log ?? StandardError.write)(line)
    }
}
