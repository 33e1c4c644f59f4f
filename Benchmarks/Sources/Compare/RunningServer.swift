// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A server's process, which listens; it ends with this object's `stop` or with this process.
struct RunningServer {
    let peer: Peer
    let port: Int
    private let process: Process

    var pid: Int32 { process.processIdentifier }

    /// Starts a server, on its core where it is pinned, and waits for its first answer.
    init(
        _ peer: Peer, port: Int, isPinned: Bool, _ environment: [String: String], _ workshop: Workshop
    ) throws {
        let pinning = isPinned ? ["taskset", "-c", "\(Workshop.serverCore)"] : []
        try self.init(peer, port: port, command: pinning + peer.command(workshop, port), environment, workshop)
    }

    init(
        _ peer: Peer, port: Int, command: [String], _ environment: [String: String], _ workshop: Workshop
    ) throws {
        self.peer = peer
        self.port = port
        process = Process()
        process.executableURL = Foundation.URL(fileURLWithPath: "/usr/bin/env")
        // Each of these becomes the next without a new process: the server's identity is this one's.
        process.arguments = ["setpriv", "--pdeathsig", "KILL"] + command
        var variables = ProcessInfo.processInfo.environment
        variables["PORT"] = "\(port)"
        process.environment = variables.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let first = ["--port", "\(port)", "--connections", "1", "--requests", "1", "--expect", "Hello, World!"]
        let deadline = Date().addingTimeInterval(30)
        while true {
            do {
                try Workshop.output([workshop.load, "run"] + first)
                return
            } catch  where process.isRunning && Date() < deadline {
                usleep(50_000)
            } catch {
                process.terminate()
                throw Workshop.Failure(description: "\(peer.name) does not answer: \(error)")
            }
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// A port that nobody uses now.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw Workshop.Failure(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
