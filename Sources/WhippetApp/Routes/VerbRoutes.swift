// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetInfra

/// Declares handlers of one method: what `app.get`, `app.post` and their sisters are.
///
/// A handler takes nothing, the request, or the request and its context, and returns a response, text, a `JSON` value,
/// anything `Encodable`, a sequence of chunks, or nothing, which is answered with 204.
/// ```swift
/// struct Item: Codable, Sendable { var slug: String }
/// app.get("/hello") { "Hello, World!" }
/// app.get("/items/[slug]") { _, context in Item(slug: context.params.slug) }
/// app.post("/items") { request in
///     Response.json(try await request.json(), status: .created)
/// }
/// ```
public struct VerbRoutes {
    let routes: Routes
    let method: HTTPMethod

    @usableFromInline
    func declare(
        _ path: String, _ config: SegmentConfig, _ file: StaticString, _ line: UInt, _ run: @escaping Handler
    ) {
        let handler = MethodHandler(method: method, run: run)
        routes.declare { $0.add(handler, path: path, config, place: .line(file, line)) }
    }

    /// Declares a function without parameters that returns a response, text or JSON.
    @inlinable
    public func callAsFunction<Value: ResponseConvertible>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable () async throws -> Value
    ) {
        declare(path, config, file, line) { _, _ in try await handler().response }
    }

    /// Declares a function of the request that returns a response, text or JSON.
    @inlinable
    public func callAsFunction<Value: ResponseConvertible>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request) async throws -> Value
    ) {
        declare(path, config, file, line) { request, _ in try await handler(request).response }
    }

    /// Declares a function of the request and its context that returns a response, text or JSON.
    @inlinable
    public func callAsFunction<Value: ResponseConvertible>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Value
    ) {
        declare(path, config, file, line) { request, context in try await handler(request, context).response }
    }

    /// Declares a function without parameters that returns something encodable, sent as JSON.
    @_disfavoredOverload @inlinable
    public func callAsFunction<Value: Encodable & SendableMetatype>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable () async throws -> Value
    ) {
        declare(path, config, file, line) { _, _ in try await Response.encoding(handler()) }
    }

    /// Declares a function of the request that returns something encodable, sent as JSON.
    @_disfavoredOverload @inlinable
    public func callAsFunction<Value: Encodable & SendableMetatype>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request) async throws -> Value
    ) {
        declare(path, config, file, line) { request, _ in try await Response.encoding(handler(request)) }
    }

    /// Declares a function of the request and its context that returns something encodable, sent as JSON.
    @_disfavoredOverload @inlinable
    public func callAsFunction<Value: Encodable & SendableMetatype>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Value
    ) {
        declare(path, config, file, line) { request, context in try await Response.encoding(handler(request, context)) }
    }

    /// Declares a function without parameters that returns chunks, sent as they come.
    @_disfavoredOverload
    public func callAsFunction<Chunks: AsyncSequence & Sendable>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable () async throws -> Chunks
    ) where Chunks.Element == [UInt8] {
        declare(path, config, file, line) { _, _ in try await Response(handler()) }
    }

    /// Declares a function of the request that returns chunks, sent as they come.
    @_disfavoredOverload
    public func callAsFunction<Chunks: AsyncSequence & Sendable>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request) async throws -> Chunks
    ) where Chunks.Element == [UInt8] {
        declare(path, config, file, line) { request, _ in try await Response(handler(request)) }
    }

    /// Declares a function of the request and its context that returns chunks, sent as they come.
    @_disfavoredOverload
    public func callAsFunction<Chunks: AsyncSequence & Sendable>(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Chunks
    ) where Chunks.Element == [UInt8] {
        declare(path, config, file, line) { request, context in try await Response(handler(request, context)) }
    }

    /// Declares a function without parameters that returns nothing: 204.
    @_disfavoredOverload
    public func callAsFunction(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable () async throws -> Void
    ) {
        declare(path, config, file, line) { _, _ in
            try await handler()
            return Response(status: .noContent)
        }
    }

    /// Declares a function of the request that returns nothing: 204.
    @_disfavoredOverload
    public func callAsFunction(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request) async throws -> Void
    ) {
        declare(path, config, file, line) { request, _ in
            try await handler(request)
            return Response(status: .noContent)
        }
    }

    /// Declares a function of the request and its context that returns nothing: 204.
    @_disfavoredOverload
    public func callAsFunction(
        _ path: String, config: SegmentConfig = SegmentConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (Request, Context) async throws -> Void
    ) {
        declare(path, config, file, line) { request, context in
            try await handler(request, context)
            return Response(status: .noContent)
        }
    }
}

extension RouteDeclaring {
    /// Declares handlers of `GET`, which answer `HEAD` as well.
    public var get: VerbRoutes { on(.GET) }
    /// Declares handlers of `POST`.
    public var post: VerbRoutes { on(.POST) }
    /// Declares handlers of `PUT`.
    public var put: VerbRoutes { on(.PUT) }
    /// Declares handlers of `PATCH`.
    public var patch: VerbRoutes { on(.PATCH) }
    /// Declares handlers of `DELETE`.
    public var delete: VerbRoutes { on(.DELETE) }
    /// Declares handlers of `OPTIONS`, instead of the automatic answer.
    public var options: VerbRoutes { on(.OPTIONS) }
    /// Declares handlers of `QUERY`.
    public var query: VerbRoutes { on(.QUERY) }

    /// Declares handlers of any method, such as `app.on("PURGE")("/cache") { … }`.
    public func on(_ method: HTTPMethod) -> VerbRoutes {
        VerbRoutes(routes: routes, method: method)
    }
}
