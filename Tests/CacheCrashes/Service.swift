// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Whippet

/// An application that keeps its answers in a folder, served over HTTP.
///
/// `/items/N` says its number and the generation, with a long tail; `POST /next` makes a new generation. It prints its
/// port, and writes its log on standard error.
struct Service {
    let folder: String
    let generation: Locked<Int>

    init(_ folder: String, generation: Int) {
        self.folder = folder
        self.generation = Locked(generation)
    }

    func run() async throws {
        let log: @Sendable (String) -> Void = { line in FileHandle.standardError.write(Data((line + "\n").utf8)) }
        var configuration = ServerConfiguration()
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        let app = App(
            configuration: configuration, environment: .production,
            cache: CacheConfiguration(store: FolderStore(folder, log: log)), log: log)
        let tail = String(repeating: "0123456789", count: 4500)
        app.get("/items/[n]", config: .forceStatic) { _, context -> Response in
            try cacheTag("items")
            return Response("item \(context.params.n) of generation \(generation.withLock { $0 })\n\(tail)")
        }
        app.post("/next") {
            let next = generation.withLock { generation in
                generation += 1
                return generation
            }
            try await revalidateTag("items", .immediate)
            return "\(next)"
        }
        let server = try await app.start()
        guard case .tcp(_, let port)? = server.addresses.first else { return }
        FileHandle.standardOutput.write(Data("port \(port)\n".utf8))
        await server.waitUntilStopped()
    }
}
