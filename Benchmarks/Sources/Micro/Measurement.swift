// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CAllocationCount
internal import Glibc

/// Measures bodies.
enum Measurement {
    /// Nanoseconds of CPU time per operation, of the whole process: the best of some samples.
    static func nanoseconds(_ body: Benchmark.Work) async throws -> Double {
        // So many operations that one sample takes some 20 ms.
        var count = 1
        while true {
            let time = try await processorTime { try await body(count) }
            if time > 5_000_000 {
                count = max(1, Int(Double(count) * 20_000_000 / time))
                break
            }
            count *= time < 500_000 ? 10 : 2
        }
        var best = Double.infinity
        for _ in 0..<5 {
            best = min(best, try await processorTime { try await body(count) } / Double(count))
        }
        return best
    }

    /// Allocations per operation.
    static func allocations(_ body: Benchmark.Work, count: Int) async throws -> Double {
        // Pools, caches and type metadata are filled by a first turn.
        try await body(count)
        // Now and then the runtime allocates for itself: the least of some turns is the operation's own.
        var least = Double.infinity
        for _ in 0..<3 {
            let before = allocation_count()
            try await body(count)
            least = min(least, Double(allocation_count() - before) / Double(count))
        }
        return (least * 100).rounded() / 100
    }

    private static func processorTime(_ work: () async throws -> Void) async throws -> Double {
        let start = now()
        try await work()
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
