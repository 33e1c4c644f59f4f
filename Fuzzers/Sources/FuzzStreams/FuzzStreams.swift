// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetStreams

/// Operations on streams, two bytes each: the first two bytes say which streams there are.
///
/// The source counts: what any reader or sink gets must be the next numbers, none lost and none twice. The core asserts
/// the standard's invariants beside that, the driver that each promise is settled once, and every request is answered
/// once.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: min(count, 512))
    guard bytes.count >= 2, let run = try? Run(bytes[0], bytes[1]) else { return 0 }
    var index = 2
    while index + 1 < bytes.count {
        run.perform(bytes[index], Int(bytes[index + 1]))
        index += 2
    }
    run.finish()
    return 0
}

/// The streams of one input, and what was asked of them.
private final class Run {
    private let driver = FuzzDriver()
    private let realm: StreamRealm
    /// Whether the source's and the sink's functions wait until an operation settles them.
    private let waits: Bool
    private let isByteStream: Bool
    private var promises: [FuzzPromise] = []
    private var written = 0
    private var sunk = Counter("a sink")
    private var defaultController: DrivenReadableStreamDefaultController?
    private var byteController: DrivenReadableByteStreamController?
    private var transformController: DrivenTransformStreamDefaultController?
    private var ends: [End] = []
    private let writable: DrivenWritableStream?
    private var writer: DrivenWritableStreamDefaultWriter?
    private var open = 0

    init(_ kind: UInt8, _ options: UInt8) throws {
        waits = options & 1 != 0
        isByteStream = kind & 1 != 0
        realm = StreamRealm(driver, isReentrant: false)
        let highWaterMark = Double(options >> 1 & 3)
        let stream = DrivenReadableStream(realm)
        var readers = [stream]
        var destination: DrivenWritableStream?
        defer { ends = readers.map(End.init) }
        let writable = DrivenWritableStream(realm)
        self.writable = kind >> 1 & 3 < 2 ? nil : writable
        if isByteStream {
            try stream.setUpByteController(
                .init(
                    start: { self.started { self.byteController = $0 }($0) }, pull: answer,
                    cancel: { _ in self.answer() }),
                highWaterMark: highWaterMark, autoAllocateChunkSize: options & 0x40 != 0 ? 3 : nil)
        } else {
            try stream.setUpDefaultController(
                .init(
                    start: { self.started { self.defaultController = $0 }($0) }, pull: answer,
                    cancel: { _ in self.answer() }), highWaterMark: highWaterMark)
        }
        try writable.setUpDefaultController(
            .init(
                write: { chunk in
                    self.sunk.take(chunk)
                    return self.answer()
                }, close: answer, abort: { _ in self.answer() }), highWaterMark: Double(options >> 3 & 3))
        switch kind >> 1 & 3 {
        case 0: break
        case 1:
            let branches = try stream.tee()
            readers = [branches.0, branches.1]
        case 2:
            destination = writable
            readers = []
        default:
            // The written chunks go through a transform stream on their way to the reader.
            let transform = try DrivenTransformStream(
                realm,
                .init(
                    start: { self.started { self.transformController = $0 }($0) },
                    transform: options & 0x80 == 0 ? nil : { self.transform($0) }, flush: answer,
                    cancel: { _ in self.answer() }),
                writableStrategy: .init(highWaterMark: Double(options >> 3 & 3)),
                readableStrategy: .init(highWaterMark: highWaterMark))
            destination = transform.writable
            readers = [transform.readable]
        }
        if options & 0x20 == 0 { driver.run() }
        if let destination {
            _ = stream.pipeTo(
                destination, preventClose: kind & 8 != 0, preventAbort: kind & 16 != 0, preventCancel: kind & 32 != 0)
        }
    }

    /// Lets everything end and looks whether every request was answered.
    func finish() {
        for _ in 0..<4 {
            settle(promises.count, fails: false)
            driver.run()
        }
        for end in ends {
            _ = end.defaultReader?.cancel(FuzzError("end"))
            _ = end.byobReader?.cancel(FuzzError("end"))
        }
        for _ in 0..<4 {
            settle(promises.count, fails: false)
            driver.run()
        }
        for end in ends {
            end.defaultReader?.releaseLock()
            end.byobReader?.releaseLock()
        }
        driver.run()
        precondition(open == 0, "a request was not answered")
        // The functions of sources that have not ended refer to this.
        (byteController, defaultController, transformController) = (nil, nil, nil)
        ends = []
        realm.end()
    }

    func perform(_ operation: UInt8, _ argument: Int) {
        let end = ends.isEmpty ? nil : ends[argument >> 7 % ends.count]
        switch operation & 0x0F {
        case 0, 1, 2: enqueue(argument)
        case 3: try? argument & 1 == 0 ? byteController?.close() : defaultController?.close()
        case 4:
            guard argument & 7 == 0 else { return }
            byteController?.error(FuzzError("broken"))
            defaultController?.error(FuzzError("broken"))
        case 5, 6: respond(argument)
        case 7: end?.acquire(bringsBuffers: argument & 1 != 0)
        case 8, 9: end.map { read($0, argument) }
        case 10: end.map { readInto($0, argument) }
        case 11: end?.release()
        case 12:
            guard argument & 7 == 0, let end else { return }
            end.isCancelled = true
            _ = end.defaultReader?.cancel(FuzzError("enough"))
            _ = end.byobReader?.cancel(FuzzError("enough"))
        case 13: driver.run(argument & 7)
        case 14: settle(argument & 3, fails: argument & 0xF0 == 0xF0)
        default: driver.run()
        }
        if operation & 0x10 == 0 { driver.run() }
    }

