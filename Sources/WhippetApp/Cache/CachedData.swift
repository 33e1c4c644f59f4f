// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetFetch
internal import WhippetJSON
internal import WhippetServer

/// Keeps what a function gives, and gives it without calling the function as long as it is good.
///
/// Of several who ask at once one calls the function and all get what it gave, in other processes that share the store,
/// too. What is old is given once more while a new one is made, except where it becomes part of an answer that is kept;
/// that answer is then as short-lived as the data, and has its tags. What the function throws is thrown to all who wait,
/// and nothing is kept.
/// ```swift
/// func title(_ id: Int) async throws -> String {
///     try await cached(key: "title", id, tags: ["posts"], revalidate: 60) { "what takes long to find out of \(id)" }
/// }
/// ```
/// - Parameters:
///   - key: What it is found by, with the arguments: everything that the function's result depends on.
///   - arguments: The rest of the key.
///   - tags: What it is invalidated by, with `revalidateTag`.
///   - revalidate: After how many seconds it is made anew; `false` for never.
///   - make: Makes it; `headers()` and its sisters see no request in it.
/// - Throws: `OutsideRequestError` when no request is being handled (there is `app.cached`); what the function throws.
public func cached<Value: Codable & Sendable>(
    key: String, _ arguments: any CustomStringConvertible & Sendable..., tags: [String] = [],
    revalidate: Revalidate = .never, _ make: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    guard let host = RequestScope.current?.host else { throw OutsideRequestError(function: "cached") }
    return try await host.cached(key, arguments.map(\.description), tags, revalidate, make)
}

extension App {
    /// Keeps what a function gives, as `cached` does, from outside of requests.
    ///
    /// - Throws: `RouteError` for routes that conflict; what the function throws.
    public func cached<Value: Codable & Sendable>(
        key: String, _ arguments: any CustomStringConvertible & Sendable..., tags: [String] = [],
        revalidate: Revalidate = .never, _ make: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await host().cached(key, arguments.map(\.description), tags, revalidate, make)
    }
}

/// What a run has made, as everybody who waits gets it.
enum DataOutcome: Sendable {
    case entry(CacheEntry)
    case failure(any Error)
}

extension Host {
    fileprivate func cached<Value: Codable & Sendable>(
        _ name: String, _ arguments: [String], _ tags: [String], _ revalidate: Revalidate,
        _ make: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        if case .seconds(...0) = revalidate { return try await make() }
        // Lengths in front, so that no two lists of arguments make one text.
        let key = CacheKey(data: ([name] + arguments).map { "\($0.utf8.count):\($0)" }.joined())
        let checkedTags = try CacheTag.checked(tags)
        let run = RequestScope.current?.purpose as? CacheRun
        let now = cache.clock.now()
        let work: @Sendable () async -> DataOutcome = { [self] in
            await makeData(key, name, checkedTags, revalidate, make)
        }
        // An answer that is kept would be new made of what is old.
        if let found = await cache.read(key), run == nil || !found.isStale(at: now),
            let value = try? JSON.decode(Value.self, from: found.entry.body)
        {
            if found.isStale(at: now) { refreshLater(key, work) }
            run?.add(found.entry.tags, revalidate: found.entry.revalidate)
            return value
        }
        let leasedWork: @Sendable () async -> DataOutcome = { [self] in
            await withLease(
                of: key,
                isUsable: { found in
                    (run == nil || !found.isStale(at: cache.clock.now()))
                        && (try? JSON.decode(Value.self, from: found.entry.body)) != nil
                }, work, outcome: { .entry($0) })
        }
        guard let (outcome, _) = await cache.data.value(key, leasedWork) else { throw CancellationError() }
        switch outcome {
        case .entry(let entry):
            run?.add(entry.tags, revalidate: entry.revalidate)
            return try JSON.decode(Value.self, from: entry.body)
        case .failure(let error):
            throw error
        }
    }

    private func makeData<Value: Codable & Sendable>(
        _ key: CacheKey, _ name: String, _ tags: [CacheTag], _ revalidate: Revalidate,
        _ make: @escaping @Sendable () async throws -> Value
    ) async -> DataOutcome {
        let began = cache.clock.now()
        let epoch = await cache.epoch()
        var seconds: Int?
        if case .seconds(let number) = revalidate { seconds = number }
        let purpose = CacheRun("cached(key: \"\(name)\")", tags: tags, revalidate: seconds)
        let (outcome, _) = await RequestScope.with(nil, self, purpose: purpose) { _ -> DataOutcome in
            do {
                let body = try JSON.encode(try await make())
                return .entry(
                    CacheEntry(body: body, made: began, revalidate: purpose.revalidate, tags: purpose.tags))
            } catch {
                return .failure(error)
            }
        }
        if case .entry(let entry) = outcome, entry.body.count <= cache.configuration.maximumBodySize {
            _ = await cache.write(entry, for: key, since: epoch)
        }
        return outcome
    }

    private func refreshLater(_ key: CacheKey, _ work: @escaping @Sendable () async -> DataOutcome) {
        guard !cache.data.isRunning(key), cache.isDue(key) else { return }
        let refresh: @Sendable () async -> Void = { [self] in
            await cache.data.background(key) { [self] in
                // Another process makes it: the old value will do.
                guard let lease = await cache.lease(key) else { return .failure(CancellationError()) }
                if let made = await cache.madeMeanwhile(key) {
                    await cache.release(lease, of: key)
                    return .entry(made.entry)
                }
                let outcome = await work()
                switch outcome {
                case .entry:
                    await cache.release(lease, of: key)
                case .failure(let error):
                    // The lease runs out by itself: meanwhile no other process tries either.
                    cache.pause(key, nil)
                    log("\(key): the old value stays: \(error)")
                }
                return outcome
            }
        }
        if RequestScope.current?.addAfterWork(refresh) == true { return }
        leftWork.begin(refresh)
    }
}
