// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A promise of the core that is settled from outside the domain.
// SAFETY: the promise is touched only within `domain.enter`.
struct Settlement: @unchecked Sendable {
    let domain: StreamDomain
    let promise: CorePromise

    init(_ domain: StreamDomain) {
        self.domain = domain
        self.promise = domain.promise()
    }

    /// Runs a function that may wait, in a task of its own, for whoever asked need not wait for it.
    ///
    /// Called within the domain, for what happens once in a stream's life.
    static func running(
        _ domain: StreamDomain, _ executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async throws -> Void
    ) -> CorePromise {
        let settlement = Settlement(domain)
        domain.post(
            OutboxAction {
                Task(executorPreference: executor) {
                    do {
                        try await body()
                        settlement.resolve()
                    } catch {
                        settlement.reject(error)
                    }
                }
            })
        return settlement.promise
    }

    func resolve() {
        domain.enter { promise.resolve() }
    }

    func reject(_ reason: any Error) {
        domain.enter { promise.reject(reason) }
    }
}
