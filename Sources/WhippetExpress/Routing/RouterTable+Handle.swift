// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra

// What a router does with a request: it asks its layers in their order until one answers.
extension RouterTable {
    /// What became of a request.
    enum Outcome {
        /// It was answered, or a handler ended without a word.
        case done
        /// Nobody answered; an error is the last that nobody handled.
        case passed((any Error)?)
    }

    /// Where a layer matched.
    private struct Match {
        var length: Int
        var params: Params
    }

    /// Asks the layers.
    func handle(_ request: ExpressRequest, _ response: ExpressResponse) async -> Outcome {
        let outer = request.place
        let outerParams = request.params
        defer {
            request.place = outer
            request.params = outerParams
        }
        var error: (any Error)?
        var known: [String: ParameterCall] = [:]
        var allowed: [HTTPMethod] = []
        for layer in layers {
            let match: Match
            do throws(HTTPError) {
                guard let found = try find(layer, request, outerParams) else { continue }
                match = found
            } catch let failure {
                if error == nil { error = failure }
                continue
            }
            if case .route(let route) = layer.target {
                if error != nil { continue }
                if route.method(for: request.method) == nil {
                    allowed += route.methods
                    continue
                }
            }
            request.params = match.params
            if !parameters.isEmpty, error == nil {
                switch await callParameterHandlers(request, response, &known) {
                case .none: return .done
                case .next: break
                case .error(let failure):
                    error = failure
                    continue
                case .route: continue
                case .router: return .passed(nil)
                }
            }
            let signal: NextSignal
            if case .route(let route) = layer.target {
                signal = await dispatch(route, request, response)
            } else {
                signal = await ask(layer, match, request, response, error)
            }
            request.place = outer
            switch signal {
            case .none: return .done
            case .next, .route: error = nil
            case .router: return .passed(nil)
            case .error(let failure): error = failure
            }
        }
        if error == nil, !allowed.isEmpty {
            if request.method == .OPTIONS {
                response.sendAllowed(allowed)
                return .done
            }
            request.allowed += allowed
        }
        return .passed(error)
    }

    /// Whether a layer's path matches what is left of the request's.
    ///
    /// - Throws: 400 for a parameter that can't be decoded.
    private func find(
        _ layer: Layer, _ request: ExpressRequest, _ outerParams: Params
    ) throws(HTTPError) -> Match? {
        // By position: a pattern that is taken out counts references to all that it holds.
        for index in layer.patterns.indices {
            if layer.patterns[index].matchesAll {
                return Match(length: 0, params: mergesParams ? outerParams : Params())
            }
            guard let match = request.withPath({ layer.patterns[index].match($0) }) else { continue }
            if layer.patterns[index].sequences[match.sequence].names.isEmpty {
                return Match(length: match.length, params: mergesParams ? outerParams : Params())
            }
            let params = try request.params(of: match, layer.patterns[index].sequences[match.sequence])
            return Match(length: match.length, params: mergesParams ? outerParams.merging(params) : params)
        }
        return nil
    }

    /// Has a layer that is no route do its part; with an error only error handlers do anything.
    private func ask(
        _ layer: Layer, _ match: Match, _ request: ExpressRequest, _ response: ExpressResponse,
        _ error: (any Error)?
    ) async -> NextSignal {
        switch layer.target {
        case .route: return .next
        case .function(let handler):
            if case .errorHandler = handler {
                guard error != nil else { return .next }
            } else if let error {
                return .error(error)
            }
            request.descend(match.length)
            return await Self.run(handler, request, response, error)
        case .router(let table):
            if let error { return .error(error) }
            request.descend(match.length)
            return Self.signal(await table.handle(request, response))
        case .application(let installation):
            if let error { return .error(error) }
            let outer = request.installation
            request.installation = installation
            defer { request.installation = outer }
            request.descend(match.length)
            return Self.signal(await installation.table.handle(request, response))
        }
    }

    private static func signal(_ outcome: Outcome) -> NextSignal {
        switch outcome {
        case .done: .none
        case .passed(let error): error.map { .error($0) } ?? .next
        }
    }

    /// Asks the handlers of a route.
    ///
    /// Inlined it is no asynchronous call of its own, which would cost some hundred instructions.
    @inline(__always)
    private func dispatch(
        _ route: RouteTable, _ request: ExpressRequest, _ response: ExpressResponse
    ) async -> NextSignal {
        guard let method = route.method(for: request.method) else { return .next }
        request.keptText = route.keptText
        defer { request.keptText = nil }
        for (own, handler) in route.handlers where own == nil || own == method {
            switch await Self.run(handler, request, response, nil) {
            case .none: return .none
            case .next: continue
            case .route: return .next
            case .router: return .router
            case .error(let error): return .error(error)
            }
        }
        return .next
    }

    /// Runs a function and finds out what it has said.
    static func run(
        _ handler: LayerHandler, _ request: ExpressRequest, _ response: ExpressResponse, _ error: (any Error)?
    ) async -> NextSignal {
        request.signal = .none
        do {
            switch handler {
            case .handler(let handler): try await handler(request, response)
            case .middleware(let handler): try await handler(request, response, ExpressNext(request: request))
            case .errorHandler(let handler):
                guard let error else { return .next }
                try await handler(error, request, response, ExpressNext(request: request))
            }
        } catch {
            return response.conclude(.error(error))
        }
        return response.conclude(request.signal)
    }
}
