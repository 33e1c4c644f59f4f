// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// One compression or decompression of a library: takes bytes, gives bytes.
class CompressionEngine {
    /// What the library is to do with the input.
    enum Operation {
        /// Take it in; what comes out of it may wait for more.
        case process
        /// Take it in and give out all that it makes.
        case flush
        /// Take it in and end: no input follows.
        case finish
    }

    /// What came of one call.
    struct Step {
        /// How many bytes of the input were taken.
        var consumed = 0
        /// How many bytes were written.
        var produced = 0
        /// Whether the compressed data have ended.
        var hasEnded = false
        /// Why the library can't go on.
        var failure: String?
    }

    /// Takes and writes as many bytes as it can, which is none when there is nothing to take or to write.
    func step(
        _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, _ operation: Operation
    ) -> Step {
        Step(failure: "there is no engine")
    }

    /// Begins anew with the memory that it has; false where the library has no way to.
    func reset() -> Bool { false }
}
