// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

/// A list that several tasks write to, in the order of their writing.
final class Log<Entry: Sendable>: Sendable {
    private let entries = Locked<[Entry]>([])

    var all: [Entry] { entries.withLock { $0 } }
    var count: Int { entries.withLock { $0.count } }

    func add(_ entry: Entry) {
        entries.withLock { $0.append(entry) }
    }
}

/// Lets other tasks run until something holds.
func eventually(_ condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}

/// Says, when it dies, that it has died.
final class Witness: Sendable {
    private let log: Log<String>
    private let name: String

    init(_ log: Log<String>, _ name: String) {
        self.log = log
        self.name = name
    }

    deinit {
        log.add(name)
    }
}

struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

extension ReadableStream {
    /// A stream without a pull function, and the controller that feeds it.
    static func pushed(
        highWaterMark: Double = 1
    ) throws -> (ReadableStream, ReadableStreamDefaultController<Chunk>) {
        var controller: ReadableStreamDefaultController<Chunk>?
        let stream = ReadableStream(strategy: .count(highWaterMark: highWaterMark), start: { controller = $0 })
        return (stream, try #require(controller))
    }

    /// How many reads wait.
    var waitingReads: Int {
        domain.enter { readableStreamGetNumReadRequests(core) }
    }

    /// All chunks up to the end.
    func collected() async throws -> [Chunk] {
        var chunks: [Chunk] = []
        for try await chunk in self { chunks.append(chunk) }
        return chunks
    }
}

extension AsyncSequence {
    /// All elements up to the end.
    func gathered() async throws -> [Element] {
        var elements: [Element] = []
        for try await element in self { elements.append(element) }
        return elements
    }
}
