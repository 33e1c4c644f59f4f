// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Jobs of Swift's concurrency runtime that wait for their turn on a loop, first in, first out.
struct JobRing: ~Copyable {
    private var jobs: UnsafeMutablePointer<UnownedJob>
    private var capacity: Int
    private var first = 0
    private(set) var count = 0

    init() {
        capacity = 256
        jobs = .allocate(capacity: capacity)
    }

    deinit {
        jobs.deallocate()
    }

    mutating func append(_ job: UnownedJob) {
        if count == capacity { grow() }
        (jobs + ((first + count) & (capacity - 1))).initialize(to: job)
        count += 1
    }

    mutating func popFirst() -> UnownedJob? {
        guard count > 0 else { return nil }
        let job = jobs[first]
        first = (first + 1) & (capacity - 1)
        count -= 1
        return job
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UnownedJob>.allocate(capacity: capacity * 2)
        for index in 0..<count { (larger + index).initialize(to: jobs[(first + index) & (capacity - 1)]) }
        jobs.deallocate()
        jobs = larger
        capacity *= 2
        first = 0
    }
}
