// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetStreams

/// A language of one thread: jobs, promises and buffers, each of which checks that it is used as the standard allows.
final class FuzzDriver: StreamDriver {
    private var jobs: [() -> Void] = []
    private var next = 0

    func enqueue(_ job: @escaping () -> Void) {
        jobs.append(job)
    }

    /// Runs at most so many jobs.
    func run(_ limit: Int = .max) {
        var count = 0
        while next < jobs.count, count < limit {
            jobs[next]()
            next += 1
            count += 1
        }
        if next == jobs.count {
            jobs = []
            next = 0
        }
    }

    func makePromise() -> any StreamDriverPromise { FuzzPromise(self) }
    func typeError(_ message: String) -> any Error { FuzzError(message) }
    func rangeError(_ message: String) -> any Error { FuzzError(message) }
    func list(_ first: any Error, _ second: any Error) -> any Error { FuzzError("both") }

    func describe(view: AnyObject) -> DrivenView {
        guard let view = view as? FuzzView else { fatalError("not a view") }
        let isDetached = view.buffer.bytes == nil
        return DrivenView(
            buffer: view.buffer, bufferByteLength: view.buffer.bytes?.count ?? 0,
            byteOffset: isDetached ? 0 : view.byteOffset, byteLength: isDetached ? 0 : view.byteLength,
            elementSize: view.elementSize, kind: view.elementSize - 1)
    }

    func isDetached(buffer: AnyObject) -> Bool {
        (buffer as? FuzzBuffer)?.bytes == nil
    }

    func transfer(buffer: AnyObject) throws -> AnyObject {
        guard let old = buffer as? FuzzBuffer, let bytes = old.bytes else { throw FuzzError("detached") }
        old.bytes = nil
        return FuzzBuffer(bytes)
    }

    func allocate(byteLength: Int) throws -> AnyObject {
        FuzzBuffer(Array(repeating: 0, count: byteLength))
    }

    func clone(buffer: AnyObject, byteOffset: Int, byteLength: Int) throws -> AnyObject {
        guard let bytes = (buffer as? FuzzBuffer)?.bytes else { throw FuzzError("detached") }
        return FuzzBuffer(Array(bytes[byteOffset..<byteOffset + byteLength]))
    }

    func copyBytes(
        to target: AnyObject, at targetOffset: Int, from source: AnyObject, at sourceOffset: Int, count: Int
    ) -> Bool {
        guard let target = target as? FuzzBuffer, let bytes = (source as? FuzzBuffer)?.bytes else { return false }
        let range = targetOffset..<targetOffset + count
        precondition(range.upperBound <= target.bytes?.count ?? 0, "bytes beyond a buffer")
        target.bytes?.replaceSubrange(range, with: bytes[sourceOffset..<sourceOffset + count])
        return true
    }

    func makeView(kind: Int, buffer: AnyObject, byteOffset: Int, length: Int) -> AnyObject {
        guard let buffer = buffer as? FuzzBuffer else { fatalError("not a buffer") }
        return FuzzView(buffer, byteOffset, length * (kind + 1), elementSize: kind + 1)
    }
}

/// A promise that is settled once.
final class FuzzPromise: StreamDriverPromise {
    private enum State {
        case pending
        case fulfilled
        case rejected(any Error)
    }

    private let driver: FuzzDriver
    private var state = State.pending
    private var isSealed = false
    private var reactions: [(fulfilled: () -> Void, rejected: (any Error) -> Void)] = []

    init(_ driver: FuzzDriver) {
        self.driver = driver
    }

    func resolve() {
        precondition(!isSealed, "the core settles a promise twice")
        isSealed = true
        settle(.fulfilled)
    }

    func reject(_ reason: any Error) {
        precondition(!isSealed, "the core settles a promise twice")
        isSealed = true
        settle(.rejected(reason))
    }

    func resolve(with other: any StreamDriverPromise) {
        precondition(!isSealed, "the core settles a promise twice")
        isSealed = true
        driver.enqueue {
            other.react(fulfilled: { self.settle(.fulfilled) }, rejected: { self.settle(.rejected($0)) })
        }
    }

    func react(fulfilled: @escaping () -> Void, rejected: @escaping (any Error) -> Void) {
        reactions.append((fulfilled, rejected))
        flush()
    }

    func setHandled() {}

    private func settle(_ state: State) {
        self.state = state
        flush()
    }

    private func flush() {
        if case .pending = state { return }
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

struct FuzzError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

/// A buffer that can be detached.
final class FuzzBuffer {
    var bytes: [UInt8]?
    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// A view of a buffer; a chunk of every stream.
final class FuzzView {
    let buffer: FuzzBuffer
    let byteOffset: Int
    let byteLength: Int
    let elementSize: Int

    init(_ buffer: FuzzBuffer, _ byteOffset: Int, _ byteLength: Int, elementSize: Int) {
        self.buffer = buffer
        self.byteOffset = byteOffset
        self.byteLength = byteLength
        self.elementSize = elementSize
    }

    var bytes: ArraySlice<UInt8> {
        (buffer.bytes ?? [])[byteOffset..<byteOffset + byteLength]
    }
}
