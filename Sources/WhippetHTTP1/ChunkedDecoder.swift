// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Takes the chunked transfer coding off a body.
///
/// It does no input or output and keeps no bytes: the caller hands over what has arrived, gives up what was consumed,
/// and hands over only what comes after that. Extensions and trailers are checked, counted and dropped: trailers are
/// never merged into the fields.
///
/// Source: [RFC 9112 §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1).
package struct ChunkedDecoder: Sendable {
    /// What came out of the bytes handed over.
    package enum Step: Sendable, Hashable {
        /// More bytes are needed.
        case incomplete(consumed: Int)
        /// Content lies at `input[skipped..<skipped + count]`; so many bytes are consumed.
        case data(skipped: Int, count: Int)
        /// The body is complete; what follows is the next message.
        case finished(consumed: Int)
        /// The bytes are no valid chunked body.
        case failed(MessageError)
    }

    private enum Phase: Sendable {
        case sizeStart
        case size
        case whitespaceBeforeExtension
        case extensionNameStart
        case extensionName
        case whitespaceAfterExtensionName
        case extensionValueStart
        case extensionToken
        case extensionQuoted
        case extensionEscaped
        case extensionEnd
        case sizeLineFeed
        case data
        case dataCarriageReturn
        case dataLineFeed
        case trailerStart
        case trailerName
        case trailerValue
        case trailerLineFeed
        case finalLineFeed
        case finished
        case failed(MessageError)
    }

    /// How many bytes all extensions, all trailers and the sizes' surplus digits may have together.
    ///
    /// The first 16 digits of each size are not counted: they grow with the content, not beside it.
    package let overheadLimit: Int
    private var phase = Phase.sizeStart
    private var remaining = 0
    private var digits = 0
    private var overhead = 0

    package init(overheadLimit: Int = 16 * 1024) {
        self.overheadLimit = overheadLimit
    }

    /// Reads on.
    package mutating func decode(_ input: UnsafeBufferPointer<UInt8>) -> Step {
        var index = 0
        while index < input.count {
            if case .data = phase {
                let count = min(remaining, input.count &- index)
                remaining &-= count
                if remaining == 0 { phase = .dataCarriageReturn }
                return .data(skipped: index, count: count)
            }
            if case .finished = phase { return .finished(consumed: index) }
            if let error = take(input[index]) {
                phase = .failed(error)
                return .failed(error)
            }
            index &+= 1
        }
        switch phase {
        case .finished: return .finished(consumed: index)
        case .failed(let error): return .failed(error)
        default: return .incomplete(consumed: index)
        }
    }

    // MARK: - Algorithm

    private mutating func take(_ byte: UInt8) -> MessageError? {
        switch phase {
        case .sizeStart, .size: takeSize(byte)
        case .sizeLineFeed: takeLineFeed(byte, next: remaining > 0 ? .data : .trailerStart)
        case .dataCarriageReturn: takeDataEnd(byte, 0x0D, next: .dataLineFeed)
        case .dataLineFeed: takeDataEnd(byte, 0x0A, next: .sizeStart)
        case .trailerStart, .trailerName, .trailerValue: takeTrailer(byte)
        case .trailerLineFeed: takeLineFeed(byte, next: .trailerStart)
        case .finalLineFeed: takeLineFeed(byte, next: .finished)
        case .failed(let error): error
        case .data, .finished: nil
        default: takeExtension(byte)
        }
    }

    /// Takes a byte of a size: `chunk-size = 1*HEXDIG`.
    private mutating func takeSize(_ byte: UInt8) -> MessageError? {
        if let digit = ASCII.hexValue(byte) {
            if case .sizeStart = phase {
                phase = .size
                digits = 0
                remaining = 0
            }
            digits &+= 1
            if digits > 16, let error = count(.chunkExtensionsTooLarge) { return error }
            if remaining >> 59 != 0 { return .chunkSizeOverflow }
            remaining = remaining << 4 | Int(digit)
            return nil
        }
        guard case .size = phase else { return byte == 0x0A ? .bareLineFeed : .invalidChunkSize }
        digits = 0
        return takeBeforeExtension(byte, otherwise: .invalidChunkSize)
    }

    /// What may follow a size or a complete extension: white space before the next extension, or the line's end.
    private mutating func takeBeforeExtension(_ byte: UInt8, otherwise error: MessageError) -> MessageError? {
        switch byte {
        case 0x0D: phase = .sizeLineFeed
        case 0x0A: return .bareLineFeed
        case 0x3B: phase = .extensionNameStart
        case 0x20, 0x09: phase = .whitespaceBeforeExtension
        default: return error
        }
        return byte == 0x0D ? nil : count(.chunkExtensionsTooLarge)
    }

    /// Takes a byte of an extension: `chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )`.
    private mutating func takeExtension(_ byte: UInt8) -> MessageError? {
        let isSpace = byte == 0x20 || byte == 0x09
        switch phase {
        case .whitespaceBeforeExtension:
            if byte == 0x3B { phase = .extensionNameStart } else if !isSpace { return invalidExtension(byte) }
        case .extensionNameStart:
            if ByteSet.token.contains(byte) {
                phase = .extensionName
            } else if !isSpace {
                return invalidExtension(byte)
            }
        case .extensionName, .whitespaceAfterExtensionName:
            if case .extensionName = phase, ByteSet.token.contains(byte) { break }
            if byte == 0x3D {
                phase = .extensionValueStart
            } else if isSpace {
                phase = .whitespaceAfterExtensionName
            } else if case .whitespaceAfterExtensionName = phase, byte != 0x3B {
                return invalidExtension(byte)
            } else {
                return takeBeforeExtension(byte, otherwise: .invalidChunkExtension)
            }
        case .extensionValueStart:
            if byte == 0x22 {
                phase = .extensionQuoted
            } else if ByteSet.token.contains(byte) {
                phase = .extensionToken
            } else if !isSpace {
                return invalidExtension(byte)
            }
        case .extensionToken:
            if !ByteSet.token.contains(byte) { return takeBeforeExtension(byte, otherwise: .invalidChunkExtension) }
        case .extensionEnd:
            return takeBeforeExtension(byte, otherwise: .invalidChunkExtension)
        case .extensionQuoted:
            guard WireBytes.isFieldContent(byte) else { return invalidExtension(byte) }
            if byte == 0x22 { phase = .extensionEnd } else if byte == 0x5C { phase = .extensionEscaped }
        case .extensionEscaped:
            guard WireBytes.isFieldContent(byte) else { return invalidExtension(byte) }
            phase = .extensionQuoted
        default: break
        }
        return count(.chunkExtensionsTooLarge)
    }

    private func invalidExtension(_ byte: UInt8) -> MessageError {
        byte == 0x0A ? .bareLineFeed : .invalidChunkExtension
    }

    private mutating func takeDataEnd(_ byte: UInt8, _ expected: UInt8, next: Phase) -> MessageError? {
        guard byte == expected else { return .unterminatedChunk }
        phase = next
        return nil
    }

    private mutating func takeLineFeed(_ byte: UInt8, next: Phase) -> MessageError? {
        guard byte == 0x0A else { return .bareCarriageReturn }
        phase = next
        return nil
    }

    /// Takes a byte of `trailer-section = *( field-line CRLF )`, by the rules of a head's fields.
    private mutating func takeTrailer(_ byte: UInt8) -> MessageError? {
        if let error = count(.trailersTooLarge) { return error }
        switch phase {
        case .trailerStart:
            switch byte {
            case 0x0D: phase = .finalLineFeed
            case 0x0A: return .bareLineFeed
            case 0x3A: return .emptyFieldName
            case 0x20, 0x09: return .obsoleteLineFolding
            default:
                guard ByteSet.token.contains(byte) else { return .invalidFieldName }
                phase = .trailerName
            }
        case .trailerName:
            if ByteSet.token.contains(byte) { break }
            switch byte {
            case 0x3A: phase = .trailerValue
            case 0x0D: return .missingColon
            case 0x0A: return .bareLineFeed
            case 0x20, 0x09: return .whitespaceBeforeColon
            default: return .invalidFieldName
            }
        default:
            if byte == 0x0D {
                phase = .trailerLineFeed
            } else if byte == 0x0A {
                return .bareLineFeed
            } else if !WireBytes.isFieldContent(byte) {
                return .invalidFieldValue
            }
        }
        return nil
    }

    /// Counts a byte that is not content.
    private mutating func count(_ error: MessageError) -> MessageError? {
        overhead &+= 1
        return overhead > overheadLimit ? error : nil
    }
}
