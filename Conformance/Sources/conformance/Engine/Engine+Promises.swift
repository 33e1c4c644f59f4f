// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import CJavaScriptCore

/// A promise and the two functions that settle it.
final class DeferredPromise {
    private let resolveFunction: HeldValue
    private let rejectFunction: HeldValue
    private let held: HeldValue

    init(_ engine: Engine) throws {
        var resolve: JSObjectRef?
        var reject: JSObjectRef?
        guard let promise = JSObjectMakeDeferredPromise(engine.context, &resolve, &reject, nil), let resolve, let reject
        else { throw BindingError("no promise can be made") }
        held = HeldValue(Value(engine, promise))
        resolveFunction = HeldValue(Value(engine, resolve))
        rejectFunction = HeldValue(Value(engine, reject))
    }

    var promise: Value { held.value }

    func resolve(_ value: Value) {
        _ = try? value.engine.call(resolveFunction.value, [value])
    }

    func reject(_ reason: Value) {
        _ = try? reason.engine.call(rejectFunction.value, [reason])
    }
}

extension Engine {
    /// Runs asynchronous work elsewhere and returns the promise of its result.
    func promise<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result, _ convert: @escaping (Result) throws -> any Scriptable
    ) throws -> Value {
        let deferred = try DeferredPromise(self)
        let promise = deferred.promise
        let loop = loop
        let end = Ending<Result> { [unowned self] result in
            loop.finish()
            do {
                deferred.resolve(try convert(result.get()).script(self))
            } catch {
                deferred.reject(script(of: error))
            }
        }
        loop.begin()
        // At once: what the work does before it waits, such as claiming a body, is done when this returns.
        Task.immediate {
            let result: Swift.Result<Result, any Error>
            do {
                result = .success(try await work())
            } catch {
                result = .failure(error)
            }
            loop.post { end.body(result) }
        }
        return promise
    }
}

extension Engine {
    /// Runs asynchronous work elsewhere and returns the promise of its end.
    func promise(_ work: @escaping @Sendable () async throws -> Void) throws -> Value {
        try promise(work, { Nothing() })
    }

    /// Waits elsewhere for something that may never end, and hands over its error.
    func watch(
        _ work: @escaping @Sendable () async throws -> Void, _ failed: @escaping (any Error) -> Void
    ) throws {
        let end = Ending<Void> { result in
            if case .failure(let error) = result { failed(error) }
        }
        let loop = loop
        Task {
            do {
                try await work()
            } catch {
                loop.post { end.body(.failure(error)) }
            }
        }
    }
}

/// What is done with the end of some work, on the engine's thread.
// SAFETY: made and called on the engine's thread; another thread only carries it.
private struct Ending<Success>: @unchecked Sendable {
    let body: (Result<Success, any Error>) -> Void
}
