// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("Uploads and downloads")
struct UploadTests {
    private static let boundary = "multipart/form-data; boundary=B"

    private static func form(_ contents: [String]) -> String {
        contents.map { "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n\($0)\r\n" }.joined()
            + "--B--\r\n"
    }

    /// The answer of code that may throw.
    private static func answer(_ body: () async throws -> Response) async -> Response {
        do {
            return try await body()
        } catch {
            return Response("\(error)", status: 500)
        }
    }

    @Test("A form is read part by part while it comes, far beyond the limit of what is gathered")
    func parts() async throws {
        // More than the megabyte that is gathered at most.
        let large = String(repeating: "0123456789\r\n", count: 100_000)
        try await withServer { request in
            await Self.answer {
                var sizes: [Int] = []
                for try await part in request.formDataParts() {
                    var size = 0
                    for try await chunk in part.body { size += chunk.count }
                    sizes.append(size)
                }
                return Response("\(sizes)")
            }
        } test: { client in
            let response = try await client.send(
                Request(
                    "/", method: .POST, headers: [.contentType: Self.boundary],
                    body: Self.form(["small", large, "", large])))
            #expect(try await response.text() == "[5, 1200000, 0, 1200000]")
        }
    }

    @Test("A part is there before the next has been sent")
    func partByPart() async throws {
        let first = Event()
        try await withServer { request in
            await Self.answer {
                for try await part in request.formDataParts() {
                    if try await part.text() == "one" { first.happen() }
                }
                return Response("done")
            }
        } test: { client in
            let wire = try await client.connect()
            let head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: \(Self.boundary)\r\n"
            let whole = Self.form(["one", "two"])
            let cut = whole.utf8.count / 2 + 10
            try await wire.send("\(head)content-length: \(whole.utf8.count)\r\n\r\n\(whole.prefix(cut))")
            await first.wait()
            try await wire.send(String(whole.dropFirst(cut)))
            #expect(try await wire.receiveToEnd().hasSuffix("done"))
        }
    }

    @Test("A file is sent with its length, again and again, and HEAD says the same")
    func file() async throws {
        let path = #filePath
        let text = try await File(path: path).text()
        try await withServer { _ in
            await Self.answer { Response(try await File(path: path, type: "text/plain")) }
        } test: { client in
            for _ in 0..<2 {
                let response = try await client.send(Request("/"))
                #expect(response.headers[.contentLength] == "\(text.utf8.count)")
                #expect(response.headers[.contentType] == "text/plain")
                #expect(try await response.text() == text)
            }
            let head = try await client.send(Request("/", method: .HEAD))
            #expect(head.headers[.contentLength] == "\(text.utf8.count)")
        }
    }

    @Test("A client that leaves after its body was read aborts the signal")
    func leavingAfterBody() async throws {
        let read = Event()
        let aborted = Event()
        try await withServer { request in
            request.signal.onabort { _ in aborted.happen() }
            #expect((try? await request.text()) == "hello")
            read.happen()
            await aborted.wait()
            return Response("late")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello")
            await read.wait()
            wire.close()
            await aborted.wait()
        }
    }

    @Test("An answer that went out never aborts the signal, not even when the client leaves later")
    func normalEnd() async throws {
        let signals = Locked<[AbortSignal]>([])
        try await withServer { request in
            signals.withLock { $0.append(request.signal) }
            return await Self.answer { Response(try await request.text()) }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello")
            #expect(try await wire.receiveToEnd().hasSuffix("hello"))
            wire.close()
            #expect(try await client.send(Request("/", method: .POST, body: "again")).text() == "again")
        }
        #expect(signals.withLock { $0.map(\.aborted) } == [false, false])
    }

    @Test("Content that does not come is a 408, and the end of the connection")
    func stalledUpload() async throws {
        let app = App(configuration: Self.impatient, log: { _ in })
        app.route("/", POST: { request, _ in Response(try await request.text()) })
        let server = try app.makeServer()
        try await server.test { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhel")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains("\r\nconnection: close\r\n"))
        }
    }

    @Test("Content that does not come any more when a part of the answer is out cuts the connection")
    func stalledEcho() async throws {
        let app = App(configuration: Self.impatient, log: { _ in })
        app.route("/", POST: { request, _ in Response(request.body) })
        let server = try app.makeServer()
        try await server.test { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n")
            _ = try await wire.receive(until: "hello")
            let rest = (try? await wire.receiveToEnd()) ?? ""
            #expect(!rest.hasSuffix("0\r\n\r\n"))
            #expect(!rest.contains("408"))
        }
    }

    private static var impatient: ServerConfiguration {
        var configuration = ServerConfiguration().patient
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.timeouts.content = 1
        configuration.timeouts.contentBytesPerSecond = .max
        return configuration
    }

    @Test("Content that ends before its end is a 400 for a client that still listens, and no line in the log")
    func cutContent() async throws {
        let log = Notes()
        var configuration = ServerConfiguration().patient
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.halfClose = .answer
        let app = App(configuration: configuration, log: log.add)
        app.route("/", POST: { request, _ in Response(try await request.text()) })
        let server = try app.makeServer()
        try await server.test { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhel")
            wire.halfClose()
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.contains("\r\nconnection: close\r\n"))
            #expect(log.lines == [])
        }
    }

    @Test("A client that sends all the time but too little for its rate is given up")
    func tooSlowAnUpload() async throws {
        let failed = Event()
        try await withServer {
            $0.timeouts.content = 1
            // No byte earns any time.
            $0.timeouts.contentBytesPerSecond = .max
        } handler: { request in
            do {
                for try await _ in try #require(request.body) {}
            } catch {
                failed.happen()
            }
            return Response()
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
            let sender = Task {
                while !Task.isCancelled { try await wire.send("1\r\nx\r\n") }
            }
            await failed.wait()
            sender.cancel()
        }
    }
}
