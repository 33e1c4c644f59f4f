// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The [replacement decoder](https://encoding.spec.whatwg.org/#replacement-decoder): one error, whatever the bytes.
struct ReplacementDecoder: EncodingDecoder {
    private var isErrorReturned = false

    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout UTF8Buffer
    ) -> Bool {
        // 1, 3.
        guard !input.isEmpty, !isErrorReturned else { return true }
        // 2. If replacement error returned is false, then set it to true and return error.
        isErrorReturned = true
        return output.appendError(errorMode)
    }
}
