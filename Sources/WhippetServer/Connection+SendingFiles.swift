// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// Large files, which the system takes from the disk to the socket itself.
///
/// The system hands the pages of a file to the socket, so that bytes that are overwritten before they have left go out
/// as they are then. So the file's version is looked at after each piece; and the end of the file is kept back until
/// the client has everything else, then read and looked at once more: who gets all bytes got those of one version.
extension Connection {
    /// Shorter parts of files are read: the wait before the end would cost them more than is gained.
    private static let transferMinimum = 1024 * 1024
    /// So much is asked for at once: a thread of the pool is this client's meanwhile.
    private static let transferPiece = 1024 * 1024
    /// The end of the file, which is read.
    private static let transferEnd = 64 * 1024
    /// How many milliseconds pass at most until it is looked again what a client has that takes something.
    private static let usualPause: Int64 = 50

    /// Sends most of what is left of a file, whose first piece has been read, without reading it.
    ///
    /// - Returns: How many bytes were sent; the others are to be read.
    /// - Throws: `DOMException` `NotReadableError` if the file was changed.
    func transfer(_ sequence: FileSequence) async throws -> Int {
        guard let (file, offset, count) = sequence.rest, count >= Self.transferMinimum else { return 0 }
        guard await waitUntilDrained(), let transfer = FileTransfer(into: descriptor) else { return 0 }
        let end = count - Self.transferEnd
        var position = 0
        while position < end {
            let wanted = min(Self.transferPiece, end - position)
            let sent = try await ThreadPool.shared.run { [position] in
                try transfer.send(file, offset: offset + position, count: wanted)
            }
            guard state.pointee.phase == .handling, let sent else { break }
            position += sent
            state.pointee.sentContent += sent
            sequence.skip(sent)
            // The socket is full: it took less than there was.
            if sent < wanted {
                guard await waitForSocket() else { break }
            }
        }
        if state.pointee.phase == .handling, position > 0 { await waitForClient() }
        return position
    }

    /// Waits until the socket takes bytes again; false when the connection is gone.
    private func waitForSocket() async -> Bool {
        guard state.pointee.phase == .handling else { return false }
        beginWait()
        watch(.writable, true)
        return await withUnsafeContinuation { state.pointee.drained.append($0) }
    }

    /// Waits until the other side has got all that the socket has taken, or the connection is gone.
    ///
    /// Nothing tells when that is so; it is looked up again and again.
    private func waitForClient() async {
        let start = worker.loop.now
        let first = systemUnderway(descriptor)
        var last = Int.max
        var pause: Int64 = 0
        while state.pointee.phase == .handling {
            let underway = systemUnderway(descriptor)
            guard underway > 0 else { break }
            // A client that takes nothing is looked at less and less: many of them would else cost a part of a core.
            let longest = underway < last ? Self.usualPause : max(Self.usualPause, min(2 * pause, 1000))
            if underway < last { beginWait() }
            last = underway
            // The time that it takes at the pace it had so far.
            let rest = (worker.loop.now - start) * Int64(underway) / Int64(max(1, first - underway))
            pause = min(max(1, rest), longest)
            await withUnsafeContinuation { continuation in
                worker.loop.schedule(after: pause) { continuation.resume() }
            }
        }
        state.pointee.awaitsSocket = false
        if state.pointee.phase == .handling { refreshDeadline() }
    }

    /// From now on the client has its time to take something.
    private func beginWait() {
        state.pointee.awaitsSocket = true
        beginTaking()
    }
}
