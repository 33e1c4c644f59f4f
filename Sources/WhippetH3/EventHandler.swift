// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
internal import WhippetFetch
internal import WhippetInfra

/// A function of an event, whatever it returns: what `defineHandler` makes.
public struct EventHandler: Sendable {
    let run: @Sendable (H3Event) async throws -> EventValue

    /// What answers where no route does.
    static let notFound = EventHandler { _ in EventValue.notFound }

    /// Takes a function that returns what a handler may return as it is.
    public init<Value: ResponseConvertible>(_ handler: @escaping @Sendable (H3Event) async throws -> Value) {
        let convert = EventValue.converter(for: Value.self)
        run = { convert(try await handler($0)) }
    }

    /// Takes a function that returns an integer of any size, written in full as JSON.
    public init<Value: BinaryInteger & SendableMetatype>(_ handler: @escaping @Sendable (H3Event) async throws -> Value)
    {
        run = { event in
            let text = String(try await handler(event))
            return EventValue(kind: .value { _ in Response(text, headers: [.contentType: EventRunner.jsonType]) })
        }
    }

    /// Takes a function that returns something encodable, sent as JSON; nil is an empty response.
    @_disfavoredOverload
    public init<Value: Encodable & SendableMetatype>(
        _ handler: @escaping @Sendable (H3Event) async throws -> Value
    ) {
        run = { event in
            let value = try await handler(event)
            if case Optional<Any>.none = value as Any { return .nothing }
            let response = Response.value(encoding: value, pretty: event.runner.configuration.debug)
            return EventValue(kind: .value { _ in response })
        }
    }

    /// Takes a function that returns chunks, sent as they come.
    @_disfavoredOverload
    public init<Chunks: AsyncSequence & Sendable>(
        _ handler: @escaping @Sendable (H3Event) async throws -> Chunks
    ) where Chunks.Element == [UInt8] {
        run = { event in
            let response = Response(try await handler(event))
            return EventValue(kind: .value { _ in response })
        }
    }

    /// Takes a function that returns an error, which is answered for as if it were thrown.
    @_disfavoredOverload
    public init<Failure: Error>(_ handler: @escaping @Sendable (H3Event) async throws -> Failure) {
        run = { EventValue(kind: .error(try await handler($0))) }
    }

    /// Takes a function that returns nothing: an empty response.
    @_disfavoredOverload
    public init(_ handler: @escaping @Sendable (H3Event) async throws -> Void) {
        run = { event in
            try await handler(event)
            return .nothing
        }
    }
}

// swift-format-ignore: TypeNamesShouldBeCapitalized
/// Makes a handler of a function of an event, in the forms of `EventHandler.init`.
///
/// ```swift
/// let hello = defineHandler { event in "Hello, \(event.params.name)!" }
/// let app = H3()
/// app.get("/hello/:name", hello)
/// ```
public typealias defineHandler = EventHandler

// swift-format-ignore: TypeNamesShouldBeCapitalized
/// The older name of `defineHandler`.
public typealias defineEventHandler = EventHandler
