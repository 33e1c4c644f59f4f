// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1
import WhippetTestSupport

/// Inputs that nobody would write: none may trap, and none may be read differently because it was cut elsewhere.
@Suite("Mutations")
struct MutationTests {
    @Test("a changed request is read the same in pieces as whole", arguments: 0..<8)
    func requests(_ seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let limits = MessageLimits(fieldBlockBytes: 200, fieldCount: 5, targetBytes: 60)
        let seeds = validRequests.map { bytes($0.input) } + invalidRequests.map { bytes($0.input) }
        for _ in 0..<400 {
            let input = mutated(seeds, using: &generator)
            let whole = parseRequest(input, cuts: [input.count], limits: limits)
            let pieces = cuts(input.count, using: &generator)
            if parseRequest(input, cuts: pieces, limits: limits) != whole
                || parseRequest(input, cuts: 0...input.count, limits: limits) != whole
            {
                Issue.record("\(input) at \(pieces)")
                return
            }
        }
    }

    @Test("a changed response is read the same in pieces as whole", arguments: 0..<4)
    func responses(_ seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let seeds =
            ResponseParserTests.validCases.map { bytes($0.input) }
            + ResponseParserTests.invalidCases.map { bytes($0.input) }
        for _ in 0..<400 {
            let input = mutated(seeds, using: &generator)
            let whole = parseResponse(input, cuts: [input.count])
            if parseResponse(input, cuts: cuts(input.count, using: &generator)) != whole
                || parseResponse(input, cuts: 0...input.count) != whole
            {
                Issue.record("\(input)")
                return
            }
        }
    }

    @Test("a changed chunked body is read the same in pieces as whole", arguments: 0..<8)
    func chunks(_ seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let seeds = ChunkedDecoderTests.cases.map { bytes($0.input) }
        for _ in 0..<400 {
            let input = mutated(seeds, using: &generator)
            let whole = decodeChunked(input, cuts: [input.count], overheadLimit: 40)
            if decodeChunked(input, cuts: cuts(input.count, using: &generator), overheadLimit: 40) != whole
                || decodeChunked(input, cuts: 0...input.count, overheadLimit: 40) != whole
            {
                Issue.record("\(input)")
                return
            }
        }
    }

    /// One of the inputs, or the beginning of one and the end of another, with a few bytes changed.
    private func mutated(_ seeds: [[UInt8]], using generator: inout SplitMix) -> [UInt8] {
        var input = seeds.randomElement(using: &generator) ?? []
        if Int.random(in: 0..<4, using: &generator) == 0 {
            let other = seeds.randomElement(using: &generator) ?? []
            input =
                input.prefix(.random(in: 0...input.count, using: &generator))
                + other.suffix(.random(in: 0...other.count, using: &generator))
        }
        let interesting: [UInt8] = Array("\r\n\t :;,=\"\\/*#%0159afHx[]@\0\u{7F}\u{C3}".utf8)
        for _ in 0..<Int.random(in: 0...3, using: &generator) where !input.isEmpty {
            let place = Int.random(in: 0..<input.count, using: &generator)
            let byte = interesting.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: input[place] = byte
            case 1: input.insert(byte, at: place)
            case 2: input.remove(at: place)
            default: input[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        }
        return input
    }

    /// A few places to cut at, in order, the end among them.
    private func cuts(_ count: Int, using generator: inout SplitMix) -> [Int] {
        var result = [count]
        for _ in 0..<3 { result.append(.random(in: 0...count, using: &generator)) }
        return result.sorted()
    }
}
