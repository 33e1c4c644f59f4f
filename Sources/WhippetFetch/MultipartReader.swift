// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra

/// Reads a `multipart/form-data` body part by part from its source: one pass, nothing kept.
// SAFETY: the variables are touched only between `enter` and `leave`, which let one caller in at a time.
final class MultipartReader: @unchecked Sendable {
    private let source: any BodySequence
    private let publicError: @Sendable (MultipartError) -> any Error
    private var parser: MultipartParser
    /// The number of the part that is being read.
    private var part = 0
    private var isInPart = false
    private var isAtEnd = false
    private var isFinished = false
    private var failure: (any Error)?
    private let isBusy = Atomic(false)

    init(
        _ source: any BodySequence, _ parser: MultipartParser,
        publicError: @escaping @Sendable (MultipartError) -> any Error
    ) {
        self.source = source
        self.parser = parser
        self.publicError = publicError
    }

    deinit {
        if !isFinished { source.cancel(DOMException("The form was not read to its end", name: .abortError)) }
    }

    /// The head of the next part and its number, past what is left of the one before; nil at the end.
    func nextPart() async throws -> (head: MultipartPartHead, number: Int)? {
        try enter()
        defer { leave() }
        guard !isFinished else { return nil }
        while true {
            switch try await nextEvent() {
            case .part(let head):
                part += 1
                isInPart = true
                return (head, part)
            case .bytes: continue
            case .partEnd: isInPart = false
            case .end:
                isFinished = true
                return nil
            }
        }
    }

    /// The next bytes of a part, nil at its end.
    ///
    /// - Throws: `TypeError` if another part was asked for since.
    func nextBytes(of number: Int) async throws -> [UInt8]? {
        try enter()
        defer { leave() }
        if let failure { throw failure }
        guard number == part else {
            throw TypeError("FormDataPart: the next part was asked for, so that this one is over; read it before")
        }
        guard isInPart else { return nil }
        if case .bytes(let bytes) = try await nextEvent() { return Array(bytes) }
        isInPart = false
        return nil
    }

    private func nextEvent() async throws -> MultipartParser.Event {
        do {
            while true {
                if let event = try parser.next(isAtEnd: isAtEnd) { return event }
                if let chunk = try await source.next() {
                    try parser.append(chunk)
                } else {
                    isAtEnd = true
                }
            }
        } catch {
            isFinished = true
            let error = (error as? MultipartError).map(publicError) ?? error
            failure = error
            source.cancel(error)
            throw error
        }
    }

    private func enter() throws {
        guard isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            throw TypeError("FormDataParts: the form is being read by another task")
        }
    }

    private func leave() {
        isBusy.store(false, ordering: .releasing)
    }
}

/// The body of one part.
final class PartSequence: BodySequence {
    private let reader: MultipartReader
    private let number: Int

    init(_ reader: MultipartReader, number: Int) {
        self.reader = reader
        self.number = number
    }

    var length: Int? { nil }

    func next() async throws -> [UInt8]? {
        try await reader.nextBytes(of: number)
    }

    /// What is left of the part is passed over when the next one is asked for.
    func cancel(_ reason: any Error) {}
}
