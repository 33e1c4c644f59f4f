// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("AbortSignal: task cancellation")
struct AbortSignalTaskTests {
    @Test("run returns what the operation returns, and leaves no listener behind")
    func runReturns() async throws {
        let deaths = Log<String>()
        let controller = AbortController()
        let result = try await controller.signal.run { [witness = Witness(deaths, "operation")] in
            withExtendedLifetime(witness) { 7 }
        }
        #expect(result == 7)
        await eventually { deaths.count == 1 }
    }

    @Test("an abort cancels the operation, and run throws the reason")
    func abortCancels() async {
        let controller = AbortController()
        let started = Gate()
        let run = Task {
            try await controller.signal.run {
                started.open()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        await started.wait()
        controller.abort(Failure("enough"))
        await #expect(throws: Failure("enough")) { try await run.value }
    }

    @Test("an aborted signal runs nothing")
    func abortedRunsNothing() async {
        let log = Log<String>()
        await #expect(throws: Failure("enough")) {
            try await AbortSignal.abort(Failure("enough")).run { log.add("ran") }
        }
        #expect(log.all.isEmpty)
    }

    @Test("an operation that ends in spite of the abort has its result counted")
    func resultCounts() async throws {
        let controller = AbortController()
        let result = try await controller.signal.run {
            controller.abort()
            return 7
        }
        #expect(result == 7)
    }

    @Test("cancelling the caller cancels the operation")
    func callerCancels() async {
        let started = Gate()
        let run = Task {
            try await AbortController().signal.run {
                started.open()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        await started.wait()
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test("withTaskCancellation aborts its signal when the task is cancelled")
    func taskAborts() async {
        let started = Gate()
        let aborted = Gate()
        let task = Task {
            await AbortSignal.withTaskCancellation { signal in
                signal.onabort { _ in aborted.open() }
                started.open()
                await aborted.wait()
                return signal.reason as? DOMException
            }
        }
        await started.wait()
        task.cancel()
        #expect(await task.value?.name == .abortError)
    }

    @Test("a signal whose task ends is not aborted")
    func taskEnds() async {
        let signal = await AbortSignal.withTaskCancellation { $0 }
        #expect(!signal.aborted)
    }
}
