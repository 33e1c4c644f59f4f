// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

/// Bodies that write themselves.
struct BodySinkTests {
    /// Takes slices, and notes how many of the jobs have run that each of them starts.
    private final class SlicingSink: BodySink {
        let slices = Locked<[(count: Int, jobs: Int)]>([])
        let jobs = Locked(0)

        var sliceSize: Int { 10 }
        func put(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
            let jobs = jobs.withLock { $0 }
            slices.withLock { $0.append((bytes.count, jobs)) }
            Task { @MainActor in self.jobs.withLock { $0 += 1 } }
            return true
        }
        func flush() throws {}
        func ready() async throws {}
    }

    @MainActor
    @Test("A large chunk comes in slices where the sink wants them, and others run in between")
    func slices() async throws {
        let sink = SlicingSink()
        let chunks = AsyncStream<[UInt8]> { continuation in
            continuation.yield([UInt8](repeating: 1, count: 25))
            continuation.yield([UInt8](repeating: 2, count: 10))
            continuation.finish()
        }
        let producer = try #require(try Response(chunks).sourceForSending().makeSequence().producer)
        try await producer.produce(into: sink)
        let slices = sink.slices.withLock { $0 }
        #expect(slices.map(\.count) == [10, 10, 5, 10])
        #expect(slices.prefix(3).map(\.jobs) == [0, 1, 2])
    }
}
