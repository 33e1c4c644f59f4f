// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [decoder](https://encoding.spec.whatwg.org/#decoder) of the Encoding Standard: its state between two chunks.
package protocol EncodingDecoder: Sendable {
    /// Implements [process a queue](https://encoding.spec.whatwg.org/#concept-encoding-run): appends the text as UTF-8.
    ///
    /// With `isLast` the end of the queue follows the input. Returns false at an error if the error mode is fatal.
    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout UTF8Buffer
    ) -> Bool
}

/// The Encoding Standard's [error mode](https://encoding.spec.whatwg.org/#error-mode) of decoders.
package enum EncodingErrorMode: Sendable {
    /// An error becomes U+FFFD.
    case replacement
    /// An error ends the work.
    case fatal
}
