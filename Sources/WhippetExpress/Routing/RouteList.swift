// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What is declared until somebody asks for it; nothing can be added after that.
final class RouteList<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var parameters: [(name: String, handler: ExpressParameterHandler)] = []
        var isFrozen = false
    }

    private let state = Locked(State())

    func append(_ element: Element) {
        state.withLock { state in
            precondition(!state.isFrozen, "Whippet: routes are declared before the first request")
            state.elements.append(element)
        }
    }

    func append(_ name: String, _ handler: @escaping ExpressParameterHandler) {
        state.withLock { state in
            precondition(!state.isFrozen, "Whippet: routes are declared before the first request")
            state.parameters.append((name, handler))
        }
    }

    func freeze() -> (elements: [Element], parameters: [(name: String, handler: ExpressParameterHandler)]) {
        state.withLock { state in
            state.isFrozen = true
            return (state.elements, state.parameters)
        }
    }
}
