// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
package import WhippetFetch
internal import WhippetInfra

/// The request that a task is handling, for what handlers call without passing it on: `headers()`, `after { }`.
///
/// Binding a task-local value around each request would cost more than half of what a small request costs. A driver's
/// task has one scope for its life instead, which serves one request after another. Child tasks see it as long as the
/// handler runs; a task that a handler starts and leaves behind holds a copy of the binding. `end` sees that, and then
/// the scope is closed and the driver given up with it: nobody ever sees another request's data.
package final class RequestScope: Sendable {
    /// What the task-local holds.
    ///
    /// Copying it retains the holder, which nothing else refers to.
    struct Binding: Sendable {
        let scope: RequestScope
        let holder: Holder
    }

    final class Holder: Sendable {}

    /// What is to run after a response, and for which request.
    package struct AfterWork: Sendable {
        var request: Request
        var responder: (any Responder)?
        package var operations: [@Sendable () async throws -> Void]
        /// Who wants to know how the answer ends.
        package var watch: (any AnswerWatch)?
    }

    private struct Waiting {
        var operations: [@Sendable () async throws -> Void] = []
        var watch: (any AnswerWatch)?
        /// The answer is out, and nobody comes back to look for more.
        var isClosed = false
    }

    @TaskLocal static var binding: Binding?

    private let handled = HandledRequest()
    private let afterWork = Locked(Waiting())
    private let cookies = Locked<[SetCookie]>([])
    /// Whether there is any after-work, and whether there are cookies: most requests have neither.
    ///
    /// Written under the lock of what they tell of.
    private let isTouched = Atomic(false)
    private let hasCookies = Atomic(false)
    // SAFETY: the address of the holder that the driver's task keeps alive; looked at by that driver only.
    private nonisolated(unsafe) let holder: UnsafeMutablePointer<Unmanaged<Holder>>

    /// What answers the request: the application, for functions that find theirs by the scope.
    package let responder: (any Responder)?
    /// What measures time for the handlers.
    package var clock: any _Concurrency.Clock<Duration> { responder?.clock ?? ContinuousClock() }
    /// Begins the answer while its handler runs; nil where the answer is somebody's to look at before it is sent.
    package let opener: (any AnswerOpener)?
    /// What the answer is made for, where that is not the request alone: a run whose answer is kept.
    package let purpose: (any AnyObject & Sendable)?
    /// Whether the answer is out already, and what is asked for its sake comes too late.
    package let isAfterAnswer: Bool

    private init(
        _ holder: Holder, _ responder: (any Responder)?, opener: (any AnswerOpener)? = nil,
        purpose: (any AnyObject & Sendable)? = nil, isAfterAnswer: Bool = false
    ) {
        self.opener = opener
        self.responder = responder
        self.purpose = purpose
        self.isAfterAnswer = isAfterAnswer
        self.holder = .allocate(capacity: 1)
        self.holder.initialize(to: .passUnretained(holder))
    }

    deinit {
        holder.deallocate()
    }

    /// The scope of the task that asks; nil outside of requests.
    package static var current: RequestScope? { binding?.scope }

    /// Starts something, usually a task, that has a scope of its own.
    static func bind<Result>(
        for responder: any Responder, opener: any AnswerOpener, _ start: (RequestScope) -> Result
    ) -> Result {
        let holder = Holder()
        let scope = RequestScope(holder, responder, opener: opener)
        return $binding.withValue(Binding(scope: scope, holder: holder)) { start(scope) }
    }

    /// Does something in a scope of its own, and returns what is to run after it.
    ///
    /// - Parameters:
    ///   - request: The request; nil for work that belongs to none.
    ///   - responder: What answers it.
    ///   - purpose: What its answer is made for, where that is not the request alone.
    package static func with<Result>(
        _ request: Request?, _ responder: (any Responder)?, purpose: (any AnyObject & Sendable)? = nil,
        isAfterAnswer: Bool = false, _ operation: (RequestScope) async -> Result
    ) async -> (Result, AfterWork?) {
        let holder = Holder()
        let scope = RequestScope(holder, responder, purpose: purpose, isAfterAnswer: isAfterAnswer)
        if let request { _ = scope.begin(request.content) }
        let result = await $binding.withValue(Binding(scope: scope, holder: holder)) { await operation(scope) }
        scope.close()
        return (result, scope.takeAfterWork())
    }

    /// Runs what was to wait for the end of a response, and what that adds, one after another.
    package static func run(_ work: AfterWork, log: @Sendable (String) -> Void) async {
        var next: AfterWork? = work
        while let work = next {
            (_, next) = await with(work.request, work.responder, isAfterAnswer: true) { _ in
                for operation in work.operations {
                    do {
                        try await operation()
                    } catch {
                        log("after: \(error)")
                    }
                }
            }
        }
    }

    // MARK: - A request's life

    /// A request begins.
    func begin(_ content: RequestContent) -> Request {
        handled.begin(content)
        return Request(content)
    }

    /// The request has been answered; true when the scope can serve another one, false when a task that was left behind
    /// still refers to it: the scope is closed then.
    func end() -> Bool {
        if holder.withMemoryRebound(to: Holder.self, capacity: 1, { isKnownUniquelyReferenced(&$0.pointee) }) {
            return true
        }
        close()
        return false
    }

    /// Forgets the request, after `end` has said that nobody else refers to the scope; returns what can be used again of
    /// it.
    func clear() -> RequestContent? {
        if hasCookies.load(ordering: .relaxed) { _ = takeCookies() }
        return handled.end()
    }

    private func close() {
        afterWork.withLock { $0.isClosed = true }
    }

    // MARK: - What functions reach

    /// The request as the handler sees it; nil when it is over.
    package var request: Request? { handled.latest }

    /// Middleware goes on with another request.
    package func replace(_ request: Request) {
        handled.replace(request)
    }

    /// Adds what is to run after the response; false when that is out already.
    package func addAfterWork(_ work: @escaping @Sendable () async throws -> Void) -> Bool {
        afterWork.withLock { waiting in
            if waiting.isClosed { return false }
            isTouched.store(true, ordering: .releasing)
            waiting.operations.append(work)
            return true
        }
    }

    /// Somebody wants to know how the answer ends.
    package func watch(_ watch: any AnswerWatch) {
        afterWork.withLock { waiting in
            isTouched.store(true, ordering: .releasing)
            waiting.watch = watch
        }
    }

    /// Who wants to know how the answer ends.
    package var watcher: (any AnswerWatch)? {
        isTouched.load(ordering: .acquiring) ? afterWork.withLock { $0.watch } : nil
    }

    /// Whether anything is to happen after the response.
    var hasAfterWork: Bool { isTouched.load(ordering: .acquiring) }

    /// Takes what is to happen after the response; nil if nothing is.
    package func takeAfterWork() -> AfterWork? {
        guard hasAfterWork, let request else { return nil }
        return afterWork.withLock { waiting in
            isTouched.store(false, ordering: .releasing)
            defer {
                waiting.operations = []
                waiting.watch = nil
            }
            return AfterWork(
                request: request, responder: responder, operations: waiting.operations, watch: waiting.watch)
        }
    }

    /// Adds a cookie that goes with the answer; one of the same name, path and domain is replaced in its place.
    package func stage(_ cookie: SetCookie) {
        cookies.withLock { cookies in
            hasCookies.store(true, ordering: .releasing)
            let place = cookies.firstIndex {
                $0.name == cookie.name && $0.path == cookie.path && $0.domain == cookie.domain
            }
            if let place { cookies[place] = cookie } else { cookies.append(cookie) }
        }
    }

    /// The cookies that go with the answer.
    package var stagedCookies: [SetCookie] { cookies.withLock { $0 } }

    /// Whether any cookie goes with the answer.
    package var hasStagedCookies: Bool { hasCookies.load(ordering: .acquiring) }

    /// Forgets the cookies that were to go with the answer.
    package func dropCookies() {
        _ = takeCookies()
    }

    /// Takes the cookies that go with the answer.
    package func takeCookies() -> [SetCookie] {
        guard hasStagedCookies else { return [] }
        return cookies.withLock { cookies in
            hasCookies.store(false, ordering: .releasing)
            defer { cookies = [] }
            return cookies
        }
    }
}