    // MARK: - The source, the sink, the transformer

    private func started<Controller>(
        _ keep: @escaping (Controller) -> Void
    ) -> (Controller) -> (any StreamDriverPromise)? {
        { controller in
            keep(controller)
            return self.answer()
        }
    }

    private func answer() -> any StreamDriverPromise {
        let promise = FuzzPromise(driver)
        if waits { promises.append(promise) } else { promise.resolve() }
        return promise
    }

    private func settle(_ count: Int, fails: Bool) {
        for _ in 0..<min(count, promises.count) {
            let promise = promises.removeFirst()
            if fails { promise.reject(FuzzError("failed")) } else { promise.resolve() }
        }
    }

    private func transform(_ chunk: AnyObject) -> any StreamDriverPromise {
        // A chunk may be kept back only by breaking the stream.
        do { try transformController?.enqueue(chunk) } catch { transformController?.error(error) }
        return answer()
    }

    private func enqueue(_ argument: Int) {
        let view = FuzzView(FuzzBuffer(Array(repeating: 0, count: argument & 7)), 0, argument & 7, elementSize: 1)
        fill(view, argument & 7)
        do {
            try byteController?.enqueue(view)
            try defaultController?.enqueue(view)
        } catch {
            written -= argument & 7
        }
    }

    private func respond(_ argument: Int) {
        guard let request = byteController?.byobRequest, let view = request.view as? FuzzView else { return }
        precondition(view.byteLength > 0, "an empty view to fill")
        let count = min(argument & 7, view.byteLength)
        fill(view, count)
        do {
            if argument & 8 == 0 {
                try request.respond(count)
            } else {
                try request.respondWithNewView(FuzzView(view.buffer, view.byteOffset, count, elementSize: 1))
            }
            precondition(request.view == nil, "a request is answered and stays")
        } catch {
            written -= count
        }
    }

    private func fill(_ view: FuzzView, _ count: Int) {
        for offset in 0..<count {
            view.buffer.bytes?[view.byteOffset + offset] = UInt8(truncatingIfNeeded: written)
            written += 1
        }
    }

    // MARK: - The readers

    private func read(_ end: End, _ argument: Int) {
        guard let reader = end.defaultReader else { return readInto(end, argument) }
        var isAnswered = false
        func answer() {
            precondition(!isAnswered, "a request is answered twice")
            isAnswered = true
            open -= 1
        }
        open += 1
        reader.read(
            .init(
                chunkSteps: { chunk in
                    answer()
                    end.counter.take(chunk)
                }, closeSteps: answer, errorSteps: { _ in answer() }))
    }

    private func readInto(_ end: End, _ argument: Int) {
        guard let reader = end.byobReader else { return }
        let elementSize = argument & 3 == 3 ? 2 : 1
        let length = argument >> 2 & 3
        let offset = argument >> 4 & 1
        let buffer = FuzzBuffer(Array(repeating: 0, count: (offset + length + 1) * elementSize))
        let view = FuzzView(buffer, offset * elementSize, length * elementSize, elementSize: elementSize)
        var isAnswered = false
        func answer() {
            precondition(!isAnswered, "a request is answered twice")
            isAnswered = true
            open -= 1
        }
        open += 1
        reader.read(
            view, min: argument >> 5 & 3,
            .init(
                chunkSteps: { filled in
                    answer()
                    end.counter.take(filled)
                },
                closeSteps: { filled in
                    answer()
                    filled.map { end.counter.take($0) }
                }, errorSteps: { _ in answer() }))
    }
}

/// One end of the streams, where chunks come out.
private final class End {
    let stream: DrivenReadableStream
    var defaultReader: DrivenReadableStreamDefaultReader?
    var byobReader: DrivenReadableStreamBYOBReader?
    var counter = Counter("a reader")
    var isCancelled = false

    init(_ stream: DrivenReadableStream) {
        self.stream = stream
    }

    func acquire(bringsBuffers: Bool) {
        guard !stream.locked else { return }
        if bringsBuffers, let reader = try? stream.getBYOBReader() {
            byobReader = reader
            defaultReader = nil
        } else if let reader = try? stream.getReader() {
            defaultReader = reader
            byobReader = nil
        }
    }

    func release() {
        defaultReader?.releaseLock()
        byobReader?.releaseLock()
    }
}

/// Takes chunks and looks whether they are the next numbers.
private struct Counter {
    private let name: String
    private var next: UInt8 = 0

    init(_ name: String) {
        self.name = name
    }

    mutating func take(_ chunk: AnyObject) {
        guard let view = chunk as? FuzzView else { fatalError("\(name) got something else") }
        for byte in view.bytes {
            precondition(byte == next, "\(name) got \(byte) for \(next)")
            next &+= 1
        }
    }
}
