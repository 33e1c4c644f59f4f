// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetInfra
import WhippetLegacyEncodings

/// An encoding, flags, where to cut, and the bytes: in chunks they read as at once, and fatal mode finds what the other
/// replaces.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count >= 3 else { return 0 }
    let input = UnsafeBufferPointer(start: start, count: count)
    let bytes = Array(input[3...])
    let label = labels[Int(input[0]) % labels.count]
    let ignoreBOM = input[1] & 1 != 0
    guard let replacing = try? TextDecoder(label, ignoreBOM: ignoreBOM),
        let fatal = try? TextDecoder(label, fatal: true, ignoreBOM: ignoreBOM),
        let text = try? replacing.decode(bytes)
    else { preconditionFailure("no decoder, or one that fails: \(label)") }

    precondition(same(inChunks(bytes, cut: input[2], replacing), text), "\(label): other text in chunks")
    let strict = try? fatal.decode(bytes)
    precondition(same(inChunks(bytes, cut: input[2], fatal), strict), "\(label): another result in chunks, fatal")
    if let strict {
        precondition(same(strict, text), "\(label): other text in fatal mode")
    } else {
        precondition(text.unicodeScalars.contains("\u{FFFD}"), "\(label): an error that is not replaced")
    }
    // A decoder that was used is as good as new.
    precondition(same(try? replacing.decode(bytes), text), "\(label): other text at the second time")
    if label == "UTF-8" {
        let hasBOM = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let rest = hasBOM && !ignoreBOM ? bytes[3...] : bytes[...]
        precondition(same(text, String(decoding: rest, as: UTF8.self)), "other text than the standard library's")
        precondition(TextEncoder().encode(text) == Array(text.utf8), "other bytes than the text has")
    }
    return 0
}

/// All encodings but the one that has no text.
private let labels: [String] = {
    LegacyEncodings.register()
    return EncodingNames.all.filter { $0 != "replacement" }
}()

/// The text of chunks whose lengths come from a seed; nil if one of them fails.
private func inChunks(_ bytes: [UInt8], cut seed: UInt8, _ decoder: TextDecoder) -> String? {
    // The seeds 0 to 7 cut evenly, others at random.
    var state = UInt32(seed)
    func length() -> Int {
        if seed < 8 { return Int(seed) + 1 }
        state = state &* 1_664_525 &+ 1_013_904_223
        return Int(state >> 24) % 9
    }
    var text = ""
    var start = 0
    do {
        while start < bytes.count {
            let end = min(start + length(), bytes.count)
            text += try decoder.decode(Array(bytes[start..<end]), stream: true)
            start = end
        }
        return text + (try decoder.decode())
    } catch {
        return nil
    }
}

/// Whether two texts have the same code points; strings compare equal when they are canonically equivalent.
private func same(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.utf8.elementsEqual(right.utf8)
}
