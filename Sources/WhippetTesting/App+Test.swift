// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
internal import WhippetFetch
internal import WhippetServer

extension App {
    /// Runs a test against the application, in process or through a socket.
    ///
    /// ```swift
    /// try await app.test { client in
    ///     let response = try await client.get("/hello/tea")
    ///     #expect(try await response.text() == "Hello, tea!")
    /// }
    /// ```
    ///
    /// A live server starts before the test and is gone when this returns, whether or not the test throws. It waits two
    /// minutes wherever the configuration leaves a time limit at its default.
    ///
    /// - Parameters:
    ///   - transport: `.inProcess` or `.live`.
    ///   - test: The test; its client works only inside.
    /// - Returns: What the test returns.
    /// - Throws: What the test throws; `RouteError` and `ListenError` when there is nothing to test.
    public func test<Result>(
        _ transport: TestTransport = .inProcess, _ test: (TestClient) async throws -> Result
    ) async throws -> Result {
        switch transport.kind {
        case .inProcess:
            _ = try table()
            let limit = configuration.limits.bufferedBodyBytes
            return try await test(TestClient(transport: .inProcess({ await self.fetch($0) }, bodyLimit: limit)))
        case .live(let address, let loops):
            var configuration = configuration.patient
            configuration.addresses = [address]
            if let loops { configuration.loops = loops }
            try await register()
            return try await makeServer(configuration).test(test)
        }
    }
}
