// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
package import WhippetServer

/// What the modules above the host get from it, when it is made.
package struct HostServices: Sendable {
    /// Whether a client is told what went wrong inside.
    package let environment: RuntimeEnvironment
    /// Takes one line for the operator.
    package let log: @Sendable (String) -> Void
}

extension RouteDeclaring {
    /// Has a function called with what the host offers, before the first request.
    package func whenHosted(_ observe: @escaping @Sendable (HostServices) -> Void) {
        routes.declare { $0.hostObservers.append(observe) }
    }

    /// Declares what answers the methods of a path that have no handler of their own: no 405 then, and no automatic
    /// `OPTIONS`.
    ///
    /// - Parameter problem: Why the route can't be served; nil if it can.
    package func otherMethods(
        _ path: String, maxDuration: Duration? = nil, place: String, problem: String? = nil,
        _ handler: @escaping Handler
    ) {
        let handler = RouteHandler(handler)
        routes.declare { scope in
            scope.add(otherMethods: handler, path: path, maxDuration: maxDuration, place: place)
            if let problem { scope.refuse(path, "\(place): route \"\(path)\": \(problem)") }
        }
    }
}
