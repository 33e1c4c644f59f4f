// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1

/// What is left of a body in memory that the socket did not take.
///
/// It stays where it is: clients that take their time would else have a copy each, of an answer that is there once.
struct HeldBody {
    private let response: Response
    /// How many bytes have been taken out.
    private var offset: Int

    /// Holds the body of a response behind so many bytes of it.
    init(_ response: Response, from offset: Int) {
        self.response = response
        self.offset = offset
    }

    /// Calls `body` with what is left, of which it takes as many bytes as it returns.
    mutating func take(_ body: (UnsafeBufferPointer<UInt8>) -> Int) {
        let start = offset
        var count = 0
        response.withBufferedBytes { bytes in
            if start < bytes.count { count = body(UnsafeBufferPointer(rebasing: bytes[start...])) }
        }
        offset += count
    }
}

extension Connection {
    /// How much of a held body is copied behind what the socket has taken: while there is output, the rest waits.
    private static let pieceLimit = 64 * 1024

    /// Keeps what the socket did not take of a body: of a long one the first piece, the rest is held.
    func keep(_ bytes: UnsafeBufferPointer<UInt8>, after taken: Int, of holder: Response?) {
        let end = holder == nil ? bytes.count : min(bytes.count, taken + Self.pieceLimit)
        if taken < end { keep(UnsafeBufferPointer(rebasing: bytes[taken..<end])) }
        if let holder, end < bytes.count { state.pointee.held = HeldBody(holder, from: end) }
    }

    /// Copies what is held, for something is to go out behind it: seldom, as no request is read on before all output has
    /// left, but for those that have come when the server stops.
    func copyHeld() {
        guard var held = state.pointee.held.take() else { return }
        held.take { bytes in
            state.pointee.output.append(bytes)
            return bytes.count
        }
    }

    /// Writes on from the body that is held, once the socket has taken all else; whether there is still output.
    func writeHeld() -> Bool {
        guard var held = state.pointee.held.take() else { return false }
        var isLeft = false
        held.take { bytes in
            // Nothing is held any more, should the client turn out to be gone.
            guard let taken = write(bytes) else { return bytes.count }
            let piece = min(bytes.count - taken, Self.pieceLimit)
            guard piece > 0 else { return taken }
            state.pointee.output.append(UnsafeBufferPointer(rebasing: bytes[taken..<(taken + piece)]))
            isLeft = true
            return taken + piece
        }
        if isLeft { state.pointee.held = held }
        return isLeft
    }
}
