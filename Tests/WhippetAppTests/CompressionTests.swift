// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@testable import WhippetApp

@Suite("Compression of answers")
struct CompressionTests {
    private static let text = String(repeating: "All work and no play makes Jack a dull boy. ", count: 100)

    /// An application whose one route answers in a way of the test's.
    private static func app(
        with compression: Middleware = .compression(), _ answer: @escaping @Sendable (Request) throws -> Response
    ) -> App {
        let app = App(log: { _ in })
        app.use(compression)
        app.get("/") { request in try answer(request) }
        return app
    }

    private static func fetch(_ app: App, _ accept: String? = "gzip", method: Request.Method = .GET) async -> Response {
        var headers = Headers()
        headers[.acceptEncoding] = accept
        return await app.fetch(Request("http://localhost/", method: method, headers: headers))
    }

    private static func inflated(_ bytes: [UInt8], _ format: CompressionFormat = .gzip) async throws -> String {
        let stream = try ReadableStream.from([bytes]).pipeThrough(DecompressionStream(format))
        return try await Response(stream).text()
    }

    // MARK: - Which coding

    static let negotiations: [(String?, String?)] = [
        (nil, nil), ("", nil), ("gzip", "gzip"), ("deflate", "deflate"), ("gzip, deflate, br, zstd", "gzip"),
        ("deflate, gzip", "deflate"), ("deflate;q=0.5, gzip;q=0.9", "gzip"), ("x-gzip", "gzip"), ("*", "gzip"),
        ("GZIP", "gzip"), ("gzip;q=0", nil), ("gzip;q=0, *", "deflate"), ("br", nil), ("identity", nil),
        ("identity, gzip;q=0.5", nil), ("identity;q=0", nil), ("gzip;q=x", nil), (",,;;", nil),
    ]

    @Test("The coding is the one that the client likes best", arguments: negotiations)
    func negotiation(accept: String?, coding: String?) async throws {
        let response = await Self.fetch(Self.app { _ in Response(Self.text) }, accept)
        #expect(response.headers[.contentEncoding] == coding)
        #expect(response.headers[.vary] == "Accept-Encoding")
        let bytes = try await response.bytes()
        switch coding {
        case "gzip": #expect(try await Self.inflated(bytes) == Self.text)
        case "deflate": #expect(try await Self.inflated(bytes, .deflate) == Self.text)
        default: #expect(bytes == Array(Self.text.utf8))
        }
    }

    @Test("Brotli is used where it is asked for", .enabled(if: (try? Deflater(.brotli)) != nil))
    func brotli() async throws {
        let response = await Self.fetch(
            Self.app(with: .compression([.brotli, .gzip])) { _ in Response(Self.text) }, "gzip, br")
        #expect(response.headers[.contentEncoding] == "gzip")
        let other = await Self.fetch(Self.app(with: .compression([.brotli, .gzip])) { _ in Response(Self.text) }, "br")
        #expect(other.headers[.contentEncoding] == "br")
        #expect(try await Self.inflated(other.bytes(), .brotli) == Self.text)
    }

    // MARK: - Which answers

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var isCompressed: Bool
        var answer: @Sendable (Request) throws -> Response

