// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetFetch

/// The request that a scope serves, which middleware may replace while tasks read it.
///
/// What was replaced stays in memory until the request is over, so that reading takes one load and no lock.
// SAFETY: `begin` and `end` are called between requests, when no other task refers to the scope. In between, entries
// are only added: each is complete before `newest` names it, and none is freed or written again.
final class HandledRequest: @unchecked Sendable {
    private struct Entry {
        // The content, not the request: a copy of a reference that the compiler sees.
        var request: RequestContent?
        var previous: UnsafeMutablePointer<Entry>?
    }

    /// The request as it came.
    private let first: UnsafeMutablePointer<Entry>
    private let newest: Atomic<UnsafeMutablePointer<Entry>>

    init() {
        first = .allocate(capacity: 1)
        first.initialize(to: Entry())
        newest = Atomic(first)
    }

    deinit {
        clear()
        first.deinitialize(count: 1)
        first.deallocate()
    }

    /// The request as it is now; nil between requests.
    var latest: Request? { newest.load(ordering: .acquiring).pointee.request.map { Request($0) } }

    /// A request begins.
    func begin(_ request: RequestContent) {
        // There is none: nothing has to be released.
        withUnsafeMutablePointer(to: &first.pointee.request) { $0.initialize(to: request) }
    }

    /// Another request takes its place.
    func replace(_ request: Request) {
        let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
        entry.initialize(to: Entry(request: request.content, previous: newest.load(ordering: .acquiring)))
        while true {
            let (isDone, current) = newest.compareExchange(
                expected: entry.pointee.previous ?? first, desired: entry, ordering: .acquiringAndReleasing)
            if isDone { return }
            entry.pointee.previous = current
        }
    }

    /// The request is over; returns it as it came, unless somebody still refers to it.
    func end() -> RequestContent? {
        clear()
        var request = first.pointee.request.take()
        return isKnownUniquelyReferenced(&request) ? request : nil
    }

    /// Gives up what took the request's place.
    private func clear() {
        var entry = newest.load(ordering: .acquiring)
        guard entry != first else { return }
        while let previous = entry.pointee.previous {
            entry.deinitialize(count: 1)
            entry.deallocate()
            entry = previous
        }
        newest.store(first, ordering: .releasing)
    }
}
