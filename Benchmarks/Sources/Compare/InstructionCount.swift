// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The instructions in user space that a request costs Whippet, counted by callgrind: the difference between two runs
/// of different lengths, so that the start does not count.
struct InstructionCount {
    /// How `load run` makes the requests.
    let arguments: [String]
    var environment: [String: String] = [:]
    var requests = 2000

    func perRequest(_ workshop: Workshop) throws -> Double {
        let short = 200
        let few = try total(requests: short, workshop)
        let many = try total(requests: short + requests, workshop)
        return Double(many - few) / Double(requests)
    }

    private func total(requests: Int, _ workshop: Workshop) throws -> Int {
        let file = workshop.folder.appendingPathComponent("callgrind.out")
        let program = workshop.binaries.appendingPathComponent("server-whippet").path
        let port = try RunningServer.freePort()
        let server = try RunningServer(
            Peer.whippet, port: port,
            command: ["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=\(file.path)", program], environment,
            workshop)
        do {
            try Workshop.output([workshop.load, "run", "--port", "\(port)", "--requests", "\(requests)"] + arguments)
        } catch {
            server.stop()
            throw error
        }
        server.stop()
        let text = try String(contentsOf: file, encoding: .utf8)
        let prefix = "totals: "
        guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix(prefix) }),
            let total = Int(line.dropFirst(prefix.count))
        else { throw Workshop.Failure(description: "callgrind has counted nothing") }
        return total
    }
}
