// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Testing
import Whippet
import WhippetH3
@_spi(Conformance) import WhippetTesting

/// Applications on the public API alone, asked what other hosts were seen to answer: in process and through a socket.
struct BehaviourTests {
    static let transports: [TestTransport] = [.inProcess, .live(loops: 1)]

    @Test("Methods", arguments: transports, try Behaviour.load("methods"))
    func methods(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.methods(), transport)
    }

    @Test("Responses", arguments: transports, try Behaviour.load("response"))
    func responses(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.responses(), transport)
    }

    @Test("Parameters", arguments: transports, try Behaviour.load("params"))
    func params(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.params(), transport)
    }

    @Test("Paths", arguments: transports, try Behaviour.load("paths"))
    func paths(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.paths(), transport)
    }

    @Test("Requests", arguments: transports, try Behaviour.load("request"))
    func requests(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.requests(), transport)
    }

    @Test("Cookies", arguments: transports, try Behaviour.load("cookies"))
    func cookies(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.cookieApp(), transport)
    }

    @Test("Navigation", arguments: transports, try Behaviour.load("navigation"))
    func navigation(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.navigation(), transport)
    }

    @Test("Streams", arguments: transports, try Behaviour.load("streaming"))
    func streams(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.streaming(), transport)
    }

    @Test("Middleware", arguments: transports, try Behaviour.load("middleware"))
    func middleware(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.middleware(), transport)
    }

    @Test("Below a base path", arguments: transports, try Behaviour.load("base-path"))
    func basePath(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.basePath(), transport)
    }

    @Test("Below a base path, with a slash at the end", arguments: transports, try Behaviour.load("base-path-slash"))
    func basePathSlash(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.basePathSlash(), transport)
    }

    @Test("Paths that end in a slash", arguments: transports, try Behaviour.load("trailing-slash"))
    func trailingSlash(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.trailingSlash(), transport)
    }

    @Test("API routes of Next", arguments: transports, try Behaviour.load("pages-api"))
    func pagesAPI(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.pagesAPI(), transport)
    }

    @Test("h3", arguments: transports, try Behaviour.load("h3"))
    func h3(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.h3().app, transport)
    }

    @Test("Other origins", arguments: transports, try Behaviour.load("origins"))
    func origins(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.origins(), transport)
    }

    @Test(
        "Conditional requests, and middleware around answers", arguments: transports, try Behaviour.load("conditional"))
    func conditional(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.conditional(), transport)
    }

    @Test("Files, conditions and ranges", arguments: transports, try Behaviour.load("files"))
    func files(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.files(), transport)
    }

    @Test("What a client takes", arguments: transports, try Behaviour.load("negotiation"))
    func negotiation(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.negotiation(), transport)
    }

    @Test("RT-12, RT-38: files about the site", arguments: transports, try Behaviour.load("metadata"))
    func metadata(_ transport: TestTransport, _ behaviour: Behaviour) async throws {
        try await behaviour.check(Fixture.metadata(), transport)
    }
}
