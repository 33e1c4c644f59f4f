// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Who hears what happens to an `OutgoingSocket`, on its loop's thread.
package protocol OutgoingSocketOwner: AnyObject {
    /// The socket can be read or written, or is gone. `failed` may come with bytes that can still be read.
    func socketIsReady(_ readiness: Readiness)
}

/// A socket that connects to a server: what a client is built on.
///
/// It does not wait and keeps nothing; its owner asks for readiness and has the buffers. It must be closed before it is
/// let go of.
// SAFETY: made, touched and closed on its loop's thread only.
package final class OutgoingSocket: Channel, @unchecked Sendable {
    /// What came of a read or a write.
    package enum Transfer {
        /// So many bytes, at least one, were read or written.
        case bytes(Int)
        /// Nothing can be done at the moment.
        case wait
        /// The other side sends nothing more.
        case end
        /// The connection is gone, for this reason.
        case failed(String)
    }

    private let loop: EventLoop
    private weak var owner: (any OutgoingSocketOwner)?
    private var interest: Readiness = .writable

    private init(descriptor: Int32, loop: EventLoop, owner: any OutgoingSocketOwner) {
        self.loop = loop
        self.owner = owner
        super.init(descriptor: descriptor)
    }

    /// Begins to connect; the socket becomes writable when it is connected, or fails.
    ///
    /// - Throws: `ConnectError` when the system refuses at once.
    package static func connect(
        to address: RemoteAddress, on loop: EventLoop, owner: any OutgoingSocketOwner
    ) throws(ConnectError) -> OutgoingSocket {
        let descriptor = whippet_stream_socket(address.family)
        guard descriptor >= 0 else { throw ConnectError(errno) }
        if address.family != AF_UNIX { setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY) }
        let result = address.withSocketAddress { systemConnect(descriptor, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else {
            let error = ConnectError(errno)
            systemClose(descriptor)
            throw error
        }
        let socket = OutgoingSocket(descriptor: descriptor, loop: loop, owner: owner)
        guard loop.add(socket, interest: socket.interest) else {
            systemClose(descriptor)
            throw ConnectError(ENOMEM)
        }
        return socket
    }

    /// Whether the socket has been closed.
    package var isClosed: Bool { descriptor < 0 }

    /// What the attempt to connect has come to, once the socket is ready; nil when it is connected.
    package func connectError() -> ConnectError? {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return ConnectError(errno) }
        return code == 0 ? nil : ConnectError(code)
    }

    /// Watches a readiness or stops to.
    package func watch(_ readiness: Readiness, _ isWanted: Bool) {
        guard !isClosed else { return }
        var wanted = interest
        if isWanted { wanted.insert(readiness) } else { wanted.remove(readiness) }
        guard wanted != interest else { return }
        interest = wanted
        loop.modify(self, interest: wanted)
    }

    override func ready(_ readiness: Readiness) {
        owner?.socketIsReady(readiness)
    }

    // MARK: - Bytes

    /// Reads what has arrived.
    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        guard !isClosed, let base = buffer.baseAddress else { return .end }
        let count = systemReceive(descriptor, base, buffer.count)
        if count > 0 { return .bytes(count) }
        return count == 0 ? .end : Self.failure()
    }

    /// Writes what the socket takes.
    package func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Transfer {
        guard !isClosed, let base = bytes.baseAddress else { return .wait }
        let count = systemSend(descriptor, base, bytes.count)
        return count >= 0 ? .bytes(count) : Self.failure()
    }

    private static func failure() -> Transfer {
        errno == EAGAIN || errno == EINTR ? .wait : .failed(ConnectError(errno).message)
    }

    // MARK: - The end

    /// Tells the server that nothing more comes; what it sends can still be read.
    package func shutdownWriting() {
        guard !isClosed else { return }
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Closes with a reset: the server learns at once that nobody reads any more.
    package func reset() {
        guard !isClosed else { return }
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Closes the socket; what the system has not sent yet still goes out.
    package func close() {
        loop.close(self)
    }

    private static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}

/// A connection could not be made.
package struct ConnectError: Error, Hashable, Sendable {
    /// The system's reason, such as `Connection refused`.
    package let message: String

    init(_ code: Int32) {
        message = String(cString: strerror(code))
    }

    package init(_ message: String) {
        self.message = message
    }
}