        init(_ description: String, _ isCompressed: Bool, _ answer: @escaping @Sendable (Request) throws -> Response) {
            testDescription = description
            self.isCompressed = isCompressed
            self.answer = answer
        }
    }

    static let cases = [
        Case("text", true) { _ in Response(text) },
        Case("an error's text", true) { _ in throw HTTPError(.conflict, text) },
        Case("JSON", true) { _ in Response.json(["text": JSON(text)]) },
        Case("JSON of a special kind", true) { _ in Response(text, headers: ["content-type": "Application/X+JSON;a=b"])
        },
        Case("SVG", true) { _ in Response(text, headers: ["content-type": "image/svg+xml"]) },
        Case("bytes of a type", true) { _ in Response(Array(text.utf8), headers: ["content-type": "text/css"]) },
        Case("1,024 bytes", true) { _ in Response(String(repeating: "x", count: 1024)) },
        Case("1,023 bytes", false) { _ in Response(String(repeating: "x", count: 1023)) },
        Case("no type", false) { _ in Response(Array(text.utf8)) },
        Case("an image", false) { _ in Response(text, headers: ["content-type": "image/png"]) },
        Case("an archive", false) { _ in Response(text, headers: ["content-type": "application/zip"]) },
        Case("unknown bytes", false) { _ in Response(text, headers: ["content-type": "application/octet-stream"]) },
        Case("a coding", false) { _ in Response(text, headers: ["content-encoding": "br"]) },
        Case("no-transform", false) { _ in Response(text, headers: ["cache-control": "public, No-Transform"]) },
        Case("a digest", false) { _ in Response(text, headers: ["repr-digest": "sha-256=:AA==:"]) },
        Case("a part", false) { _ in
            Response(text, status: .partialContent, headers: ["content-range": "bytes 0-4399/9000"])
        },
        Case("no content", false) { _ in Response(status: .noContent) },
        Case("no body", false) { _ in Response(headers: ["content-type": "text/plain"]) },
    ]

    @Test("What gains from it is compressed, what it harms is not", arguments: cases)
    func eligibility(of answer: Case) async throws {
        let response = await Self.fetch(Self.app(answer.answer))
        #expect((response.headers[.contentEncoding] == "gzip") == answer.isCompressed)
        #expect((response.headers[.vary] == "Accept-Encoding") == answer.isCompressed)
    }

    @Test("A type and a length of one's own")
    func ownRules() async throws {
        let compression = Middleware.compression(minimumBytes: 1, isCompressible: { $0 == "application/x-own" })
        let own = Self.app(with: compression) { _ in Response("x", headers: ["content-type": "application/x-own"]) }
        #expect(await Self.fetch(own).headers[.contentEncoding] == "gzip")
        let other = Self.app(with: compression) { _ in Response(Self.text) }
        #expect(await Self.fetch(other).headers[.contentEncoding] == nil)
    }

    // MARK: - The fields

    @Test("The fields are those of the content that is sent, for HEAD those of GET", arguments: [true, false])
    func fields(isBuffered: Bool) async throws {
        let app = Self.app { _ in
            var response = isBuffered ? Response(Self.text) : Response.stream { try await $0.write(Self.text) }
            response.headers[.contentType] = "text/plain"
            response.headers[.etag] = "\"a\""
            response.headers[.acceptRanges] = "bytes"
            response.headers[.vary] = "Origin"
            return response
        }
        try await app.test(.live) { client in
            let response = try await client.get("/", headers: ["accept-encoding": "gzip"])
            #expect(response.headers[.etag] == "W/\"a\"")
            #expect(response.headers[.acceptRanges] == nil)
            #expect(response.headers[.vary] == "Origin, Accept-Encoding")
            let bytes = try await response.bytes()
            #expect(bytes.count < Self.text.utf8.count / 10)
            #expect(response.headers[.contentLength] == (isBuffered ? "\(bytes.count)" : nil))
            #expect(try await Self.inflated(bytes) == Self.text)

            let head = try await client.head("/", headers: ["accept-encoding": "gzip"])
            for name in [Headers.Name.etag, .vary, .contentEncoding, .contentLength, .contentType] {
                #expect(head.headers[name] == response.headers[name], "\(name)")
            }
        }
    }

    @Test("A handler of HEAD gets the fields of the coding, too")
    func ownHEAD() async throws {
        let app = App()
        app.use(.compression())
        app.route(
            "/", GET: { _, _ in Response(Self.text) },
            HEAD: { _, _ in Response(headers: [.contentType: "text/plain", .contentLength: "4400"]) })
        let response = await Self.fetch(app, method: .HEAD)
        #expect(response.headers[.contentEncoding] == "gzip")
        #expect(response.headers[.contentLength] == nil)
    }

    @Test("A client that has the compressed answer gets a 304 with its tag")
    func notModified() async throws {
        let app = App()
        app.use(.compression(), .etag())
        app.get("/") { Response(Self.text) }
        try await app.test { client in
            let tag = try #require(
                try await client.get("/", headers: ["accept-encoding": "gzip"]).headers[.etag])
            #expect(tag.hasPrefix("W/"))
            let response = try await client.get("/", headers: ["accept-encoding": "gzip", "if-none-match": tag])
            #expect(response.status == .notModified)
            #expect(response.headers[.etag] == tag)
            #expect(response.headers[.vary] == "Accept-Encoding")
        }
    }

    @Test("A stored response can be compressed again and again")
    func stored() async throws {
        let stored = Response(Self.text)
        let app = Self.app { _ in stored }
        for _ in 0..<3 { #expect(try await Self.inflated(Self.fetch(app).bytes()) == Self.text) }
        #expect(try await Self.fetch(app, nil).text() == Self.text)
    }

    @Test("A missing library switches it off and says so once")
    func missingLibrary() async throws {
        let log = LogRecorder()
        let app = App(log: log.write)
        app.use(
            .compression(
                Compressor(
                    [.gzip, .deflate], level: 6,
                    make: { _, _, _ throws(MissingLibraryError) in
                        throw MissingLibraryError("zlib: libz.so.1 can't be loaded; install zlib1g")
                    })))
        app.get("/") { Response(Self.text) }
        for _ in 0..<3 {
            let response = await Self.fetch(app)
            #expect(response.headers[.contentEncoding] == nil)
            #expect(try await response.text() == Self.text)
        }
        #expect(log.lines == ["compression: off: zlib: libz.so.1 can't be loaded; install zlib1g"])
    }

    // MARK: - Bodies of all kinds

    @Test("Long bodies and those of all lengths come out right", arguments: [1024, 65_536, 65_537, 300_000])
    func lengths(count: Int) async throws {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("abcdefgh\n".utf8)
        let bytes = (0..<count).map { _ in letters[Int(generator.next() % 9)] }
        let app = Self.app { request in
            Response(bytes, headers: ["content-type": "text/plain"])
        }
        try await app.test(.live) { client in
            let response = try await client.get("/", headers: ["accept-encoding": "gzip"])
            let text = try await Self.inflated(response.bytes())
            #expect(Array(text.utf8) == bytes)
        }
    }

    @Test("Each chunk of a stream leaves at once", arguments: ["written", "read", "events"])
    func chunks(kind: String) async throws {
        let (goes, go) = AsyncStream.makeStream(of: Void.self)
        let app = Self.app { _ in
            let headers: Headers = ["content-type": "text/plain"]
            switch kind {
            case "written":
                return Response.stream(headers: headers) { writer in
                    try await writer.write("data: one\n\n")
                    for await _ in goes {}
                    try await writer.write("data: two\n\n")
                }
            case "events":
                return Response.sse(heartbeat: nil) { events in
                    try await events.send(data: "one")
                    for await _ in goes {}
                    try await events.send(data: "two")
                }
            default:
                return Response(
                    AsyncStream<[UInt8]> { continuation in
                        continuation.yield(Array("data: one\n\n".utf8))
                        Task {
                            for await _ in goes {}
                            continuation.yield(Array("data: two\n\n".utf8))
                            continuation.finish()
                        }
                    }, headers: headers)
            }
        }
        try await app.test(.live) { client in
            let response = try await client.get("/", headers: ["accept-encoding": "gzip"])
            #expect(response.headers[.contentEncoding] == "gzip")
            let reader = try #require(response.body).pipeThrough(DecompressionStream(.gzip)).getReader()
            #expect(try await reader.read() == Array("data: one\n\n".utf8))
            go.finish()
            #expect(try await reader.read() == Array("data: two\n\n".utf8))
            #expect(try await reader.read() == nil)
        }
    }

    @Test("A compressed stream is read in process, too")
    func streamInProcess() async throws {
        let app = Self.app { _ in
            Response.stream(headers: ["content-type": "text/plain"]) { writer in
                for index in 0..<100 { try await writer.write("\(index) ") }
            }
        }
        let text = try await Self.inflated(Self.fetch(app).bytes())
        #expect(text == (0..<100).map { "\($0) " }.joined())
    }

    @Test("An error before the first byte is still a 500, one after it cuts the connection")
    func errors() async throws {
        struct Failure: Error {}
        let app = Self.app { request in
            Response.stream(headers: ["content-type": "text/plain"]) { writer in
                if request.headers["x-late"] != nil { try await writer.write("part") }
                throw Failure()
            }
        }
        try await app.test(.live) { client in
            let early = try await client.get("/", headers: ["accept-encoding": "gzip"])
            #expect(early.status == .internalServerError)
            #expect(early.headers[.contentEncoding] == nil)
            let late = try await client.get("/", headers: ["accept-encoding": "gzip", "x-late": "1"])
            #expect(late.status == .ok)
            await #expect(throws: ClientError.self) { try await late.bytes() }
        }
    }
}
