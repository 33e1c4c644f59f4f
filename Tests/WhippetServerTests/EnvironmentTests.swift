// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetServer

/// What the environment changes of a configuration.
struct EnvironmentTests {
    @Test("Variables take the place of what the program says")
    func values() throws {
        let configuration = try ServerConfiguration().reading([
            "WHIPPET_LOOPS": "3", "WHIPPET_BODY_LIMIT": "2048", "WHIPPET_DRAIN": "5",
            "WHIPPET_TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7", "WHIPPET_WATCHDOG": "",
        ])
        #expect(configuration.loops == 3)
        #expect(configuration.limits.bufferedBodyBytes == 2048)
        #expect(configuration.drain == .seconds(5))
        #expect(configuration.trustedProxies == ["10.0.0.0/8", "192.0.2.7"])
        #expect(configuration.watchdog == .milliseconds(100))
    }

    @Test(
        "A value that can't be is an error that names the variable",
        arguments: [
            ("WHIPPET_LOOPS", "0"), ("WHIPPET_LOOPS", "many"), ("WHIPPET_BODY_LIMIT", "-1"), ("WHIPPET_DRAIN", "1.5"),
            ("WHIPPET_WATCHDOG", "0"), ("WHIPPET_LOOPS", "99999999999999999999"),
        ])
    func invalid(_ name: String, _ value: String) throws {
        let error = #expect(throws: ListenError.self) { try ServerConfiguration().reading([name: value]) }
        #expect(error?.message.hasPrefix("\(name) is \"\(value)\": give a number from ") == true)
    }

    @Test("The defaults are those of a server on the open web")
    func defaults() {
        let configuration = ServerConfiguration()
        #expect(configuration.limits.fieldBlockBytes == 32 * 1024)
        #expect(configuration.limits.fieldCount == 100)
        #expect(configuration.limits.targetBytes == 16 * 1024)
        #expect(configuration.limits.bufferedBodyBytes == 1024 * 1024)
        #expect(configuration.timeouts.head == 10_000)
        #expect(configuration.timeouts.keepAlive == 15_000)
        #expect(configuration.timeouts.content == 15_000)
        #expect(configuration.timeouts.contentBytesPerSecond == 240)
        #expect(configuration.timeouts.write == 30_000)
        #expect(configuration.limits.chunkOverheadBytes == 16 * 1024)
        #expect(configuration.connections == 10_000)
        #expect(configuration.backlog == nil)
        #expect(configuration.drainGrace == .milliseconds(300))
        #expect(configuration.drain == .seconds(25))
        #expect(configuration.watchdog == .milliseconds(100))
        #expect(configuration.loops == nil)
    }
}
