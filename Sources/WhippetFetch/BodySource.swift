// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetStreams

/// Where the bytes of a body come from, as the host sends them.
package enum BodySource: Sendable {
    /// No body.
    case empty
    /// A string, to be sent as UTF-8.
    case string(String)
    case bytes([UInt8])
    /// A part of a file, to be opened by the reader.
    case file(FileRange)
    /// Chunks that are there once.
    case sequence(any BodySequence)
    /// A stream, not locked.
    case stream(ByteStream)
}

/// Chunks of a body that are there once: a request's incoming body, or any asynchronous sequence.
///
/// `next` is called by one reader, one call after another.
package protocol BodySequence: AnyObject, Sendable {
    /// How many bytes there are in all, where that is known before they come.
    var length: Int? { get }
    /// The next chunk, nil at the end.
    func next() async throws -> [UInt8]?
    /// Says that nobody reads on; a call of `next` that waits ends with an error or nil.
    func cancel(_ reason: any Error)
}

/// Some bytes of a file, which need not be open.
package struct FileRange: Sendable {
    package var path: String
    package var offset: Int
    package var length: Int

    package init(path: String, offset: Int = 0, length: Int) {
        self.path = path
        self.offset = offset
        self.length = length
    }
}
