// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An [IPv6 address](https://url.spec.whatwg.org/#concept-ipv6).
struct IPv6Address {
    /// The eight pieces.
    var pieces = SIMD8<UInt16>.zero

    /// Implements the [IPv6 parser](https://url.spec.whatwg.org/#concept-ipv6-parser).
    static func parse(_ input: Span<UInt8>) throws(URLFailure) -> IPv6Address {
        // 1–4.
        var address = IPv6Address()
        var pieceIndex = 0
        var compress: Int?
        var pointer = 0
        func c() -> UInt8? { pointer < input.count ? input[pointer] : nil }
        // 5.
        if c() == 0x3A {
            guard pointer + 1 < input.count, input[pointer + 1] == 0x3A else { throw .ipv6InvalidCompression }
            pointer += 2
            pieceIndex += 1
            compress = pieceIndex
        }
        // 6.
        while pointer < input.count {
            // 6.1.
            guard pieceIndex < 8 else { throw .ipv6TooManyPieces }
            // 6.2.
            if c() == 0x3A {
                guard compress == nil else { throw .ipv6MultipleCompression }
                pointer += 1
                pieceIndex += 1
                compress = pieceIndex
                continue
            }
            // 6.3–6.4.
            var value: UInt16 = 0
            var length = 0
            while length < 4, let byte = c(), let digit = byte.hexDigitValue {
                value = value << 4 | UInt16(digit)
                pointer += 1
                length += 1
            }
            // 6.5.
            if c() == 0x2E {
                guard length > 0 else { throw .ipv4InIPv6InvalidCodePoint }
                pointer -= length
                guard pieceIndex <= 6 else { throw .ipv4InIPv6TooManyPieces }
                try parseIPv4(input, from: pointer, into: &address, at: &pieceIndex)
                break
            }
            if c() == 0x3A {
                // 6.6.
                pointer += 1
                guard c() != nil else { throw .ipv6InvalidCodePoint }
            } else if c() != nil {
                // 6.7.
                throw .ipv6InvalidCodePoint
            }
            // 6.9–6.10.
            address.pieces[pieceIndex] = value
            pieceIndex += 1
        }
        if let compress {
            // 7.
            var swaps = pieceIndex - compress
            pieceIndex = 7
            while pieceIndex != 0, swaps > 0 {
                let other = compress + swaps - 1
                (address.pieces[pieceIndex], address.pieces[other]) = (
                    address.pieces[other], address.pieces[pieceIndex]
                )
                pieceIndex -= 1
                swaps -= 1
            }
        } else if pieceIndex != 8 {
            // 8.
            throw .ipv6TooFewPieces
        }
        // 9.
        return address
    }

    /// Implements the [IPv6 serializer](https://url.spec.whatwg.org/#concept-ipv6-serializer), with the brackets.
    var serialized: [UInt8] {
        var output: [UInt8] = [0x5B]
        output.reserveCapacity(41)
        let compress = compressedPieceIndex
        var ignoresZero = false
        for index in 0..<8 {
            // 4.1–4.2.
            if ignoresZero, pieces[index] == 0 { continue }
            ignoresZero = false
            // 4.3.
            if compress == index {
                output.append(0x3A)
                if index == 0 { output.append(0x3A) }
                ignoresZero = true
                continue
            }
            // 4.4–4.5.
            output.append(contentsOf: String(pieces[index], radix: 16).utf8)
            if index != 7 { output.append(0x3A) }
        }
        output.append(0x5D)
        return output
    }

    // MARK: - Algorithm

    /// Step 6.5.4 and on: the dotted IPv4 address that ends an IPv6 address.
    private static func parseIPv4(
        _ input: Span<UInt8>, from start: Int, into address: inout IPv6Address, at pieceIndex: inout Int
    ) throws(URLFailure) {
        var pointer = start
        var numbersSeen = 0
        while pointer < input.count {
            // 2.
            if numbersSeen > 0 {
                guard input[pointer] == 0x2E, numbersSeen < 4 else { throw .ipv4InIPv6InvalidCodePoint }
                pointer += 1
            }
            // 3.
            guard pointer < input.count, input[pointer].isASCIIDigit else { throw .ipv4InIPv6InvalidCodePoint }
            // 4.
            var ipv4Piece: UInt16?
            while pointer < input.count, input[pointer].isASCIIDigit {
                let number = UInt16(input[pointer] - 0x30)
                guard ipv4Piece != 0 else { throw .ipv4InIPv6InvalidCodePoint }
                let piece = (ipv4Piece ?? 0) * 10 + number
                guard piece <= 255 else { throw .ipv4InIPv6OutOfRangePart }
                ipv4Piece = piece
                pointer += 1
            }
            // 5.
            address.pieces[pieceIndex] = address.pieces[pieceIndex] << 8 | (ipv4Piece ?? 0)
            // 6–7.
            numbersSeen += 1
            if numbersSeen == 2 || numbersSeen == 4 { pieceIndex += 1 }
        }
        guard numbersSeen == 4 else { throw .ipv4InIPv6TooFewParts }
    }

    /// Implements [find the IPv6 address compressed piece index](
    /// https://url.spec.whatwg.org/#find-the-ipv6-address-compressed-piece-index).
    private var compressedPieceIndex: Int? {
        var longest: (index: Int?, size: Int) = (nil, 1)
        var found: (index: Int?, size: Int) = (nil, 0)
        for index in 0..<8 {
            if pieces[index] != 0 {
                if found.size > longest.size { longest = found }
                found = (nil, 0)
            } else {
                found = (found.index ?? index, found.size + 1)
            }
        }
        return found.size > longest.size ? found.index : longest.index
    }
}
