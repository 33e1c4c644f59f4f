// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A set of routes under one path, and what they share: middleware, error handlers, limits, rules for other origins.
///
/// An application has one, and each `group` in it is another.
/// ```swift
/// app.group("/admin") { admin in
///     admin.use(.basicAuth { name, password in name == "ada" && password == "lovelace" })
///     admin.get("/users") { ["ada", "grace"] }
/// }
/// ```
/// Routes are declared before the first request; the first request freezes them.
public final class Routes: RouteDeclaring, Sendable {
    private struct State {
        var scope: RouteScope
        var isFrozen = false
    }

    private let state: Locked<State>

    /// Makes an empty set of routes.
    public convenience init() {
        self.init(RouteScope())
    }

    init(_ scope: RouteScope) {
        state = Locked(State(scope: scope))
    }

    /// The set itself.
    public var routes: Routes { self }

    func declare<Result>(_ change: (inout RouteScope) -> Result) -> Result {
        state.withLock { state in
            precondition(!state.isFrozen, "Whippet: routes are declared before the first request")
            return change(&state.scope)
        }
    }

    /// What was declared; nothing can be added after this.
    func freeze() -> RouteScope {
        state.withLock { state in
            state.isFrozen = true
            return state.scope
        }
    }
}
