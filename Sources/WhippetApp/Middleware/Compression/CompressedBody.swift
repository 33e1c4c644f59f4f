// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetStreams

/// A body in a content coding, compressed while it is sent.
///
/// A body of no known length is live: each of its chunks leaves at once. The others are compressed in slices, between
/// which the loop serves others.
// SAFETY: the variables are touched by `next` or `produce` alone, of which one reader calls one, one time after another.
final class CompressedBody: BodySequence, BodyProducer, @unchecked Sendable {
    static let sliceSize = 32 * 1024

    private let base: any BodySequence
    private let deflater: Deflater
    private let pool: DeflaterPool?
    private var isLive: Bool { pool == nil }
    private var rest: ArraySlice<UInt8> = []
    private var isFinished = false

    /// - Parameter pool: Where the compression goes at the end; nil for a live body.
    init(_ base: any BodySequence, _ deflater: Deflater, pool: DeflaterPool?) {
        self.base = base
        self.deflater = deflater
        self.pool = pool
    }

    /// How long it gets is known at the end.
    var length: Int? { nil }

    func cancel(_ reason: any Error) {
        base.cancel(reason)
    }

    // MARK: - Read

    func next() async throws -> [UInt8]? {
        while !isFinished {
            if let piece = try deflater.read() { return piece }
            if !rest.isEmpty {
                deflater.write(Array(rest.prefix(Self.sliceSize)))
                rest = rest.dropFirst(Self.sliceSize)
                if isLive { deflater.flush() }
                if !rest.isEmpty { await Task.yield() }
            } else if let chunk = try await base.next() {
                rest = chunk[...]
            } else {
                deflater.finish()
                isFinished = true
            }
        }
        if let piece = try deflater.read() { return piece }
        pool?.giveBack(deflater)
        return nil
    }

    // MARK: - Written

    var producer: (any BodyProducer)? { base.producer == nil ? nil : self }

    func produce(into sink: any BodySink) async throws {
        guard let producer = base.producer else { return }
        let compressing = CompressingSink(sink, deflater)
        try await producer.produce(into: compressing)
        if !(try compressing.finish()) { try await sink.ready() }
    }
}
