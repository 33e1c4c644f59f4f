// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
@_spi(Conformance) import WhippetTesting

extension Behaviour {
    /// The facts of a file in `Conformance/Behaviours`: one for each application that is asked.
    static func load(_ table: String, file: String = #filePath) throws -> [Behaviour] {
        let folder = Foundation.URL(fileURLWithPath: file)
            .appendingPathComponent("../../../Conformance/Behaviours/\(table).json").standardizedFileURL.path
        let data = try #require(FileManager.default.contents(atPath: folder))
        return try JSON.parse(Array(data))["cases"].arrayValue.map { try $0.map { try Behaviour($0) } } ?? []
    }

    /// Asks an application and compares its answer.
    func check(_ app: App, _ transport: TestTransport) async throws {
        if isAboutTheWire, transport == .inProcess { return }
        try await app.test(transport) { try await check($0) }
    }

    /// Asks through a client and compares the answer.
    func check(_ client: TestClient) async throws {
        let problems = try await ask(client)
        guard let pending else {
            #expect(problems == [])
            return
        }
        withKnownIssue(Comment(rawValue: pending)) { #expect(problems == []) }
    }
}
