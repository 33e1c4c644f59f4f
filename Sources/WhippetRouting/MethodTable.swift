// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// The handlers of one route by method, and the `Allow` value that goes with them.
package struct MethodTable<Handler: Sendable>: Sendable {
    /// What a route does with a method.
    package enum Lookup {
        /// This handler answers; `HEAD` gets the one of `GET` unless it has its own.
        case handler(Handler)
        /// No handler, but the method is `OPTIONS`: the answer is 204 with `Allow`.
        case automaticOPTIONS
        /// The answer is 405 with `Allow`.
        case notAllowed
    }

    @usableFromInline var slots = MethodSlots()
    @usableFromInline var handlers: [Handler] = []

    /// Makes a table without handlers.
    package init() {}

    /// Whether no method has a handler.
    package var isEmpty: Bool { handlers.isEmpty }

    /// The methods that have a handler of their own, in the order in which they got it.
    package var methods: [HTTPMethod] { slots.methods }

    /// The value of `Allow`: what has a handler, `HEAD` if there is `GET`, and `OPTIONS`, in alphabetical order.
    ///
    /// Source: [RFC 9110 §10.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1).
    package var allow: String { slots.allow }

    /// Gives a method its handler.
    package mutating func add(_ method: HTTPMethod, _ handler: Handler) throws(MethodTableError) {
        slots = try slots.adding(method)
        handlers.append(handler)
    }

    /// Finds what to do with a method; methods are case-sensitive.
    // Inlinable, so that it is compiled for the caller's handler type: unspecialised it costs ten times as much.
    @inlinable @inline(__always)
    package func lookup(_ method: HTTPMethod) -> Lookup {
        let index = slots.lookup(method)
        if index >= 0 { return .handler(handlers[index]) }
        return index == MethodSlots.automaticOPTIONS ? .automaticOPTIONS : .notAllowed
    }
}

/// The error of a handler that can't be added to a route.
package enum MethodTableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The method has a handler already.
    case duplicate(HTTPMethod)
    /// The method is not a token.
    case notAToken(HTTPMethod)
    /// `CONNECT` and `TRACE` are never handled by a route.
    case notRoutable(HTTPMethod)

    package var description: String {
        switch self {
        case .duplicate(let method): "\(method) has a handler already"
        case .notAToken(let method): "\"\(method)\" is not a method: a method is a token"
        case .notRoutable(let method): "\(method) can't be handled by a route"
        }
    }
}
