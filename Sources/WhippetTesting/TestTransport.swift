// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetServer

/// How a test reaches the application: by a call, or through a real socket.
///
/// Both have the same face, so that one test can run both ways:
/// `@Test(arguments: [TestTransport.inProcess, .live])`.
public struct TestTransport: Hashable, Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case inProcess
        case live(ListenAddress, loops: Int?)
    }

    let kind: Kind

    /// Requests go to `App.fetch`, without a socket: the fast way.
    public static let inProcess = TestTransport(kind: .inProcess)

    /// Requests go through a server on a port of 127.0.0.1 that the system chooses.
    public static let live = live()

    /// Requests go through a server at an address, with so many event loops.
    ///
    /// - Parameters:
    ///   - address: Where the server listens; port 0 lets the system choose.
    ///   - loops: How many event loops it has; nil for what the application's configuration says.
    public static func live(
        at address: ListenAddress = .tcp(host: "127.0.0.1", port: 0), loops: Int? = nil
    ) -> TestTransport {
        TestTransport(kind: .live(address, loops: loops))
    }

    /// The transport as it stands in a test's name.
    public var description: String {
        switch kind {
        case .inProcess: "in process"
        case .live(.tcp, _): "live"
        case .live(let address, _): "live at \(address)"
        }
    }
}
