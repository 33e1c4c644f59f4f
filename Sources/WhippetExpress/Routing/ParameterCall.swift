// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp

/// What the handlers of a parameter have said, so that they run once for a value.
struct ParameterCall {
    var value: String
    var error: (any Error)?
}

extension RouterTable {
    /// Runs the handlers of the parameters that have any.
    func callParameterHandlers(
        _ request: ExpressRequest, _ response: ExpressResponse, _ known: inout [String: ParameterCall]
    ) async -> NextSignal {
        for name in request.params.keys {
            guard let handlers = parameters[name], let value = request.params[name] else { continue }
            if let call = known[name], call.error != nil || call.value == value {
                if let error = call.error { return .error(error) }
                continue
            }
            known[name] = ParameterCall(value: value)
            for handler in handlers {
                request.signal = .none
                let signal: NextSignal
                do {
                    try await handler(request, response, ExpressNext(request: request), value)
                    signal = response.conclude(request.signal)
                } catch {
                    signal = response.conclude(.error(error))
                }
                if case .next = signal { continue }
                if case .error(let error) = signal { known[name]?.error = error }
                return signal
            }
        }
        return .next
    }
}
