// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Bodies that handlers write, as an application gives them out.
@Suite("Response.stream")
struct StreamingTests {
    private struct Failure: Error {}

    @Test("RT-31: an answer of a language model arrives as it is made", arguments: [TestTransport.inProcess, .live])
    func languageModel(transport: TestTransport) async throws {
        struct Prompt: Decodable {
            var messages: [String]
        }
        let app = App()
        app.post("/chat") { request in
            let prompt = try await request.json(as: Prompt.self)
            let answer = AsyncStream { continuation in
                for word in prompt.messages { continuation.yield(word) }
                continuation.finish()
            }
            return Response.stream(headers: [.contentType: "text/plain;charset=UTF-8"]) { writer in
                try await writer.write(contentsOf: answer)
            }
        }
        try await app.test(transport) { client in
            let response = try await client.post("/chat", body: #"{"messages":["one ","two"]}"#)
            #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
            #expect(try await response.text() == "one two")
        }
    }

    @Test("A body is read chunk by chunk in process, and the writer waits for its reader")
    func inProcess() async throws {
        let written = Steps()
        let app = App()
        app.get("/") {
            Response.stream { writer in
                for index in 0..<3 {
                    written.add("\(index)")
                    try await writer.write("\(index)")
                }
            }
        }
        let response = await app.fetch(Request("http://localhost/"))
        #expect(written.all == [])
        let reader = try #require(response.body).getReader()
        #expect(try await reader.read() == Array("0".utf8))
        #expect(written.all.count <= 2)
        #expect(try await reader.read() == Array("1".utf8))
        #expect(try await reader.read() == Array("2".utf8))
        #expect(try await reader.read() == nil)
    }

    @Test("Cancelling a body cancels its writer", arguments: ["cancel", "drop"])
    func cancelInProcess(way: String) async throws {
        let (ends, end) = AsyncStream.makeStream(of: Bool.self)
        let app = App()
        app.get("/") {
            Response.stream { writer in
                do {
                    while true { try await writer.write("more") }
                } catch is CancellationError {
                    end.yield(Task.isCancelled)
                }
            }
        }
        do {
            let response = await app.fetch(Request("http://localhost/"))
            let reader = try #require(response.body).getReader()
            _ = try await reader.read()
            if way == "cancel" { try await reader.cancel() }
        }
        for await isCancelled in ends {
            #expect(isCancelled)
            break
        }
    }

    @Test("An error of the writer is the error of who reads the body in process")
    func errorInProcess() async throws {
        let app = App()
        app.get("/") { Response.stream { _ in throw Failure() } }
        let response = await app.fetch(Request("http://localhost/"))
        await #expect(throws: Failure.self) { try await response.text() }
    }

    @Test("A clone of a body that is written has the same bytes")
    func clone() async throws {
        let app = App()
        app.use { request, _, next in
            let response = await next(request)
            var copy = response
            copy.headers["x-length"] = "\(try await response.clone().bytes().count)"
            return copy
        }
        app.get("/") {
            Response.stream { writer in
                try await writer.write("one ")
                try await writer.write("two")
            }
        }
        try await app.test(.live) { client in
            let response = try await client.get("/")
            #expect(response.headers["x-length"] == "7")
            #expect(try await response.text() == "one two")
        }
    }

    // MARK: - Errors before the first byte

    @Test("An error before the first byte goes to the nearest error handler, with the fields of the layers around")
    func errorHandler() async throws {
        let log = LogRecorder()
        let app = App(log: log.write)
        app.cors(CORS(origins: ["https://a.example"]))
        app.use { request, _, next in
            var response = await next(request)
            response.headers["x-layer"] = "1"
            response.headers["vary"] = "x-other"
            return response
        }
        app.onError { error, _, context in
            guard error is Failure else { throw error }
            return Response("sorry, \(context.route)", status: .badGateway)
        }
        app.get("/[id]") {
            try cookies().set("a", "b")
            return Response.stream(headers: [.cacheControl: "public", .contentType: "text/css"]) { _ in
                throw Failure()
            }
        }
        try await app.test(.live) { client in
            let response = try await client.get("/7", headers: ["origin": "https://a.example"])
            #expect(response.status == .badGateway)
            #expect(response.headers[.accessControlAllowOrigin] == "https://a.example")
            #expect(response.headers["x-layer"] == "1")
            #expect(response.headers[.vary]?.contains("x-other") == true)
            #expect(response.headers[.cacheControl] == nil)
            #expect(response.headers[.setCookie] == nil)
            #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
            #expect(try await response.text() == "sorry, /[id]")
        }
        #expect(log.lines == [])
    }

    @Test("An HTTPError before the first byte makes its response, also below a base path")
    func httpError() async throws {
        let app = App(basePath: "/docs")
        app.get("/teapot") { Response.stream { _ in throw HTTPError(.conflict, "The name is taken.") } }
        try await app.test(.live) { client in
            let response = try await client.get("/docs/teapot")
            #expect(response.status == .conflict)
            #expect(try await response.text() == "The name is taken.\n")
        }
    }

    @Test("An error of a sequence before its first chunk goes the same way")
    func errorOfSequence() async throws {
        let app = App()
        app.onError { _, _, _ in Response("sorry", status: .badGateway) }
        app.get("/") {
            Response(AsyncThrowingStream<[UInt8], any Error> { $0.finish(throwing: Failure()) })
        }
        try await app.test(.live) { client in
            let response = try await client.get("/")
            #expect(response.status == .badGateway)
        }
    }

    @Test("An error handler whose own stream fails leaves a plain 500")
    func errorHandlerFails() async throws {
        let app = App(log: { _ in })
        app.onError { _, _, _ in Response.stream { _ in throw Failure() } }
        app.get("/") { Response.stream { _ in throw Failure() } }
        try await app.test(.live) { client in
            let response = try await client.get("/")
            #expect(response.status == .internalServerError)
        }
    }

    @Test("What is to happen after the response waits for the last byte of a stream")
    func afterWork() async throws {
        let steps = Steps()
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let app = App()
        app.get("/") {
            try after {
                steps.add("after")
                end.finish()
            }
            return Response.stream { writer in
                try after { steps.add("after, from the writer") }
                try await writer.write("a")
                await Task.yield()
                steps.add("last byte")
            }
        }
        try await app.test(.live) { client in
            _ = try await client.get("/").text()
            for await _ in ends {}
        }
        #expect(steps.all.first == "last byte")
        #expect(steps.all.contains("after, from the writer"))
    }

    // MARK: - Clients that close their side

    @Test("A route says whether a client that closes its side is answered", arguments: [true, false])
    func halfClose(isServerPatient: Bool) async throws {
        var configuration = ServerConfiguration()
        configuration.halfClose = isServerPatient ? .answer : .cancel
        let app = App(configuration: configuration)
        let patient = app.group("/patient") { group in
            group.halfClose(.answer)
            group.get("") { try await Self.late(isAnswered: true) }
        }
        #expect(patient.routes === patient)
        app.group("/hasty") { group in
            group.halfClose(.cancel)
            group.get("") { try await Self.late(isAnswered: false) }
        }
        app.get("/default") { try await Self.late(isAnswered: isServerPatient) }
        try await app.test(.live) { client in
            for (path, isAnswered) in [("/patient", true), ("/hasty", false), ("/default", isServerPatient)] {
                let wire = try await client.connect()
                try await wire.send("GET \(path) HTTP/1.1\r\nhost: x\r\n\r\n")
                wire.halfClose()
                let answer = (try? await wire.receiveToEnd()) ?? ""
                #expect(answer.hasSuffix("late") == isAnswered, "\(path)")
            }
        }
    }

    /// An answer later than the moment that a client gets which has closed its side; one that should not be there comes
    /// much later, however busy the machine is.
    private static func late(isAnswered: Bool) async throws -> String {
        try await Task.sleep(for: isAnswered ? .milliseconds(200) : .seconds(60))
        return "late"
    }
}

/// What happened, in order.
final class Steps: Sendable {
    private let recorder = LogRecorder()

    var all: [String] { recorder.lines }

    func add(_ step: String) { recorder.write(step) }
}
