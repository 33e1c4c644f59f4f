// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetTesting

/// One fact: a request, and what its answer must have.
///
/// The facts stand in `Conformance/Behaviours`, one file for each application that they are asked of.
struct Behaviour: Sendable, CustomTestStringConvertible {
    let id: String
    let method: Request.Method
    let path: String
    let headers: Headers
    let content: [[UInt8]]
    let isChunked: Bool
    let isForTheWireOnly: Bool
    let status: Int
    /// Nil for a field that must not be there.
    let fields: [(name: String, value: String?)]
    let cookies: [String]?
    let text: String?

    var testDescription: String { id }

    /// The facts of a file.
    static func load(_ table: String, file: String = #filePath) throws -> [Behaviour] {
        let folder = path(of: file, "../../../Conformance/Behaviours/\(table).json")
        guard let data = FileManager.default.contents(atPath: folder) else { throw Malformed(text: folder) }
        return try JSON.parse(Array(data))["cases"].arrayValue.map { try $0.map { try Behaviour($0) } } ?? []
    }

    private static func path(of file: String, _ relative: String) -> String {
        Foundation.URL(fileURLWithPath: file).appendingPathComponent(relative).standardizedFileURL.path
    }

    /// A row that does not say what it must.
    struct Malformed: Error {
        var text: String
    }

    private init(_ row: JSON) throws {
        guard let id = row["id"].stringValue, let line = row["send"].stringValue, let status = row["status"].intValue,
            let space = line.firstIndex(of: " ")
        else { throw Malformed(text: "\(row)") }
        self.id = id
        method = Request.Method(rawValue: String(line[..<space]))
        path = String(line[line.index(after: space)...])
        var headers = Headers()
        for (name, value) in row["with"].objectValue ?? [:] {
            for one in value.arrayValue ?? [value] { try headers.append(name, one.stringValue ?? "") }
        }
        self.headers = headers
        let body = row["body"]
        isChunked = body["chunks"].arrayValue != nil
        if let text = body.stringValue {
            content = [Array(text.utf8)]
        } else if let count = body["count"].intValue {
            content = [[UInt8](repeating: 0x61, count: count)]
        } else if let bytes = body["bytes"].arrayValue {
            content = [bytes.compactMap { $0.intValue.flatMap { UInt8(exactly: $0) } }]
        } else {
            content = (body["chunks"].arrayValue ?? []).map { Array(($0.stringValue ?? "").utf8) }
        }
        isForTheWireOnly = row["only"].stringValue == "wire"
        self.status = status
        fields = (row["fields"].objectValue ?? [:]).map { ($0.0, $0.1.stringValue) }
        cookies = row["cookies"].arrayValue.map { $0.compactMap(\.stringValue) }
        text = row["text"].stringValue
    }

    // MARK: - Asking

    /// Asks an application and compares its answer.
    func check(_ app: App, _ transport: TestTransport) async throws {
        if isForTheWireOnly, transport == .inProcess { return }
        try await app.test(transport) { client in
            let response = try await client.send(try request(to: client))
            #expect(Int(response.status.rawValue) == status)
            for (name, value) in fields {
                // A body of unknown length has no Content-Length on the wire only.
                let found = try response.headers.get(name)
                #expect(found == value, "\(name)")
            }
            if let cookies { #expect(response.headers.getSetCookie() == cookies) }
            if let text {
                let body = try await response.text()
                #expect(body == text)
            }
        }
    }

    private func request(to client: TestClient) throws -> Request {
        let origin = client.address.map { "\($0)" } ?? "http://localhost"
        if isChunked {
            let chunks = content
            let body = ReadableStream.from(chunks)
            return Request(origin + path, method: method, headers: headers, body: body)
        }
        return Request(origin + path, method: method, headers: headers, body: content.first)
    }
}
