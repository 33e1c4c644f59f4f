// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra

@_spi(Conformance) @testable import WhippetStreams

/// A small language of one thread that drives the core: microtasks, promises, errors and buffers as JavaScript has them.
final class ToyDriver: StreamDriver {
    private var jobs: [() -> Void] = []
    /// How many jobs have run.
    private(set) var ticks = 0

    func enqueue(_ job: @escaping () -> Void) {
        jobs.append(job)
    }

    /// Runs all jobs, and those that they enqueue.
    func run() {
        while tick() {}
    }

    /// Runs one job, if there is one.
    func tick() -> Bool {
        guard !jobs.isEmpty else { return false }
        ticks += 1
        jobs.removeFirst()()
        return true
    }

    func makePromise() -> any StreamDriverPromise { ToyPromise(self) }
    func typeError(_ message: String) -> any Error { TypeError(message) }
    func rangeError(_ message: String) -> any Error { RangeError(message) }
    func list(_ first: any Error, _ second: any Error) -> any Error { Failure("[\(first), \(second)]") }

    func describe(view: AnyObject) -> DrivenView {
        guard let view = view as? ToyView else {
            return DrivenView(
                buffer: ToyBuffer([]), bufferByteLength: 0, byteOffset: 0, byteLength: 0, elementSize: 1, kind: 0)
        }
        let bytes = view.buffer.bytes
        return DrivenView(
            buffer: view.buffer, bufferByteLength: bytes?.count ?? 0, byteOffset: bytes == nil ? 0 : view.byteOffset,
            byteLength: bytes == nil ? 0 : view.byteLength, elementSize: view.elementSize, kind: view.elementSize - 1)
    }

    func isDetached(buffer: AnyObject) -> Bool {
        (buffer as? ToyBuffer)?.bytes == nil
    }

    func transfer(buffer: AnyObject) throws -> AnyObject {
        guard let old = buffer as? ToyBuffer, let bytes = old.bytes, old.isTransferable else {
            throw TypeError("the buffer can't be transferred")
        }
        old.bytes = nil
        return ToyBuffer(bytes)
    }

    func allocate(byteLength: Int) throws -> AnyObject {
        ToyBuffer(Array(repeating: 0, count: byteLength))
    }

    func clone(buffer: AnyObject, byteOffset: Int, byteLength: Int) throws -> AnyObject {
        guard let bytes = (buffer as? ToyBuffer)?.bytes, byteOffset + byteLength <= bytes.count else {
            throw RangeError("out of bounds")
        }
        return ToyBuffer(Array(bytes[byteOffset..<byteOffset + byteLength]))
    }

    func copyBytes(
        to target: AnyObject, at targetOffset: Int, from source: AnyObject, at sourceOffset: Int, count: Int
    ) -> Bool {
        guard let target = target as? ToyBuffer, let bytes = (source as? ToyBuffer)?.bytes, target.bytes != nil,
            sourceOffset + count <= bytes.count, targetOffset + count <= (target.bytes?.count ?? 0)
        else { return false }
        target.bytes?.replaceSubrange(
            targetOffset..<targetOffset + count, with: bytes[sourceOffset..<sourceOffset + count])
        return true
    }

    func makeView(kind: Int, buffer: AnyObject, byteOffset: Int, length: Int) -> AnyObject {
        guard let buffer = buffer as? ToyBuffer else { return ToyView([]) }
        return ToyView(buffer, byteOffset, length * (kind + 1), elementSize: kind + 1)
    }
}

/// A promise of the toy language, written from ECMAScript's text and not from the core's.
final class ToyPromise: StreamDriverPromise {
    private enum State {
        case pending
        case fulfilled
        case rejected(any Error)
    }

    private let driver: ToyDriver
    private var state = State.pending
    private var reactions: [(fulfilled: () -> Void, rejected: (any Error) -> Void)] = []
    private(set) var isHandled = false

    init(_ driver: ToyDriver) {
        self.driver = driver
    }

    func resolve() {
        settle(.fulfilled)
    }

