// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
package import WhippetFetch
internal import WhippetInfra

/// The request that a task is handling, for what handlers call without passing it on: `headers()`, `after { }`.
///
/// Binding a task-local value around each request would cost more than half of what a small request costs. A driver's
/// task has one scope for its life instead, which serves one request after another. Child tasks see it as long as the
/// handler runs; a task that a handler starts and leaves behind holds a copy of the binding. `isShared` tells that, and
/// then the scope is left as it is and the driver with it: nobody ever sees another request's data.
package final class RequestScope: Sendable {
    /// What the task-local holds.
    ///
    /// Copying it retains the holder, which nothing else refers to.
    struct Binding: Sendable {
        let scope: RequestScope
        let holder: Holder
    }

    final class Holder: Sendable {}

    @TaskLocal static var binding: Binding?

    // SAFETY: written between requests, when `end` has found that no other task refers to the scope, and by middleware
    // before the handler runs; read by the tasks of the handler. Behind a pointer, since a lock or an exclusivity check
    // would cost more than all else here.
    private nonisolated(unsafe) let handled: UnsafeMutablePointer<Request?>
    private let afterWork = Locked<[@Sendable () async throws -> Void]>([])
    private let cookies = Locked<[SetCookie]>([])
    /// Whether there is any after-work, and whether there are cookies: most requests have neither.
    private let isTouched = Atomic(false)
    private let hasCookies = Atomic(false)
    // SAFETY: the address of the holder that the driver's task keeps alive; looked at by that driver only.
    private nonisolated(unsafe) let holder: UnsafeMutablePointer<Unmanaged<Holder>>

    private init(_ holder: Holder) {
        self.holder = .allocate(capacity: 1)
        self.holder.initialize(to: .passUnretained(holder))
        handled = .allocate(capacity: 1)
        handled.initialize(to: nil)
    }

    deinit {
        holder.deallocate()
        handled.deinitialize(count: 1)
        handled.deallocate()
    }

    /// The scope of the task that asks; nil outside of requests.
    package static var current: RequestScope? { binding?.scope }

    /// Starts something, usually a task, that has a scope of its own.
    static func bind<Result>(_ start: (RequestScope) -> Result) -> Result {
        let holder = Holder()
        let scope = RequestScope(holder)
        return $binding.withValue(Binding(scope: scope, holder: holder)) { start(scope) }
    }

    /// Does something in a scope of its own.
    package static func with<Result>(
        _ request: Request, _ operation: (RequestScope) async -> Result
    ) async -> Result {
        let holder = Holder()
        let scope = RequestScope(holder)
        scope.begin(request)
        return await $binding.withValue(Binding(scope: scope, holder: holder)) { await operation(scope) }
    }

    /// Runs what was to wait for the end of a response, and what that adds, one after another.
    package static func run(
        _ work: [@Sendable () async throws -> Void], after request: Request?, log: @Sendable (String) -> Void
    ) async {
        guard let request else { return }
        await with(request) { scope in
            var waiting = work
            while !waiting.isEmpty {
                for operation in waiting {
                    do {
                        try await operation()
                    } catch {
                        log("after: \(error)")
                    }
                }
                waiting = scope.takeAfterWork()
            }
        }
    }

    // MARK: - A request's life

    /// A request begins.
    func begin(_ request: Request) {
        handled.pointee = request
    }

    /// The request has been answered; true when the scope can serve another one, false when a task that was left behind
    /// still refers to it.
    func end() -> Bool {
        guard holder.withMemoryRebound(to: Holder.self, capacity: 1, { isKnownUniquelyReferenced(&$0.pointee) }) else {
            return false
        }
        handled.pointee = nil
        if isTouched.load(ordering: .relaxed) { _ = takeAfterWork() }
        if hasCookies.load(ordering: .relaxed) { _ = takeCookies() }
        return true
    }

    // MARK: - What functions reach

    /// The request as the handler sees it; nil when it is over.
    package var request: Request? { handled.pointee }

    /// Middleware goes on with another request.
    package func replace(_ request: Request) {
        begin(request)
    }

    /// Adds what is to run after the response.
    package func addAfterWork(_ work: @escaping @Sendable () async throws -> Void) {
        isTouched.store(true, ordering: .releasing)
        afterWork.withLock { $0.append(work) }
    }

    /// Whether `takeAfterWork` has something.
    package var hasAfterWork: Bool {
        isTouched.load(ordering: .acquiring) && afterWork.withLock { !$0.isEmpty }
    }

    /// Takes what is to run after the response.
    package func takeAfterWork() -> [@Sendable () async throws -> Void] {
        isTouched.store(false, ordering: .releasing)
        return afterWork.withLock { work in
            defer { work = [] }
            return work
        }
    }

    /// Adds a cookie that goes with the answer; one of the same name, path and domain is replaced in its place.
    package func stage(_ cookie: SetCookie) {
        hasCookies.store(true, ordering: .releasing)
        cookies.withLock { cookies in
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
        guard hasCookies.load(ordering: .acquiring) else { return [] }
        hasCookies.store(false, ordering: .releasing)
        return cookies.withLock { cookies in
            defer { cookies = [] }
            return cookies
        }
    }
}
