// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension AsyncSequence where Element == [UInt8] {
    /// The lines of the text that the chunks make as UTF-8, without their ends.
    ///
    /// ```swift
    /// let log = ByteStream.from([Array("one\r\ntw".utf8), Array("o\n".utf8)])
    /// for try await line in log.lines { expect(line == "one" || line == "two") }
    /// ```
    ///
    /// A line ends with LF or CRLF, the last one also with the text. A line above 1 MiB is a `RangeError`:
    /// `lines(maximumByteCount:)` sets another bound.
    public var lines: AsyncLineSequence<Self> {
        lines(maximumByteCount: 1_048_576)
    }

    /// The lines of the text that the chunks make as UTF-8, without their ends.
    ///
    /// - Parameter maximumByteCount: The bytes that a line may have, its end not counted; a longer one throws a
    ///   `RangeError`, so that a sender can't fill the memory.
    public func lines(maximumByteCount: Int) -> AsyncLineSequence<Self> {
        AsyncLineSequence(base: self, maximumByteCount: maximumByteCount)
    }
}

/// The lines of a text that comes in chunks of bytes; see `lines`.
///
/// What is not UTF-8 becomes U+FFFD, and a byte order mark in front is left out, as
/// [UTF-8 decode](https://encoding.spec.whatwg.org/#utf-8-decode) has it.
public struct AsyncLineSequence<Base: AsyncSequence>: AsyncSequence where Base.Element == [UInt8] {
    /// A line without its end.
    public typealias Element = String

    let base: Base
    let maximumByteCount: Int

    /// Begins to read the chunks.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), maximumByteCount: maximumByteCount)
    }

    /// Reads one line after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var base: Base.AsyncIterator
        private var splitter: LineSplitter
        private var isAtEnd = false

        init(base: Base.AsyncIterator, maximumByteCount: Int) {
            self.base = base
            splitter = LineSplitter(maximumByteCount: maximumByteCount)
        }

        /// The next line, nil at the end.
        ///
        /// - Throws: What the chunks' sequence throws; `RangeError` for a line that is too long.
        public mutating func next() async throws -> String? {
            try await next(isolation: #isolation)
        }

        /// The next line, nil at the end, without leaving the caller's actor.
        ///
        /// - Throws: What the chunks' sequence throws; `RangeError` for a line that is too long.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> String? {
            while true {
                if let line = try splitter.next(isLast: isAtEnd) { return line }
                if isAtEnd { return nil }
                if let chunk = try await base.next(isolation: actor) {
                    splitter.append(chunk)
                } else {
                    isAtEnd = true
                }
            }
        }
    }
}

extension AsyncLineSequence: Sendable where Base: Sendable {}
