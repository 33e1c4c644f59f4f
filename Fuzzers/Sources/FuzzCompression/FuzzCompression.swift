// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetStreams

/// A format, where to cut, and the bytes: decompressed in chunks they are what they are at once, and what is compressed
/// from them is decompressed to them.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count >= 2 else { return 0 }
    let input = UnsafeBufferPointer(start: start, count: count)
    let bytes = Array(input[2...])
    let format = CompressionFormat.allCases[Int(input[0]) % CompressionFormat.allCases.count]

    let whole = output(format, decompresses: true, bytes, cut: nil)
    let pieces = output(format, decompresses: true, bytes, cut: input[1])
    precondition(whole.hasEnded == pieces.hasEnded, "\(format): another end in chunks")
    // Where the data break, chunks give more of what stands before.
    precondition(!whole.hasEnded || whole.bytes == pieces.bytes, "\(format): another output in chunks")

    let packed = output(format, decompresses: false, bytes, cut: input[1])
    precondition(packed.hasEnded, "\(format): not compressed")
    let again = output(format, decompresses: true, packed.bytes, cut: input[1])
    precondition(again.hasEnded && again.bytes == bytes, "\(format): compressed to other bytes")
    return 0
}

/// The first bytes that come out, and whether the input was of the format from its beginning to its end.
private func output(
    _ format: CompressionFormat, decompresses: Bool, _ bytes: [UInt8], cut seed: UInt8?
) -> (bytes: [UInt8], hasEnded: Bool) {
    guard let context = try? CompressionContexts(format, decompresses: decompresses) else {
        preconditionFailure("the library of \(format) is missing")
    }
    var output: [UInt8] = []
    // A few bytes become a great many: the rest is read and dropped, up to a bound.
    var count = 0
    func read() throws {
        while count < 20_000_000, let piece = try context.read() {
            count += piece.count
            precondition(1...65_536 ~= piece.count, "\(format): a piece of \(piece.count) bytes")
            output += piece.prefix(1_000_000 - output.count)
        }
    }
    do {
        let size = seed.map { Int($0) % 31 + 1 } ?? max(bytes.count, 1)
        for start in stride(from: 0, to: bytes.count, by: size) {
            context.write(Array(bytes[start..<min(start + size, bytes.count)]))
            try read()
        }
        context.finish()
        try read()
        return (output, count < 20_000_000)
    } catch {
        return (output, false)
    }
}
