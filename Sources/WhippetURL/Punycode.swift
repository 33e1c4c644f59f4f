// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [Punycode](https://www.rfc-editor.org/rfc/rfc3492), which writes a label with letters, digits and hyphens.
///
/// Its algorithms take quadratic time, so longer labels than these are refused; a name server takes 63 characters.
enum Punycode {
    static let maximumDecodedLength = 1000
    static let maximumEncodedLength = 2000

    // RFC 3492 §5: the parameters of Punycode.
    private static let base: UInt32 = 36
    private static let tMin: UInt32 = 1
    private static let tMax: UInt32 = 26
    private static let skew: UInt32 = 38
    private static let damp: UInt32 = 700
    private static let initialBias: UInt32 = 72
    private static let initialN: UInt32 = 0x80

    /// Implements [decoding](https://www.rfc-editor.org/rfc/rfc3492#section-6.2), RFC 3492 §6.2; nil for failure.
    static func decode(_ input: ArraySlice<UInt32>) -> [UInt32]? {
        guard input.count <= maximumEncodedLength, input.allSatisfy({ $0 < 0x80 }) else { return nil }
        // The basic code points stand before the last delimiter.
        let delimiter = input.lastIndex(of: 0x2D)
        var output = Array(delimiter.map { input[..<$0] } ?? [])
        var rest = delimiter.map { input[($0 + 1)...] } ?? input
        var n = initialN
        var i: UInt32 = 0
        var bias = initialBias
        while !rest.isEmpty {
            let oldI = i
            var weight: UInt32 = 1
            var k = base
            while true {
                guard let character = rest.popFirst(), let digit = digit(character) else { return nil }
                let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
                let (sum, overflow2) = i.addingReportingOverflow(product)
                guard !overflow, !overflow2 else { return nil }
                i = sum
                let t = threshold(k, bias)
                if digit < t { break }
                let (next, overflow3) = weight.multipliedReportingOverflow(by: base - t)
                guard !overflow3 else { return nil }
                weight = next
                k += base
            }
            let count = UInt32(output.count + 1)
            bias = adapt(i - oldI, count, isFirst: oldI == 0)
            let (sum, overflow) = n.addingReportingOverflow(i / count)
            guard !overflow, Unicode.Scalar(sum) != nil else { return nil }
            n = sum
            i %= count
            output.insert(n, at: Int(i))
            i += 1
        }
        return output
    }

    /// Implements [encoding](https://www.rfc-editor.org/rfc/rfc3492#section-6.3), RFC 3492 §6.3; nil for failure.
    static func encode(_ input: ArraySlice<UInt32>) -> [UInt8]? {
        guard input.count <= maximumDecodedLength else { return nil }
        var output = input.compactMap { $0 < 0x80 ? UInt8(truncatingIfNeeded: $0) : nil }
        let basicCount = UInt32(output.count)
        var handled = basicCount
        if handled > 0 { output.append(0x2D) }
        var n = initialN
        var delta: UInt32 = 0
        var bias = initialBias
        while handled < input.count {
            guard let m = input.lazy.filter({ $0 >= n }).min() else { return nil }
            let (product, overflow) = (m - n).multipliedReportingOverflow(by: handled + 1)
            let (sum, overflow2) = delta.addingReportingOverflow(product)
            guard !overflow, !overflow2 else { return nil }
            delta = sum
            n = m
            for character in input {
                if character < n { delta += 1 }
                guard character == n else { continue }
                var q = delta
                var k = base
                while true {
                    let t = threshold(k, bias)
                    if q < t { break }
                    output.append(letter(t + (q - t) % (base - t)))
                    q = (q - t) / (base - t)
                    k += base
                }
                output.append(letter(q))
                bias = adapt(delta, handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            n += 1
        }
        return output
    }

    /// Implements [bias adaptation](https://www.rfc-editor.org/rfc/rfc3492#section-6.1), RFC 3492 §6.1.
    private static func adapt(_ delta: UInt32, _ count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var k: UInt32 = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + skew)
    }

    private static func threshold(_ k: UInt32, _ bias: UInt32) -> UInt32 {
        k <= bias ? tMin : min(max(k - bias, tMin), tMax)
    }

    private static func digit(_ character: UInt32) -> UInt32? {
        switch character {
        case 0x61...0x7A: character - 0x61
        case 0x41...0x5A: character - 0x41
        case 0x30...0x39: character - 0x30 + 26
        default: nil
        }
    }

    private static func letter(_ digit: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: digit < 26 ? digit + 0x61 : digit - 26 + 0x30)
    }
}
