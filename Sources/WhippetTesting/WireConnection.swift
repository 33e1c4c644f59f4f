// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetServer

/// A bare connection to a server, for what no well-behaved client does: broken requests, half-closed sides, resets.
///
/// ```swift
/// let wire = try await client.connect()
/// try await wire.send("GET / HTTP/1.1\r\n\r\n")
/// #expect(try await wire.receive(until: "\r\n") == "HTTP/1.1 400 Bad Request\r\n")
/// ```
///
/// Nothing is read from the socket before somebody receives. Letting go of the connection closes it.
public final class WireConnection: Sendable {
    private let loop: EventLoop
    private let socket: WireSocket

    /// Connects; gives up on a server that does nothing for as long as `patience`.
    init(to address: ListenAddress, patience: Duration) async throws {
        guard let loop = HTTPClient.loop else {
            throw ClientError(.cannotConnect, "The client's event loop can't start: the system has nothing to give.")
        }
        self.loop = loop
        let socket = WireSocket(loop: loop, name: address.description, patience: patience)
        self.socket = socket
        guard let remote = try await RemoteAddress.resolve(address).first else {
            throw ClientError(.cannotConnect, "\(address) has no address to connect to.")
        }
        try await loop.wait { socket.connect(to: remote, $0) }
    }

    deinit {
        loop.execute { [socket] in socket.close() }
    }

    // MARK: - Sending

    /// Sends bytes; returns when the system has taken them all.
    ///
    /// - Throws: `ClientError` when the server has closed the connection or takes nothing for too long.
    public func send(_ bytes: [UInt8]) async throws {
        try await loop.wait { [socket] in socket.send(bytes, $0) }
    }

    /// Sends text as UTF-8; returns when the system has taken it all.
    ///
    /// - Throws: `ClientError` when the server has closed the connection or takes nothing for too long.
    public func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    // MARK: - Receiving

    /// Takes what has arrived, at least one byte; nil when the server has closed its side.
    ///
    /// - Throws: `ClientError` when the connection was reset or nothing comes for too long.
    public func receive() async throws -> [UInt8]? {
        try await receive(until: [])
    }

    /// Takes what arrives up to the end of the first occurrence of `text`.
    ///
    /// - Throws: `ClientError` when the connection ends before, or nothing comes for too long.
    public func receive(until text: String) async throws -> String {
        String(decoding: try await receive(until: Array(text.utf8)) ?? [], as: UTF8.self)
    }

    /// Takes what arrives until the server closes its side.
    ///
    /// - Throws: `ClientError` when the connection was reset or nothing comes for too long.
    public func receiveToEnd() async throws -> String {
        var bytes: [UInt8] = []
        while let chunk = try await receive() { bytes += chunk }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func receive(until needle: [UInt8]) async throws -> [UInt8]? {
        try await loop.wait { [socket] in socket.receive(until: needle, $0) }
    }

    // MARK: - The end

    /// Closes this side: the server reads the end, and may still answer.
    public func halfClose() {
        loop.execute { [socket] in socket.halfClose() }
    }

    /// Ends the connection with a reset, as a client does that has crashed.
    public func reset() {
        loop.execute { [socket] in socket.reset() }
    }

    /// Closes the connection.
    public func close() {
        loop.execute { [socket] in socket.close() }
    }
}
