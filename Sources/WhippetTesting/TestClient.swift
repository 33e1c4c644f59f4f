// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetInfra
public import WhippetServer
internal import WhippetURL

/// Asks the application under test, in process or through a socket.
///
/// ```swift
/// let response = try await client.post("/items", headers: ["content-type": "application/json"], body: #"{"id":1}"#)
/// #expect(response.status == .created)
/// ```
///
/// Through a socket the answer comes as soon as its head is there, and its body as it is read. Redirects are returned,
/// not followed.
public struct TestClient: Sendable {
    enum Transport: Sendable {
        case inProcess(@Sendable (Request) async -> Response, bodyLimit: Int)
        case live(HTTPClient, ListenAddress)
    }

    /// How long a server that is waited for may do nothing before the test fails.
    static let patience = Duration.seconds(60)

    let transport: Transport

    init(transport: Transport) {
        self.transport = transport
    }

    /// Asks a function, such as the `fetch` of a front door.
    ///
    /// - Parameters:
    ///   - bodyLimit: How many bytes the function reads of a body at most, as with a server.
    ///   - fetch: Answers a request.
    public init(bodyLimit: Int = 1024 * 1024, _ fetch: @escaping @Sendable (Request) async -> Response) {
        transport = .inProcess(fetch, bodyLimit: bodyLimit)
    }

    /// Makes a client of a server that runs already, here or elsewhere.
    ///
    /// ```swift
    /// let staging = try TestClient("http://127.0.0.1:3000")
    /// expect(staging.address != nil)
    /// ```
    /// - Parameter url: Scheme, host and port; `https` can't be spoken.
    /// - Throws: `ClientError` for another URL.
    public init(_ url: String) throws {
        guard let parsed = URL.parse(url), parsed.protocol == "http:", parsed.pathname == "/", parsed.search.isEmpty,
            let port = Int(parsed.port.isEmpty ? "80" : parsed.port)
        else { throw ClientError(.unsupported, "TestClient: \"\(url)\" is no URL such as http://127.0.0.1:3000") }
        let host = parsed.hostname.first == "[" ? String(parsed.hostname.dropFirst().dropLast()) : parsed.hostname
        transport = .live(try HTTPClient(silenceLimit: Self.patience), .tcp(host: host, port: port))
    }

    /// Where the server listens; nil in process.
    public var address: ListenAddress? {
        guard case .live(_, let address) = transport else { return nil }
        return address
    }

    // MARK: - Requests

    /// Sends a `GET`.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func get(_ path: String, headers: Headers = Headers()) async throws -> Response {
        try await send(.GET, path, headers: headers)
    }

    /// Sends a `HEAD`.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func head(_ path: String, headers: Headers = Headers()) async throws -> Response {
        try await send(.HEAD, path, headers: headers)
    }

    /// Sends a `POST`; a body that is text, bytes, a form, a stream.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func post(
        _ path: String, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) async throws -> Response {
        try await send(.POST, path, headers: headers, body: body)
    }

    /// Sends a `PUT`.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func put(
        _ path: String, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) async throws -> Response {
        try await send(.PUT, path, headers: headers, body: body)
    }

    /// Sends a `PATCH`.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func patch(
        _ path: String, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) async throws -> Response {
        try await send(.PATCH, path, headers: headers, body: body)
    }

    /// Sends a `DELETE`.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func delete(
        _ path: String, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) async throws -> Response {
        try await send(.DELETE, path, headers: headers, body: body)
    }

    /// Sends a request of any method.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func send(
        _ method: Request.Method, _ path: String, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) async throws -> Response {
        try await send(Request(origin + path, method: method, headers: headers, body: body))
    }

    /// Sends a request; whatever host its URL names, it goes to the application under test.
    ///
    /// - Throws: `ClientError` when there is no answer; `TypeError` for a request that can't be.
    public func send(_ request: Request) async throws -> Response {
        switch transport {
        case .inProcess(let fetch, let bodyLimit):
            if let failure = request.failure { throw failure }
            var request = request
            if request.bodyLimit == nil { request.bodyLimit = bodyLimit }
            // Reading this answer leaves a stored response as it was.
            return await fetch(request).unread
        case .live(let client, let address):
            return try await client.send(request, to: address)
        }
    }

    private var origin: String {
        guard case .tcp(_, _)? = address, let address else { return "http://localhost" }
        return address.description
    }

    // MARK: - The wire

    /// Opens a bare connection to the server, to send what no request can say.
    ///
    /// - Throws: `ClientError` in process, where there is no wire, and when the server can't be reached.
    public func connect() async throws -> WireConnection {
        guard let address else {
            throw ClientError(.unsupported, "connect: there is no wire in process; use app.test(.live)")
        }
        return try await WireConnection(to: address, patience: Self.patience)
    }
}
