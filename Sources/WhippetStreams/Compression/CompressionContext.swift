// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// A compression or decompression under way: the standard's
/// [compression context](https://compression.spec.whatwg.org/#compression-context).
///
/// Bytes go in by `write`, and come out by `read` until that returns nil; so the reader sets the pace, and the output of
/// one input may be many times what fits in memory.
package class CompressionContext {
    /// The greatest number of bytes that one `read` returns.
    package static let maximumChunkByteCount = 65_536

    private let engine: CompressionEngine
    private var input: [UInt8] = []
    private var position = 0
    private var operation = CompressionEngine.Operation.process
    private var hasEnded = false
    private var failure: TypeError?

    init(_ engine: CompressionEngine) {
        self.engine = engine
    }

    /// Adds input.
    package func write(_ bytes: [UInt8]) {
        if position == input.count {
            input = bytes
            position = 0
        } else {
            input.append(contentsOf: bytes)
        }
    }

    /// Says that no input follows.
    package func finish() {
        operation = .finish
    }

    /// Has all that was written come out, so that its receiver can use it; what follows compresses less well.
    func flush() {
        operation = .flush
    }

    /// Forgets all that was written and read; false when the library can't begin anew.
    func reset() -> Bool {
        guard engine.reset() else { return false }
        input = []
        position = 0
        operation = .process
        hasEnded = false
        failure = nil
        return true
    }

    /// The next bytes of the output, never none; nil when there are none until more is written.
    ///
    /// - Throws: `TypeError` when the input is not of the format, ends too early or goes on after its end; then and at
    ///   each call that follows.
    package func read() throws(TypeError) -> [UInt8]? {
        if let failure { throw failure }
        do {
            return try readNext()
        } catch {
            failure = error
            throw error
        }
    }

    /// The error of input that breaks a rule of the format.
    func failure(_ rule: String) -> TypeError {
        TypeError("CompressionStream: \(rule)")
    }

    /// The error of input that ended too early.
    func truncated() -> TypeError {
        TypeError("CompressionStream: the data did not end")
    }

    /// The error of input that goes on after its end.
    func trailing() -> TypeError {
        TypeError("CompressionStream: the data have ended before")
    }

    private func readNext() throws(TypeError) -> [UInt8]? {
        while !hasEnded {
            let (step, output) = self.step()
            if let rule = step.failure { throw failure(rule) }
            hasEnded = step.hasEnded
            position += step.consumed
            let isTaken = position == input.count
            if isTaken {
                input = []
                position = 0
            }
            let isDone = isTaken && step.produced < Self.maximumChunkByteCount
            if isDone, operation == .flush { operation = .process }
            if !output.isEmpty { return output }
            if isDone || step.consumed == 0 { break }
        }
        if hasEnded, position < input.count { throw trailing() }
        if !hasEnded, operation == .finish { throw truncated() }
        return nil
    }

    /// Calls the engine with the rest of the input, and with fresh memory for the output.
    private func step() -> (step: CompressionEngine.Step, output: [UInt8]) {
        var step = CompressionEngine.Step()
        let output = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumChunkByteCount) { output in
            input.withUnsafeBufferPointer { input in
                // SAFETY: both buffers outlive the call; the slice checks that the position lies within the input.
                step = engine.step(UnsafeBufferPointer(rebasing: input[position...]), output, operation)
            }
            return Array(output[..<step.produced])
        }
        return (step, output)
    }
}
