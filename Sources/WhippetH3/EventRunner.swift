// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer
internal import WhippetURL

/// Runs events through middleware and handler, and makes responses of what they return.
final class EventRunner: Sendable {
    /// A middleware in its place.
    struct Layer: Sendable {
        var matcher: CompiledMatcher?
        var method: HTTPMethod?
        var middleware: EventMiddleware

        func matches(_ request: Request) -> Bool {
            if let method, method != request.method, !(method == .GET && request.method == .HEAD) { return false }
            return matcher?.matches(request) ?? true
        }
    }

    static let jsonType = "application/json;charset=UTF-8"

    let configuration: H3Configuration
    let layers: [Layer]
    private let services = Locked<HostServices?>(nil)

    init(_ configuration: H3Configuration, _ layers: [Layer]) {
        self.configuration = configuration
        self.layers = layers
    }

    /// Takes what the host offers.
    func join(_ host: HostServices) {
        services.withLock { $0 = host }
    }

    /// Answers a request.
    ///
    /// - Throws: What steers the request and is the host's matter, such as `redirect(_:)`.
    func respond(_ request: Request, _ params: Params, _ handler: EventHandler) async throws -> Response {
        let event = H3Event(request, params, self)
        let value: EventValue
        do {
            if let onRequest = configuration.onRequest { try await onRequest(event) }
            // Each asynchronous call costs some hundred instructions.
            value = layers.isEmpty ? try await handler.run(event) : try await proceed(from: 0, event, handler)
        } catch {
            value = EventValue(kind: .error(error))
        }
        let response: Response
        if let plain = plainResponse(of: value, event) {
            response = plain
        } else {
            response = try await self.response(of: value, event)
        }
        guard let onResponse = configuration.onResponse else { return response }
        do {
            try await onResponse(response, event)
        } catch {
            log("onResponse: \(error)")
        }
        return response
    }

    /// Runs the layers from a position on, then the handler.
    func proceed(
        from start: Int, _ event: H3Event, _ handler: EventHandler
    ) async throws -> EventValue {
        var position = start
        while position < layers.count {
            let layer = layers[position]
            position += 1
            guard layer.matches(event.req) else { continue }
            let next = EventNext { [position] in try await self.proceed(from: position, event, handler) }
            let value = try await layer.middleware.run(event, next)
            switch value.kind {
            case .nothing, .notFound: return try await next()
            default: return value
            }
        }
        return try await handler.run(event)
    }

    func log(_ line: String) {
        (services.withLock { $0 }?.log ?? StandardError.write)(line)
    }

    // MARK: - Responses

    /// The response of a value with what is prepared for it.
    func response(of value: EventValue, _ event: H3Event) async throws -> Response {
        switch value.kind {
        case .error(let error):
            return try await response(of: error, event)
        case .notFound:
            let request = event.req
            return try await response(
                of: HTTPError(
                    status: .notFound,
                    message: "Cannot find any route matching [\(request.method)] \(request.url.href)"), event)
        case .value(let make):
            // What can't be written is an error like any other.
            guard let failure = make(configuration.debug).failure else { break }
            return try await response(of: failure, event)
        default: break
        }
        return plainResponse(of: value, event) ?? Response(status: .internalServerError)
    }

    /// The response of a value that is no error; nil for one that is.
    private func plainResponse(of value: EventValue, _ event: H3Event) -> Response? {
        switch value.kind {
        case .error, .notFound: return nil
        case .response(let response):
            // A complete response: its status stays. Errors don't take what is meant for the answer.
            guard let prepared = event.res.take() else { return response }
            let isError = response.status.rawValue >= 400
            return response.merging(isError ? prepared.errHeaders : prepared.headers)
        case .body(let body):
            return complete(body.body, status: body.status, statusText: body.statusText, event.res.take())
        case .value(let make):
            let made = make(configuration.debug)
            if made.failure != nil { return nil }
            return complete(made, status: nil, statusText: "", event.res.take())
        case .nothing:
            return complete(Response(""), status: nil, statusText: "", event.res.take())
        case .handled:
            return Response()
        }
    }

    private func complete(
        _ response: Response, status: Status?, statusText: String, _ prepared: EventResponse.Prepared?
    ) -> Response {
        if prepared == nil, status == nil, statusText.isEmpty { return response }
        let prepared = prepared ?? EventResponse.Prepared()
        let wanted = status ?? prepared.status ?? .ok
        // What can't be sent is 200, as in h3.
        let status: Status = 200...599 ~= wanted.rawValue ? wanted : .ok
        return response.replacing(status: status, statusText: statusText.isEmpty ? prepared.statusText : statusText)
            .merging(prepared.headers)
    }

    // MARK: - Errors

    /// Whether an error is the host's matter: it steers the request, or ends one that nobody waits for.
    static func steersRequest(_ error: any Error) -> Bool {
        error is Redirection || error is CancellationError
    }

    private func response(of error: any Error, _ event: H3Event) async throws -> Response {
        if Self.steersRequest(error) { throw error }
        RequestScope.current?.dropCookies()
        let errHeaders = event.res.take()?.errHeaders ?? Headers()
        var failure = HTTPError(answeringFor: error)
        if failure.unhandled { log("500 \(event.req.method) \(event.req.url.pathname): \(error)") }
        let isFirst = event.state.withLock { state in
            defer { state.isErrorHandled = true }
            return !state.isErrorHandled
        }
        if isFirst, let onError = configuration.onError {
            do {
                let value = try await onError(failure, event)
                if case .nothing = value.kind {} else { return try await response(of: value, event) }
            } catch {
                if Self.steersRequest(error) { throw error }
                failure = HTTPError(answeringFor: error)
                if failure.unhandled { log("onError: \(error)") }
            }
        }
        return failure.h3Response(pretty: configuration.debug).merging(errHeaders)
    }
}

extension Response {
    /// The response with prepared headers, which win; cookies are added.
    fileprivate func merging(_ prepared: Headers) -> Response {
        var response = self
        for (name, value) in prepared {
            if name == "set-cookie" {
                response.headers.append(.setCookie, value)
            } else {
                response.headers[name] = value
            }
        }
        return response
    }
}
