// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetFetch
internal import WhippetInfra

/// What the functions `headers()`, `cookies()` and `after` reach without a parameter: the request that the task is
/// handling.
///
/// Child tasks inherit it, and so do tasks that a handler starts and leaves behind.
final class RequestScope: Sendable {
    @TaskLocal static var current: RequestScope?

    private struct State {
        /// The request with the headers that middleware has set.
        var replaced: Request?
        /// Values of `Set-Cookie` that go with the answer.
        var cookies: [String] = []
        var afterWork: [@Sendable () async throws -> Void] = []
    }

    private let received: Request
    private let log: @Sendable (String) -> Void
    /// Whether `state` was made: most requests never do.
    private let isTouched = Atomic(false)
    private let state = AtomicLazyReference<Locked<State>>()

    init(_ request: Request, log: @escaping @Sendable (String) -> Void) {
        received = request
        self.log = log
    }

    /// The request as the handler sees it.
    var request: Request {
        guard isTouched.load(ordering: .acquiring) else { return received }
        return touched.withLock { $0.replaced } ?? received
    }

    private var touched: Locked<State> {
        if let state = state.load() { return state }
        let made = state.storeIfNil(Locked(State()))
        isTouched.store(true, ordering: .releasing)
        return made
    }

    /// Middleware goes on with another request.
    func replace(_ request: Request) {
        touched.withLock { $0.replaced = request }
    }

    func addAfterWork(_ work: @escaping @Sendable () async throws -> Void) {
        touched.withLock { $0.afterWork.append(work) }
    }

    /// The answer with what was staged while it was made.
    func finish(_ response: consuming Response) -> Response {
        guard isTouched.load(ordering: .acquiring) else { return response }
        var response = response
        if touched.withLock({ !$0.afterWork.isEmpty }) { response.addAfterWork([{ await self.runAfterWork() }]) }
        return response
    }

    /// Runs what was to wait for the end of the response, and what that adds, one after another.
    private func runAfterWork() async {
        while let work = touched.withLock({ $0.afterWork.isEmpty ? nil : $0.afterWork.removeFirst() }) {
            do {
                try await RequestScope.$current.withValue(self) { try await work() }
            } catch {
                log("after: \(error)")
            }
        }
    }
}

/// A function that needs a request was called where none is handled.
public struct OutsideRequestError: Error, Sendable, CustomStringConvertible {
    let function: String

    /// The function and the rule.
    public var description: String {
        "\(function) was called outside of a request: call it in a handler, in middleware, or in what they call"
    }
}
