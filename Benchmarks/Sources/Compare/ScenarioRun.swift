// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Asks every server the question of a scenario, in rounds, so that whatever else the machine does falls on all alike.
struct ScenarioRun {
    let scenario: Scenario
    let rounds: Int
    let seconds: Double
    let workshop: Workshop

    /// What `load run` prints.
    private struct Load: Decodable {
        var requests: Int
        var seconds: Double
        var p50: Double
        var p99: Double
        var cpu: Double
        var userTicks: Double
        var systemTicks: Double
        var rss: Int
    }

    private struct Idle: Decodable {
        var rss: Int
        var bytesPerConnection: Double
    }

    private struct Starts: Decodable {
        struct Start: Decodable {
            var firstAnswer: Double
            var cpu: Double
            var rss: Int
        }
        var starts: [Start]
    }

    func rows(of peers: [Peer]) throws -> [Row] {
        switch scenario.kind {
        case .requests(let exchange, let connections, let depth):
            try requests(peers) { peer in
                arguments(of: exchange, for: peer) + [
                    "--connections", "\(connections)", "--depth", "\(depth)", "--seconds", "\(seconds)",
                    "--warm-up", "0.5",
                ]
            }
        case .transfer(let exchange):
            try requests(peers) { peer in
                arguments(of: exchange, for: peer) + ["--connections", "1", "--requests", "1"]
            }
        case .idle(let connections): try idle(peers, connections)
        case .start: try starts(peers)
        case .loops(let count):
            try requests(peers, isPinned: false, environment: ["LOOPS": "\(count)"]) { _ in
                Scenario.Exchange(path: "/burn", expected: .text("1 ms")).arguments(workshop) + [
                    "--connections", "64", "--seconds", "\(seconds)", "--warm-up", "0.5",
                ]
            }
        case .routes(let count): try peers.map { try routes($0, count) }
        }
    }

    private func arguments(of exchange: Scenario.Exchange, for peer: Peer) -> [String] {
        var exchange = exchange
        // The others have one way to read a body.
        if peer.name != Peer.whippet.name, exchange.hasPage { exchange.path = "/users" }
        return exchange.arguments(workshop)
    }

    private func load(_ command: String, _ server: RunningServer, _ arguments: [String]) throws -> Data {
        let fixed = ["--core", "\(Workshop.loadCore)", "--port", "\(server.port)", "--pid", "\(server.pid)"]
        return Data(try Workshop.output([workshop.load, command] + fixed + arguments).utf8)
    }

    private func start(_ peers: [Peer], isPinned: Bool, _ environment: [String: String]) throws -> [RunningServer] {
        var servers: [RunningServer] = []
        do {
            for peer in peers {
                servers.append(
                    try RunningServer(
                        peer, port: RunningServer.freePort(), isPinned: isPinned, environment, workshop))
            }
        } catch {
            for server in servers { server.stop() }
            throw error
        }
        return servers
    }

    private func requests(
        _ peers: [Peer], isPinned: Bool = true, environment: [String: String] = [:], _ arguments: (Peer) -> [String]
    ) throws -> [Row] {
        let servers = try start(peers, isPinned: isPinned, environment)
        defer { for server in servers { server.stop() } }
        var rows = peers.map { Row(scenario: scenario.id, server: $0.name) }
        for _ in 0..<rounds {
            for (index, server) in servers.enumerated() {
                let data = try load("run", server, arguments(server.peer))
                let result = try JSONDecoder().decode(Load.self, from: data)
                let count = Double(max(1, result.requests))
                let cpu = result.cpu / 1000 / count
                let ticks = result.userTicks + result.systemTicks
                let user = ticks > 0 ? cpu * result.userTicks / ticks : 0
                rows[index].cpu.append(cpu)
                rows[index].user.append(user)
                rows[index].system.append(cpu - user)
                rows[index].requestsPerSecond.append(count / result.seconds)
                rows[index].p50.append(result.p50)
                rows[index].p99.append(result.p99)
                rows[index].rss = result.rss
            }
        }
        return rows
    }

    private func idle(_ peers: [Peer], _ connections: Int) throws -> [Row] {
        var rows = peers.map { Row(scenario: scenario.id, server: $0.name) }
        for _ in 0..<rounds {
            for index in peers.indices {
                let server = try RunningServer(
                    peers[index], port: RunningServer.freePort(), isPinned: true, [:], workshop)
                defer { server.stop() }
                let data = try load(
                    "idle", server, ["--connections", "\(connections)"] + Scenario.hello.arguments(workshop))
                let result = try JSONDecoder().decode(Idle.self, from: data)
                rows[index].bytesPerConnection.append(result.bytesPerConnection)
                rows[index].rss = result.rss
            }
        }
        return rows
    }

    private func starts(_ peers: [Peer]) throws -> [Row] {
        var rows = peers.map { Row(scenario: scenario.id, server: $0.name) }
        for _ in 0..<rounds {
            for index in peers.indices {
                let port = try RunningServer.freePort()
                let options = ["--port", "\(port)", "--core", "\(Workshop.loadCore)", "--rounds", "5"]
                let command =
                    ["--server-core", "\(Workshop.serverCore)", "--"] + (try peers[index].command(workshop, port))
                let output = try Workshop.output(
                    [workshop.load, "start"] + options + Scenario.hello.arguments(workshop) + command,
                    environment: ["PORT": "\(port)"])
                let starts = try JSONDecoder().decode(Starts.self, from: Data(output.utf8)).starts
                rows[index].firstAnswer.append(starts.map(\.firstAnswer).median)
                rows[index].cpu.append(starts.map(\.cpu).median / 1000)
                rows[index].rss = starts.map(\.rss).max() ?? 0
            }
        }
        return rows
    }

    private func routes(_ peer: Peer, _ count: Int) throws -> Row {
        var row = Row(scenario: scenario.id, server: peer.name)
        // Without valgrind there is no figure, and the row says so by being empty.
        guard Workshop.find("valgrind") != nil else { return row }
        let last = Scenario.Exchange(path: "/area\(count - 1)/items/42", expected: .text("42"))
        let measurement = InstructionCount(
            arguments: ["--connections", "1"] + last.arguments(workshop), environment: ["ROUTES": "\(count)"],
            requests: 1000)
        row.instructions = [try measurement.perRequest(workshop)]
        return row
    }
}
