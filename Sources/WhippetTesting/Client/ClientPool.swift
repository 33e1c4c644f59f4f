// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetServer

/// A client's connections: those at work, and a few that wait for the next request to the same address.
// SAFETY: the variables are touched on the loop's thread only.
final class ClientPool: @unchecked Sendable {
    let loop: EventLoop
    /// How long a server that owes something may be silent, in milliseconds.
    let silenceLimit: Int64
    /// How long a connection is kept without a request, in milliseconds; servers keep them longer.
    let idleLimit: Int64
    /// Where sockets are read into, one at a time.
    let received = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)

    private static let keptPerAddress = 16

    private var connections: [ObjectIdentifier: ClientConnection] = [:]
    private var kept: [ListenAddress: [ClientConnection]] = [:]
    private var isSweeping = false
    private var isClosed = false

    init(loop: EventLoop, silenceLimit: Duration, idleLimit: Duration) {
        self.loop = loop
        self.silenceLimit = silenceLimit.milliseconds
        self.idleLimit = idleLimit.milliseconds
    }

    deinit {
        received.deallocate()
    }

    /// A connection to the address that waits for a request; the one used last, as it is the least likely to be closed.
    func take(_ address: ListenAddress) -> ClientConnection? {
        kept[address]?.popLast()
    }

    /// Keeps a connection for the next request.
    func keep(_ connection: ClientConnection) {
        guard !isClosed, kept[connection.address, default: []].count < Self.keptPerAddress else {
            return connection.close()
        }
        kept[connection.address, default: []].append(connection)
    }

    func add(_ connection: ClientConnection) {
        connections[ObjectIdentifier(connection)] = connection
        sweepLater()
    }

    func remove(_ connection: ClientConnection) {
        connections[ObjectIdentifier(connection)] = nil
        kept[connection.address]?.removeAll { $0 === connection }
        if kept[connection.address]?.isEmpty == true { kept[connection.address] = nil }
    }

    /// Ends all connections, and the exchanges that still run.
    func close() {
        isClosed = true
        for connection in Array(connections.values) { connection.fail(.closed, "the client was closed") }
    }

    /// Looks now and then for connections whose time is over, as long as there are any.
    private func sweepLater() {
        guard !isSweeping else { return }
        isSweeping = true
        loop.schedule(after: 500) { [weak self] in
            guard let self else { return }
            isSweeping = false
            for connection in Array(connections.values) { connection.check(now: loop.now) }
            if !connections.isEmpty { sweepLater() }
        }
    }
}
