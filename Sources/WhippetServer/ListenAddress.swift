// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where a server listens.
public enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// A TCP port of a host. `localhost` means both 127.0.0.1 and ::1; port 0 lets the system choose.
    case tcp(host: String, port: Int)
    /// A Unix socket at a path. A socket file that nobody listens on any more is replaced.
    case unix(path: String)

    /// The address as a URL where it has one: `http://127.0.0.1:3000`, or `unix:/run/app.sock`.
    public var description: String {
        switch self {
        case .tcp: "http://" + authority
        case .unix(let path): "unix:" + path
        }
    }

    /// Host and port as a URL has them, for requests that name no host.
    var authority: String {
        switch self {
        case .tcp(let host, let port):
            (host.utf8.contains(UInt8(ascii: ":")) ? "[" + host + "]" : host) + ":" + String(port)
        case .unix: "localhost"
        }
    }

    /// The address that `HOST` and `PORT` of the environment name; by default port 3000 of the loopback interface.
    ///
    /// - Throws: `ListenError` when `PORT` is no number from 0 to 65535.
    public static func fromEnvironment() throws(ListenError) -> ListenAddress {
        let host = environmentVariable("HOST") ?? "localhost"
        guard let text = environmentVariable("PORT") else { return .tcp(host: host, port: 3000) }
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw ListenError("PORT is \"\(text)\", which is no port: give a number from 0 to 65535.")
        }
        return .tcp(host: host, port: port)
    }
}

/// A server could not listen; the message says where and why, in one line.
public struct ListenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address and the reason.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
