// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// A file's way into a socket without a stop in the memory of the process: `sendfile`.
///
/// `sendfile` waits for the disk, so that it runs on the pool of threads for blocking work. It has a descriptor of its
/// own there: a connection that closes meanwhile gives its number back, and the system may hand that to another client
/// before the pool comes to it.
final class FileTransfer: Sendable {
    private let socket: Int32

    /// Duplicates a socket; nil when the system has no descriptor to give, or no `sendfile` that waits for no socket.
    init?(into socket: Int32) {
        self.socket = systemDuplicate(socket)
        guard self.socket >= 0 else { return nil }
    }

    deinit {
        if socket >= 0 { systemClose(socket) }
    }

    /// Has the system send as much as the socket takes now; this blocks for the disk.
    ///
    /// - Returns: How many bytes the socket took, none when it is full; nil when they can't be sent this way.
    /// - Throws: `DOMException` `NotReadableError` if the file is not what it was when it was opened.
    func send(_ file: OpenFile, offset: Int, count: Int) throws -> Int? {
        let sent = systemSendFile(socket, file.descriptor, offset, count)
        // After sending: a change while it was sent is one, too.
        try file.checkVersion()
        return sent
    }
}
