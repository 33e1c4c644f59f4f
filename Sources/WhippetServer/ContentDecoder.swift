// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetHTTP1

/// Takes a message's content out of the bytes that carry it.
package enum ContentDecoder {
    /// There is no content, or all of it has been read.
    case none
    /// So many bytes are still to come.
    case length(Int)
    /// Content in chunks.
    case chunked(ChunkedDecoder)

    /// Whether content is still to come.
    package var isOpen: Bool {
        if case .none = self { return false }
        return true
    }

    /// Decodes from the front of `bytes`; the decoder is `none` after the last byte.
    package mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> ChunkedDecoder.Step {
        switch self {
        case .none:
            return .finished(consumed: 0)
        case .length(let remaining):
            let count = min(remaining, bytes.count)
            self = count == remaining ? .none : .length(remaining - count)
            return .data(skipped: 0, count: count)
        case .chunked(var decoder):
            let step = decoder.decode(bytes)
            self = .chunked(decoder)
            if case .finished = step { self = .none }
            return step
        }
    }
}
