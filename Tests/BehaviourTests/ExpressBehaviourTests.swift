// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Foundation
import Testing
import Whippet
import WhippetExpress
@_spi(Conformance) import WhippetTesting

/// The front door of Express asked what Express was seen to answer: in process and through a socket.
struct ExpressBehaviourTests {
    @Test("Express", arguments: BehaviourTests.transports, try Behaviour.load("express"))
    func answers(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        let folder = try ExpressFiles()
        defer { folder.remove() }
        try await behaviour.check(try #require(Fixture.expressApplication(behaviour.id, folder.path)), transport)
    }
}

/// The files that the rows speak of, all of the same second.
struct ExpressFiles {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/express-\(UInt64.random(in: 0...UInt64.max))"
        let files = [
            "name.txt": "name: tobi\n", "nums.txt": "0123456789", "page.html": "<p>hi</p>", "noext": "nx",
            "a.json": "{\"a\":1}", "empty.txt": "", "% of dogs.txt": "tobi", ".hidden": "h", "sub/index.html": "index",
            "user.tmpl": "<p>$name T</p>",
        ]
        try FileManager.default.createDirectory(atPath: path + "/sub", withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: Foundation.URL(fileURLWithPath: "\(path)/\(name)"))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_704_164_645)], ofItemAtPath: "\(path)/\(name)")
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}

extension Behaviour {
    /// Asks an application of Express and compares its answer.
    func check(_ app: Application, _ transport: TestTransport) async throws {
        if transport == .inProcess {
            if !isAboutTheWire { try await check(TestClient { await app.fetch($0) }) }
            return
        }
        var configuration = ServerConfiguration().patient
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.loops = 1
        try await app.makeServer(configuration).test { try await check($0) }
    }
}
