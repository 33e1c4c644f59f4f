// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The encoder of libbrotlienc.
final class BrotliEncodeEngine: CompressionEngine {
    // SAFETY: the encoder is this object's own, from `init` to `deinit`, and keeps no pointer to what a step lends it.
    private let encoder: OpaquePointer?
    private let library: BrotliEncoderLibrary

    /// - Parameter level: From 0 to 11; nil takes 5, which is as fast as gzip's usual level and smaller: the library's
    ///   own choice, 11, is for files that are compressed once.
    init(_ library: BrotliEncoderLibrary, level: Int?, memory: Deflater.Memory) {
        self.library = library
        encoder = library.create(nil, nil, nil)
        guard let encoder else { return }
        // 1 is the quality, 2 the bits of the window: by itself it takes 22.
        _ = library.setParameter(encoder, 1, UInt32(max(0, min(level ?? 5, 11))))
        if memory == .small { _ = library.setParameter(encoder, 2, 14) }
    }

    deinit {
        if let encoder { library.destroy(encoder) }
    }

    override func step(
        _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, _ operation: Operation
    ) -> Step {
        guard let encoder else { return Step(failure: "there is no memory for Brotli") }
        var (inputCount, outputCount) = (input.count, output.count)
        var nextInput = input.baseAddress
        var nextOutput = output.baseAddress
        let code: Int32 =
            switch operation {
            case .process: 0
            case .flush: 1
            case .finish: 2
            }
        let isDone = library.run(encoder, code, &inputCount, &nextInput, &outputCount, &nextOutput, nil) != 0
        return Step(
            consumed: input.count - inputCount, produced: output.count - outputCount,
            hasEnded: library.isFinished(encoder) != 0, failure: isDone ? nil : "the encoder fails")
    }
}

/// The decoder of libbrotlidec.
final class BrotliDecodeEngine: CompressionEngine {
    // SAFETY: the decoder is this object's own, from `init` to `deinit`, and keeps no pointer to what a step lends it.
    private let decoder: OpaquePointer?
    private let library: BrotliDecoderLibrary

    init(_ library: BrotliDecoderLibrary) {
        self.library = library
        decoder = library.create(nil, nil, nil)
    }

    deinit {
        if let decoder { library.destroy(decoder) }
    }

    override func step(
        _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, _ operation: Operation
    ) -> Step {
        guard let decoder else { return Step(failure: "there is no memory for Brotli") }
        var (inputCount, outputCount) = (input.count, output.count)
        var nextInput = input.baseAddress
        var nextOutput = output.baseAddress
        let result = library.run(decoder, &inputCount, &nextInput, &outputCount, &nextOutput, nil)
        var step = Step(consumed: input.count - inputCount, produced: output.count - outputCount)
        switch result {
        case 0:
            step.failure = library.errorText(library.errorCode(decoder)).map { String(cString: $0) } ?? "they are not"
        case 1: step.hasEnded = true
        default: break
        }
        return step
    }
}
