// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
public import WhippetJSON
internal import WhippetStreams

/// One fact of `Conformance/Behaviours`: a request, and what its answer must have.
@_spi(Conformance) public struct Behaviour: Sendable, CustomStringConvertible {
    /// The fact's name.
    public let id: String
    /// Why the answer is another one for now.
    public let pending: String?
    /// Whether the fact is about what a socket carries, and can't be asked in process.
    public var isAboutTheWire: Bool { way != .both }

    private let method: Request.Method
    private let path: String
    private let headers: Headers
    private let content: [[UInt8]]
    private let isChunked: Bool
    private let way: Way
    private let status: Int
    /// Nil for a field that must not be there.
    private let fields: [(name: String, value: String?)]
    /// Fields that must be there, whatever they say.
    private let presentFields: [String]
    private let cookies: [String]?
    private let text: String?
    /// The reason phrase, where the row has one.
    private let reason: String?

    /// How a request can be sent.
    private enum Way: String {
        /// In process and through a socket.
        case both
        /// Through a socket.
        case wire
        /// Through a socket, byte by byte as the row has it: no client would send it.
        case raw
    }

    /// A row that does not say what it must.
    public struct Malformed: Error {
        var text: String
    }

    /// Reads a row of a table.
    ///
    /// - Throws: `Malformed` for one without name, request or status.
    public init(_ row: JSON) throws {
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
        let rowFields = row["fields"].objectValue ?? [:]
        fields = rowFields.filter { $0.1.boolValue == nil }.map { ($0.0, $0.1.stringValue) }
        presentFields = rowFields.filter { $0.1.boolValue == true }.map(\.0)
        cookies = row["cookies"].arrayValue.map { $0.compactMap(\.stringValue) }
        text = row["text"].stringValue
        reason = row["reason"].stringValue
    }

    /// The name.
    public var description: String { id }

    // MARK: - Asking

    /// Asks a host; returns what is wrong with its answer, nothing for the right one.
    ///
    /// - Throws: `ClientError` when there is no answer.
    public func ask(_ client: TestClient) async throws -> [String] {
        let response = way == .raw ? try await sendRaw(client) : try await client.send(request(to: client))
        return try await problems(of: response, origin: origin(of: client), isOverTheWire: client.address != nil)
    }

    private func problems(of response: Response, origin: String, isOverTheWire: Bool) async throws -> [String] {
        var problems: [String] = []
        func expect<Value: Equatable>(_ what: String, _ found: Value, _ wanted: Value) {
            if found != wanted {
                problems.append("\(what): expected \(Self.shown(wanted)), found \(Self.shown(found))")
            }
        }
        expect("status", Int(response.status.rawValue), status)
        for (name, value) in fields {
            // The length of a body is written when it is sent.
            if name == "content-length", value != nil, !isOverTheWire { continue }
            expect(name, try response.headers.get(name), value)
        }
        for name in presentFields { expect("whether \(name) is there", response.headers[name] != nil, true) }
        if let reason { expect("reason", response.statusText, reason) }
        if let cookies { expect("set-cookie", response.headers.getSetCookie(), cookies) }
        // A row has the origin of a request that is made in process.
        if let text {
            expect("text", try await response.text(), Self.text(text, from: origin))
        }
        return problems
    }

    /// A row's text as another origin than `http://localhost` gives it.
    private static func text(_ text: String, from origin: String) -> String {
        let word = "http://localhost"
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix(word) {
                result += origin
                rest = rest.dropFirst(word.count)
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// A value on one line, not too long.
    private static func shown(_ value: some Equatable) -> String {
        let text = (value as? String?).map { $0.map { "\"\($0)\"" } ?? "none" } ?? "\(value)"
        let line = text.unicodeScalars.map { $0 == "\r" ? "\\r" : $0 == "\n" ? "\\n" : String($0) }.joined()
        return line.count > 300 ? line.prefix(300) + "…" : line
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
            try answer.append(String(parts.first ?? ""), String(parts.count > 1 ? parts[1] : ""))
        }
        return Response(text, status: Status(rawValue: code), headers: answer)
    }

    private func origin(of client: TestClient) -> String { client.address.map { "\($0)" } ?? "http://localhost" }

    private func request(to client: TestClient) throws -> Request {
        let origin = origin(of: client)
        guard isChunked else { return Request(origin + path, method: method, headers: headers, body: content.first) }
        return Request(origin + path, method: method, headers: headers, body: ReadableStream.from(content))
    }
}
