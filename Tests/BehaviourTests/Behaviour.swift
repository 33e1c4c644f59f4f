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
    let way: Way
    let status: Int
    /// Nil for a field that must not be there.
    let fields: [(name: String, value: String?)]
    let cookies: [String]?
    let text: String?

    /// Why the answer is another one for now.
    let pending: String?

    /// How a request can be sent.
    enum Way: String {
        /// In process and through a socket.
        case both
        /// Through a socket.
        case wire
        /// Through a socket, byte by byte as the row has it: no client would send it.
        case raw
    }

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
        way = row["only"].stringValue.flatMap(Way.init) ?? .both
        pending = row["pending"].stringValue
        self.status = status
        fields = (row["fields"].objectValue ?? [:]).map { ($0.0, $0.1.stringValue) }
        cookies = row["cookies"].arrayValue.map { $0.compactMap(\.stringValue) }
        text = row["text"].stringValue
    }

    // MARK: - Asking

    /// Asks an application and compares its answer.
    func check(_ app: App, _ transport: TestTransport) async throws {
        if way != .both, transport == .inProcess { return }
        try await app.test(transport) { client in
            let response = way == .raw ? try await sendRaw(client) : try await client.send(request(to: client))
            guard let pending else { return try await compare(response, transport) }
            await withKnownIssue(Comment(rawValue: pending)) { try await compare(response, transport) }
        }
    }

    private func compare(_ response: Response, _ transport: TestTransport) async throws {
        #expect(Int(response.status.rawValue) == status)
        for (name, value) in fields {
            // The length of a body is written when it is sent.
            if name == "content-length", value != nil, transport == .inProcess { continue }
            #expect(try response.headers.get(name) == value, "\(name)")
        }
        if let cookies { #expect(response.headers.getSetCookie() == cookies) }
        if let text { #expect(try await response.text() == text) }
    }

    /// Sends the row as it stands and reads the answer, whose body has a length.
    private func sendRaw(_ client: TestClient) async throws -> Response {
        let wire = try await client.connect()
        var head = "\(method.rawValue) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        try await wire.send(head + "\r\n")
        let lines = try await wire.receive(until: "\r\n\r\n").split(separator: "\r\n")
        let text = try await wire.receiveToEnd()
        guard let code = lines.first?.split(separator: " ").dropFirst().first.flatMap({ UInt16($0) }) else {
            throw Malformed(text: "\(lines)")
        }
        var answer = Headers()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            try answer.append(String(parts.first ?? ""), parts.last?.trimmingCharacters(in: .whitespaces) ?? "")
        }
        return Response(text, status: Status(rawValue: code), headers: answer)
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
