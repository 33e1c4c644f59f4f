// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetInfra

// One form for each kind of function that a route file may export.
extension RouteFile {
    /// Exports a function without parameters that returns a response, text or JSON.
    @inlinable
    public mutating func export<Value: ResponseConvertible>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable () async throws -> Value, line: Int
    ) {
        add(method, line) { _, _ in try await handler().response }
    }

    /// Exports a function of the request that returns a response, text or JSON.
    @inlinable
    public mutating func export<Value: ResponseConvertible>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request) async throws -> Value, line: Int
    ) {
        add(method, line) { request, _ in try await handler(request).response }
    }

    /// Exports a function of the request and its context that returns a response, text or JSON.
    @inlinable
    public mutating func export<Value: ResponseConvertible>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request, Context) async throws -> Value, line: Int
    ) {
        add(method, line) { request, context in try await handler(request, context).response }
    }

    /// Exports a function of the request and its context that returns a response: a handler as it is.
    public mutating func export(_ method: HTTPMethod, _ handler: @escaping Handler, line: Int) {
        add(method, line, handler)
    }

    /// Exports a function without parameters that returns something encodable, sent as JSON.
    @_disfavoredOverload @inlinable
    public mutating func export<Value: Encodable & SendableMetatype>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable () async throws -> Value, line: Int
    ) {
        add(method, line) { _, _ in try await Response.encoding(handler()) }
    }

    /// Exports a function of the request that returns something encodable, sent as JSON.
    @_disfavoredOverload @inlinable
    public mutating func export<Value: Encodable & SendableMetatype>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request) async throws -> Value, line: Int
    ) {
        add(method, line) { request, _ in try await Response.encoding(handler(request)) }
    }

    /// Exports a function of the request and its context that returns something encodable, sent as JSON.
    @_disfavoredOverload @inlinable
    public mutating func export<Value: Encodable & SendableMetatype>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request, Context) async throws -> Value, line: Int
    ) {
        add(method, line) { request, context in try await Response.encoding(handler(request, context)) }
    }

    /// Exports a function without parameters that returns chunks, sent as they come.
    @_disfavoredOverload
    public mutating func export<Chunks: AsyncSequence & Sendable>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable () async throws -> Chunks, line: Int
    ) where Chunks.Element == [UInt8] {
        add(method, line) { _, _ in try await Response(handler()) }
    }

    /// Exports a function of the request that returns chunks, sent as they come.
    @_disfavoredOverload
    public mutating func export<Chunks: AsyncSequence & Sendable>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request) async throws -> Chunks, line: Int
    ) where Chunks.Element == [UInt8] {
        add(method, line) { request, _ in try await Response(handler(request)) }
    }

    /// Exports a function of the request and its context that returns chunks, sent as they come.
    @_disfavoredOverload
    public mutating func export<Chunks: AsyncSequence & Sendable>(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request, Context) async throws -> Chunks, line: Int
    ) where Chunks.Element == [UInt8] {
        add(method, line) { request, context in try await Response(handler(request, context)) }
    }

    /// Exports a function without parameters that returns nothing: 204.
    @_disfavoredOverload
    public mutating func export(
        _ method: HTTPMethod, _ handler: @escaping @Sendable () async throws -> Void, line: Int
    ) {
        add(method, line) { _, _ in
            try await handler()
            return Response(status: .noContent)
        }
    }

    /// Exports a function of the request that returns nothing: 204.
    @_disfavoredOverload
    public mutating func export(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request) async throws -> Void, line: Int
    ) {
        add(method, line) { request, _ in
            try await handler(request)
            return Response(status: .noContent)
        }
    }

    /// Exports a function of the request and its context that returns nothing: 204.
    @_disfavoredOverload
    public mutating func export(
        _ method: HTTPMethod, _ handler: @escaping @Sendable (Request, Context) async throws -> Void, line: Int
    ) {
        add(method, line) { request, context in
            try await handler(request, context)
            return Response(status: .noContent)
        }
    }
}
