// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
internal import WhippetInfra

/// Declares handlers of one method, or of all: what `app.get`, `app.all` and their sisters are.
///
/// A handler returns what becomes the response:
///
/// | value | is sent as |
/// |---|---|
/// | `Encodable`, numbers, `Bool`, `JSON` | `application/json;charset=UTF-8` |
/// | `String` | `text/plain;charset=UTF-8` |
/// | `[UInt8]`, a stream, any sequence of chunks | bytes without a type |
/// | `Blob`, `File`, `URLSearchParams`, `FormData` | with their type |
/// | `Response` | itself, with the prepared headers |
/// | nil, nothing | an empty response |
/// | an `Error` | as if it were thrown |
public struct EventVerb {
    let application: H3
    let method: HTTPMethod?

    /// Declares a handler that `defineHandler` has made.
    public func callAsFunction(
        _ path: String, _ handler: EventHandler, file: StaticString = #fileID, line: UInt = #line
    ) {
        application.add(EventRoute(method: method, path: path, handler: handler, place: "\(file):\(line)"))
    }

    /// Declares a function that returns what a handler may return as it is.
    public func callAsFunction<Value: ResponseConvertible>(
        _ path: String, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (H3Event) async throws -> Value
    ) { self(path, EventHandler(handler), file: file, line: line) }

    /// Declares a function that returns an integer of any size, written in full as JSON.
    public func callAsFunction<Value: BinaryInteger & SendableMetatype>(
        _ path: String, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (H3Event) async throws -> Value
    ) { self(path, EventHandler(handler), file: file, line: line) }

    /// Declares a function that returns something encodable, sent as JSON; nil is an empty response.
    @_disfavoredOverload
    public func callAsFunction<Value: Encodable & SendableMetatype>(
        _ path: String, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (H3Event) async throws -> Value
    ) { self(path, EventHandler(handler), file: file, line: line) }

    /// Declares a function that returns chunks, sent as they come.
    @_disfavoredOverload
    public func callAsFunction<Chunks: AsyncSequence & Sendable>(
        _ path: String, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (H3Event) async throws -> Chunks
    ) where Chunks.Element == [UInt8] { self(path, EventHandler(handler), file: file, line: line) }

    /// Declares a function that returns an error, which is answered for as if it were thrown.
    @_disfavoredOverload
    public func callAsFunction<Failure: Error>(
        _ path: String, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (H3Event) async throws -> Failure
    ) { self(path, EventHandler(handler), file: file, line: line) }

    /// Declares a function that returns nothing: an empty response.
    @_disfavoredOverload
    public func callAsFunction(
        _ path: String, file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (H3Event) async throws -> Void
    ) { self(path, EventHandler(handler), file: file, line: line) }
}
