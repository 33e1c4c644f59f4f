// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing
import Whippet
import WhippetExpress

/// A request to an application, and what its answer must have.
struct Exchange: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var declare: @Sendable (Application) -> Void
    var request: Request
    var status: UInt16
    /// Nil for a field that must not be there.
    var fields: [(name: String, value: String?)]
    /// Nil for whatever it is.
    var text: String?

    init(
        _ name: String, _ method: Request.Method = .GET, _ path: String = "/", with headers: Headers = [:],
        body: String? = nil, status: UInt16 = 200, fields: KeyValuePairs<String, String?> = [:], text: String? = nil,
        _ declare: @escaping @Sendable (Application) -> Void
    ) {
        testDescription = name
        self.declare = declare
        request = Request(path, method: method, headers: headers, body: body)
        self.status = status
        self.fields = fields.map { ($0.key, $0.value) }
        self.text = text
    }

    /// Asks the application.
    func check() async throws {
        let app = Application(environment: .production, log: { _ in })
        app.disable("x-powered-by")
        declare(app)
        let response = await app.fetch(request)
        #expect(response.status.rawValue == status)
        for (name, value) in fields { #expect(response.headers[name] == value, "\(name)") }
        let found = try await response.text()
        if let text { #expect(found == text) }
    }
}

/// A folder of files that goes with its last user.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/express-\(UInt64.random(in: 0...UInt64.max))"

    init(_ files: [String: String]) throws {
        for (name, text) in files {
            let file = Foundation.URL(fileURLWithPath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