    func reject(_ reason: any Error) {
        settle(.rejected(reason))
    }

    func resolve(with other: any StreamDriverPromise) {
        // NewPromiseResolveThenableJob: one job to call `then`, and the reaction is another.
        driver.enqueue { other.react(fulfilled: { self.resolve() }, rejected: { self.reject($0) }) }
    }

    func react(fulfilled: @escaping () -> Void, rejected: @escaping (any Error) -> Void) {
        isHandled = true
        switch state {
        case .pending: reactions.append((fulfilled, rejected))
        case .fulfilled: driver.enqueue(fulfilled)
        case .rejected(let reason): driver.enqueue { rejected(reason) }
        }
    }

    func setHandled() {
        isHandled = true
    }

    /// How it stands, in a word.
    var outcome: String {
        switch state {
        case .pending: "pending"
        case .fulfilled: "fulfilled"
        case .rejected(let reason): "rejected: \(reason)"
        }
    }

    private func settle(_ state: State) {
        guard case .pending = self.state else { return }
        self.state = state
        let taken = reactions
        reactions = []
        for reaction in taken {
            switch state {
            case .pending: break
            case .fulfilled: driver.enqueue(reaction.fulfilled)
            case .rejected(let reason): driver.enqueue { reaction.rejected(reason) }
            }
        }
    }
}

/// A buffer that can be detached.
final class ToyBuffer {
    var bytes: [UInt8]?
    let isTransferable: Bool

    init(_ bytes: [UInt8], isTransferable: Bool = true) {
        self.bytes = bytes
        self.isTransferable = isTransferable
    }
}

/// A view of a buffer.
final class ToyView {
    let buffer: ToyBuffer
    let byteOffset: Int
    let byteLength: Int
    let elementSize: Int

    init(_ buffer: ToyBuffer, _ byteOffset: Int, _ byteLength: Int, elementSize: Int = 1) {
        self.buffer = buffer
        self.byteOffset = byteOffset
        self.byteLength = byteLength
        self.elementSize = elementSize
    }

    convenience init(_ bytes: [UInt8], elementSize: Int = 1) {
        self.init(ToyBuffer(bytes), 0, bytes.count, elementSize: elementSize)
    }

    /// What it shows; nothing when the buffer is detached.
    var bytes: [UInt8] {
        guard let bytes = buffer.bytes else { return [] }
        return Array(bytes[byteOffset..<byteOffset + byteLength])
    }
}

/// A chunk that the core can't look into.
final class ToyChunk {
    let name: String
    init(_ name: String) { self.name = name }
}

/// What happened, in its order, and the means to make a driver write it down.
final class Diary {
    let driver = ToyDriver()
    lazy var realm = StreamRealm(driver)
    var entries: [String] = []

    /// A promise that is fulfilled, with a note that it was asked for.
    func done(_ entry: String) -> any StreamDriverPromise {
        entries.append(entry)
        let promise = driver.makePromise()
        promise.resolve()
        return promise
    }

    /// Notes how a promise ends.
    func watch(_ promise: any StreamDriverPromise, _ name: String) {
        promise.react(
            fulfilled: { self.entries.append("\(name) fulfilled") },
            rejected: { self.entries.append("\(name) rejected: \($0)") })
    }

    /// A read request that notes its outcome as a promise's reaction would: one job later.
    func request(_ name: String) -> DrivenReadRequest {
        func note(_ entry: String) {
            driver.enqueue { self.entries.append("\(name) \(entry)") }
        }
        return DrivenReadRequest(
            chunkSteps: { note(($0 as? ToyChunk)?.name ?? (($0 as? ToyView).map { "\($0.bytes)" } ?? "?")) },
            closeSteps: { note("done") },
            errorSteps: { note("error: \($0)") })
    }

    /// Notes the numbers of the jobs that run from here on, one per job.
    func count(_ jobs: Int, from first: Int = 1) {
        guard jobs > 0 else { return }
        driver.enqueue {
            self.entries.append("job \(first)")
            self.count(jobs - 1, from: first + 1)
        }
    }
}
