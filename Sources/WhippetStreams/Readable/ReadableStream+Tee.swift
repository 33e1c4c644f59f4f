// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension ReadableStream {
    /// Splits the stream in two that each give every chunk; this one is locked from now on.
    ///
    /// [ReadableStream.tee](https://streams.spec.whatwg.org/#rs-tee). The source is read as fast as the faster branch
    /// asks; what the slower one has not read yet waits in memory, without a bound; `StreamWarnings` gets a line
    /// when that comes to 256 chunks, or 1 MiB in a byte stream. A branch that is cancelled or dropped no longer holds
    /// the other up or buffers anything. The source is cancelled when both branches are, with a
    /// `TeeCancelReason`.
    ///
    /// - Throws: `TypeError` when the stream is locked.
    public func tee() throws -> (ReadableStream, ReadableStream) {
        let branches = try domain.enter { try readableStreamTee(core, owner: self) }
        return (ReadableStream(domain, branches.0), ReadableStream(domain, branches.1))
    }
}
