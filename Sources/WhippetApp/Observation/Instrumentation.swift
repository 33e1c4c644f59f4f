// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// What runs around the life of an application, as Next's `instrumentation` file has it.
///
/// ```swift
/// let instrumentation = Instrumentation(
///     register: { /* connect to the collector */ },
///     onRequestError: { error, request, context in
///         StandardError.write("\(context.route): \(error)")
///     })
/// expect(instrumentation.onRequestError != nil)
/// ```
public struct Instrumentation: Sendable {
    /// Gets what was thrown, the request, and the route with its parameters.
    public typealias OnRequestError = @Sendable (any Error, Request, Context) async -> Void

    /// Runs once, before the application listens; what it throws keeps the application from starting.
    public var register: (@Sendable () async throws -> Void)?

    /// Runs for each error that a handler or middleware throws, before error handlers: not for `redirect` and the like,
    /// nor for an `HTTPError` below 500, which are answers.
    public var onRequestError: OnRequestError?

    /// Makes instrumentation.
    public init(register: (@Sendable () async throws -> Void)? = nil, onRequestError: OnRequestError? = nil) {
        self.register = register
        self.onRequestError = onRequestError
    }

    /// What a program says, and then what its file `instrumentation.swift` does; nil if neither says anything.
    init?(_ program: Instrumentation?, _ scope: RouteScope) {
        var registers: [@Sendable () async throws -> Void] = []
        var listeners: [OnRequestError] = []
        func add(_ instrumentation: Instrumentation) {
            if let register = instrumentation.register { registers.append(register) }
            if let listener = instrumentation.onRequestError { listeners.append(listener) }
        }
        if let program { add(program) }
        // The files are the application's routes, or mounted in them.
        add(scope.settings.instrumentation)
        for child in scope.children { add(child.freeze().settings.instrumentation) }
        if registers.isEmpty, listeners.isEmpty { return nil }
        let (allRegisters, allListeners) = (registers, listeners)
        if !registers.isEmpty { register = { for register in allRegisters { try await register() } } }
        if !listeners.isEmpty {
            onRequestError = { error, request, context in
                for listener in allListeners { await listener(error, request, context) }
            }
        }
    }
}
