// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetServer

extension Server {
    /// Starts the server, runs a test against the first of its addresses, and shuts down, whether or not the test
    /// throws.
    ///
    /// Give its configuration an address with port 0, so that tests can run side by side. What still runs at the end
    /// loses its client, and is cut after a second.
    ///
    /// - Parameter test: The test; its client works only inside.
    /// - Returns: What the test returns.
    /// - Throws: What the test throws; `ListenError` when the server can't listen.
    public func test<Result>(_ test: (TestClient) async throws -> Result) async throws -> Result {
        let http = try HTTPClient(silenceLimit: TestClient.patience)
        try start()
        do {
            guard let address = addresses.first else {
                throw ClientError(.cannotConnect, "The server listens nowhere.")
            }
            let result = try await test(TestClient(transport: .live(http, address)))
            http.close()
            await shutdown(within: .seconds(1))
            return result
        } catch {
            http.close()
            await shutdown(within: .seconds(1))
            throw error
        }
    }
}
