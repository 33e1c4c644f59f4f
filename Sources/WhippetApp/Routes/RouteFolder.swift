// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// What the files `middleware.swift`, `error.swift` and `not-found.swift` of a folder export: written by the build
/// plugin, not by hand.
public struct RouteFolder: SegmentExporting {
    let source: String
    var settings = ScopeSettings()
    private var function: Middleware.Run?
    private var matcher: Matcher?

    init(source: String, settings: ScopeSettings) {
        self.source = source
        self.settings = settings
    }

    /// The settings with the middleware, whose matcher may have come after it.
    func finish() -> ScopeSettings {
        var settings = settings
        if let function { settings.middleware.append(Middleware(matcher: matcher, function)) }
        return settings
    }

    /// Exports `matcher`.
    public mutating func export(matcher: Matcher, line: Int) { self.matcher = matcher }

    /// Exports `matcher` as one pattern.
    public mutating func export(matcher: String, line: Int) { self.matcher = Matcher(matcher) }

    /// Exports `matcher` as patterns.
    public mutating func export(matcher: [String], line: Int) { self.matcher = Matcher(matcher) }

    /// Exports a part of the config of all routes below.
    public mutating func export(_ setting: SegmentSetting, line: Int) {
        settings.apply(setting, place: "\(source):\(line)")
    }

    // MARK: - Middleware

    /// Exports middleware that runs what comes next itself.
    public mutating func export(middleware: @escaping Middleware.Run, line: Int) { function = middleware }

    /// Exports middleware as Next has it: nil and `Response.next()` go on, any other response is the answer.
    public mutating func export(
        middleware: @escaping @Sendable (Request) async throws -> Response?, line: Int
    ) {
        function = { request, _, _ in try await middleware(request) ?? .next() }
    }

    /// Exports middleware as Next has it, with the context.
    public mutating func export(
        middleware: @escaping @Sendable (Request, Context) async throws -> Response?, line: Int
    ) {
        function = { request, context, _ in try await middleware(request, context) ?? .next() }
    }

    // MARK: - Instrumentation

    /// Exports what runs before the application listens.
    public mutating func export(register: @escaping @Sendable () async throws -> Void, line: Int) {
        settings.instrumentation.register = register
    }

    /// Exports what hears of errors.
    public mutating func export(onRequestError: @escaping @Sendable (any Error) async -> Void, line: Int) {
        settings.instrumentation.onRequestError = { error, _, _ in await onRequestError(error) }
    }

    /// Exports what hears of errors with their requests.
    public mutating func export(onRequestError: @escaping @Sendable (any Error, Request) async -> Void, line: Int) {
        settings.instrumentation.onRequestError = { error, request, _ in await onRequestError(error, request) }
    }

    /// Exports what hears of errors with their requests and routes.
    public mutating func export(onRequestError: @escaping Instrumentation.OnRequestError, line: Int) {
        settings.instrumentation.onRequestError = onRequestError
    }

    // MARK: - Errors

    /// Exports an error handler of the error alone.
    public mutating func export(error: @escaping @Sendable (any Error) async throws -> Response, line: Int) {
        settings.errorHandlers.append(ErrorHandler { failure, _, _ in try await error(failure) })
    }

    /// Exports an error handler of the error and the request.
    public mutating func export(error: @escaping @Sendable (any Error, Request) async throws -> Response, line: Int) {
        settings.errorHandlers.append(ErrorHandler { failure, request, _ in try await error(failure, request) })
    }

    /// Exports an error handler of the error, the request and its context.
    public mutating func export(error: @escaping ErrorHandler.Run, line: Int) {
        settings.errorHandlers.append(ErrorHandler(run: error))
    }

    /// Exports what answers where nothing is.
    public mutating func export(notFound: @escaping @Sendable () async throws -> Response, line: Int) {
        settings.notFound = NotFoundHandler { _, _ in try await notFound() }
    }

    /// Exports what answers where nothing is, of the request.
    public mutating func export(notFound: @escaping @Sendable (Request) async throws -> Response, line: Int) {
        settings.notFound = NotFoundHandler { request, _ in try await notFound(request) }
    }

    /// Exports what answers where nothing is, of the request and its context.
    public mutating func export(notFound: @escaping Handler, line: Int) {
        settings.notFound = NotFoundHandler(run: notFound)
    }

    /// Exports what answers where nothing is, as text with the status 404.
    public mutating func export(notFound: @escaping @Sendable () async throws -> String, line: Int) {
        settings.notFound = NotFoundHandler { _, _ in
            Response(try await notFound(), status: .notFound)
        }
    }
}
