// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Runs a handler over chunks of bytes.
struct QueueDecoder<Handler: DecoderHandler>: EncodingDecoder {
    private var handler: Handler

    init(_ handler: Handler) {
        self.handler = handler
    }

    /// Implements [process a queue](https://encoding.spec.whatwg.org/#concept-encoding-run).
    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout UTF8Buffer
    ) -> Bool {
        // None is left between two chunks: restored bytes are read before the next byte of the input.
        var restored = RestoredBytes()
        var position = 0
        while true {
            // Fast path: ASCII between characters, by the tests of the tables and of splitting.
            if position < input.count, input[position] < 0x80, restored.isEmpty, handler.isBetweenCharacters {
                position = output.appendASCII(input, from: position)
            }
            var byte = restored.popFirst()
            if byte == nil {
                if position < input.count {
                    byte = input[position]
                    position += 1
                } else if !isLast {
                    return true
                }
            }
            switch handler.handle(byte) {
            case .finished:
                return true
            case .continue:
                continue
            case .codePoint(let codePoint):
                output.append(codePoint)
            case .codePoints(let first, let second):
                output.append(first)
                output.append(second)
            case .error(let bytes):
                restored.prepend(bytes)
                guard output.appendError(errorMode) else { return false }
            }
        }
    }
}
