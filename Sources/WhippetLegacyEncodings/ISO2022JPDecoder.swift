// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [ISO-2022-JP decoder](https://encoding.spec.whatwg.org/#iso-2022-jp-decoder).
struct ISO2022JPDecoder: DecoderHandler {
    private enum State {
        case ascii
        case roman
        case katakana
        case leadingByte
        case trailingByte
        case escapeStart
        case escape
    }

    private var state = State.ascii
    private var outputState = State.ascii
    private var leading: UInt8 = 0
    private var isOutput = false

    /// Never: each byte of text changes `isOutput`, and three ASCII bytes don't stand for themselves.
    var isBetweenCharacters: Bool { false }

    mutating func handle(_ byte: UInt8?) -> DecoderResult {
        switch state {
        case .ascii: handleText(byte) { 0x00...0x7F ~= $0 ? UInt32($0) : nil }
        case .roman:
            handleText(byte) { byte in
                switch byte {
                case 0x5C: 0xA5
                case 0x7E: 0x203E
                case 0x00...0x7F: UInt32(byte)
                default: nil
                }
            }
        case .katakana: handleText(byte) { 0x21...0x5F ~= $0 ? 0xFF61 - 0x21 + UInt32($0) : nil }
        case .leadingByte: handleLeadingByte(byte)
        case .trailingByte: handleTrailingByte(byte)
        case .escapeStart: handleEscapeStart(byte)
        case .escape: handleEscape(byte)
        }
    }

    /// The states ASCII, Roman and katakana.
    private mutating func handleText(_ byte: UInt8?, _ codePoint: (UInt8) -> UInt32?) -> DecoderResult {
        guard let byte else { return .finished }
        if byte == 0x1B {
            state = .escapeStart
            return .continue
        }
        isOutput = false
        guard byte != 0x0E, byte != 0x0F, let codePoint = codePoint(byte) else { return .error }
        return .codePoint(codePoint)
    }

    private mutating func handleLeadingByte(_ byte: UInt8?) -> DecoderResult {
        guard let byte else { return .finished }
        if byte == 0x1B {
            state = .escapeStart
            return .continue
        }
        isOutput = false
        guard 0x21...0x7E ~= byte else { return .error }
        leading = byte
        state = .trailingByte
        return .continue
    }

    private mutating func handleTrailingByte(_ byte: UInt8?) -> DecoderResult {
        if byte == 0x1B {
            state = .escapeStart
            return .error
        }
        // End-of-queue and each other byte end the pair.
        state = .leadingByte
        guard let byte, 0x21...0x7E ~= byte else { return .error }
        let pointer = (Int(leading) - 0x21) * 94 + Int(byte) - 0x21
        return LegacyIndexes.jis0208.codePoint(pointer).map { .codePoint($0) } ?? .error
    }

    private mutating func handleEscapeStart(_ byte: UInt8?) -> DecoderResult {
        // 1. If byte is either 0x24 or 0x28:
        if let byte, byte == 0x24 || byte == 0x28 {
            leading = byte
            state = .escape
            return .continue
        }
        // 2–3.
        isOutput = false
        state = outputState
        return .error(byte.map { RestoredBytes($0) } ?? RestoredBytes())
    }

    private mutating func handleEscape(_ byte: UInt8?) -> DecoderResult {
        // 1.
        let leading = leading
        self.leading = 0
        // 2–6.
        let next: State? =
            switch (leading, byte) {
            case (0x28, 0x42): .ascii
            case (0x28, 0x4A): .roman
            case (0x28, 0x49): .katakana
            case (0x24, 0x40), (0x24, 0x42): .leadingByte
            default: nil
            }
        // 7. Two escape sequences in a row are an error.
        if let next {
            (state, outputState) = (next, next)
            defer { isOutput = true }
            return isOutput ? .error : .continue
        }
        // 8–9.
        isOutput = false
        state = outputState
        return .error(byte.map { RestoredBytes(leading, $0) } ?? RestoredBytes(leading))
    }
}
