// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem
internal import WhippetInfra

/// A stream of zlib's, in either direction.
class ZlibEngine: CompressionEngine {
    // SAFETY: the memory is this object's own, from `init` to `deinit`. The buffers that a step lends to zlib are taken
    // back at its end; the state behind the stream is freed by `end` before the stream itself is.
    private let stream: ZlibLibrary.Stream
    private let run: ZlibLibrary.Run
    private let end: ZlibLibrary.End
    /// Whether zlib had the memory that it asked for.
    private let isSetUp: Bool

    init(_ run: @escaping ZlibLibrary.Run, _ end: @escaping ZlibLibrary.End, setUp: (ZlibLibrary.Stream) -> Int32) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: whippet_zlib_stream())
        self.run = run
        self.end = end
        isSetUp = setUp(stream) == Status.ok
    }

    deinit {
        if isSetUp { _ = end(stream) }
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Begins anew, if it ever began.
    final func reset(_ function: ZlibLibrary.End) -> Bool {
        isSetUp && function(stream) == Status.ok
    }

    /// zlib's name for an operation.
    func flush(_ operation: Operation) -> Int32 { 0 }

    override func step(
        _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, _ operation: Operation
    ) -> Step {
        guard isSetUp else { return Step(failure: "there is no memory for zlib") }
        let (inputCount, outputCount) = (UInt32(clamping: input.count), UInt32(clamping: output.count))
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = inputCount
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = outputCount
        // Input of more than 4 GiB comes in several steps: only the last one may end.
        let isWhole = Int(inputCount) == input.count
        let status = run(stream, flush(isWhole ? operation : .process))
        var step = Step()
        step.consumed = Int(inputCount - stream.pointee.avail_in)
        step.produced = Int(outputCount - stream.pointee.avail_out)
        stream.pointee.next_in = nil
        stream.pointee.avail_in = 0
        stream.pointee.next_out = nil
        stream.pointee.avail_out = 0
        switch status {
        case Status.streamEnd: step.hasEnded = true
        case Status.ok, Status.bufferError: break
        case Status.needsDictionary: step.failure = "they need a dictionary"
        default: step.failure = stream.pointee.msg.map { String(cString: $0) } ?? "zlib fails with \(status)"
        }
        return step
    }

    private enum Status {
        static let ok: Int32 = 0
        static let streamEnd: Int32 = 1
        static let needsDictionary: Int32 = 2
        /// There was nothing to take or no room to write: no error.
        static let bufferError: Int32 = -5
    }
}

/// zlib's `deflate`.
final class ZlibDeflateEngine: ZlibEngine {
    private let resetStream: ZlibLibrary.End

    /// - Parameters:
    ///   - level: From 0 to 9; nil leaves it to zlib.
    ///   - memory: How much there is for it.
    init(_ library: ZlibLibrary, _ format: CompressionFormat, level: Int?, memory: Deflater.Memory) {
        let level = level.map { Int32(max(0, min($0, 9))) } ?? -1
        // The bits of the window and the memory level: zlib takes 4 bytes for each of the window, and 512 times 2 to the
        // power of the level. 15 and 8 are its own choice.
        let (bits, memoryLevel): (Int32, Int32) = memory == .usual ? (15, 8) : (12, 5)
        resetStream = library.resetDeflate
        super.init(library.deflate, library.endDeflate) { stream in
            // 8 is the method deflate, 0 the usual strategy.
            library.setUpDeflate(
                stream, level, 8, format.zlibWindow(bits: bits), memoryLevel, 0, ZlibLibrary.version,
                ZlibLibrary.streamSize)
        }
    }

    override func reset() -> Bool { reset(resetStream) }

    override func flush(_ operation: Operation) -> Int32 {
        switch operation {
        case .process: 0
        case .flush: 2
        case .finish: 4
        }
    }
}

/// zlib's `inflate`.
final class ZlibInflateEngine: ZlibEngine {
    init(_ library: ZlibLibrary, _ format: CompressionFormat) {
        super.init(library.inflate, library.endInflate) { stream in
            library.setUpInflate(stream, format.zlibWindow, ZlibLibrary.version, ZlibLibrary.streamSize)
        }
    }
}
