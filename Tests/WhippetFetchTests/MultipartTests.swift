// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetStreams

/// Part after part as one line each: name, file's name and type, body.
private func lines(_ form: FormData) async throws -> [String] {
    var lines: [String] = []
    for (name, value) in form {
        if let file = value.file {
            lines.append("\(name)=\(file.name) (\(file.type)) \(try await file.text())")
        } else {
            lines.append("\(name)=\(value)")
        }
    }
    return lines
}

struct MultipartCase: CustomTestStringConvertible, Sendable {
    var body: String
    var lines: [String]
    var error: String?
    var testDescription: String { body.debugDescription }

    /// A body of one part with these header lines and this content.
    init(head: String, _ content: String = "1", _ lines: [String] = [], error: String? = nil) {
        self.init("--B\r\n\(head)\r\n\r\n\(content)\r\n--B--\r\n", lines, error: error)
    }

    init(_ body: String, _ lines: [String] = [], error: String? = nil) {
        (self.body, self.lines, self.error) = (body, lines, error)
    }

    func request(chunkSize: Int?) -> Request {
        let bytes = Array(body.utf8)
        return receivedRequest(
            .POST, fields: [("content-type", "multipart/form-data; boundary=B")],
            body: chunkSize.map { Body(incoming: ChunkSequence(bytes: bytes, size: $0), limit: 1 << 20) }
                ?? Body(received: bytes, limit: 1 << 20))
    }

    static let named = "Content-Disposition: form-data; name=\"a\""
    static let part = "--B\r\n\(named)\r\n\r\n1\r\n"

    static let valid: [MultipartCase] = [
        MultipartCase(part + "--B--\r\n", ["a=1"]),
        MultipartCase(part + "--B--", ["a=1"]),
        MultipartCase("\r\n" + part + "--B--\r\n", ["a=1"]),
        MultipartCase(part.replacing("--B\r", with: "--B \t\r") + "--B--\r\n", ["a=1"]),
        MultipartCase("--B--\r\n"),
        MultipartCase("--B--"),
        MultipartCase(part + part + "--B--\r\n", ["a=1", "a=1"]),
        MultipartCase(head: named, "", ["a="]),
        // Only a delimiter at the start of a line counts, and the line break before it belongs to it.
        MultipartCase(head: named, "x--B\r\n\r\n-B--\r\r\n--\nB--B--", ["a=x--B\r\n\r\n-B--\r\r\n--\nB--B--"]),
        MultipartCase(head: named, "\r\n", ["a=\r\n"]),
        MultipartCase(head: named, "\r", ["a=\r"]),
        MultipartCase(head: named, "\r\n-", ["a=\r\n-"]),
        MultipartCase(head: named, "\u{FEFF}1", ["a=\u{FEFF}1"]),
        // A name ends at the first quotation mark, a backslash is one, and three escapes are undone.
        MultipartCase(
            head: #"Content-Disposition: form-data; name="a\"; filename="C:\x\y.txt""#, "1",
            [#"a\=C:\x\y.txt (text/plain) 1"#]),
        MultipartCase(
            head: #"Content-Disposition: form-data; name="%22%0D%0A%0a%41%""#, "1", ["\"\r\n%0a%41%=1"]),
        MultipartCase(head: "Content-Disposition: form-data; name=\"é\"", "ü", ["é=ü"]),
        MultipartCase(head: "Content-Disposition: form-data; name=\"\"", "1", ["=1"]),
        // RFC 7578 §4.2 allows tokens, any order and any case.
        MultipartCase(head: "Content-Disposition: form-data; name=a", "1", ["a=1"]),
        MultipartCase(head: "content-disposition:FORM-DATA;FileName=b.txt;NAME=a", "1", ["a=b.txt (text/plain) 1"]),
        MultipartCase(head: named + "; x=y; filename*=UTF-8''y", "1", ["a=1"]),
        // The type of a file, of none in particular, and of text, where it says nothing.
        MultipartCase(
            head: named + "; filename=\"f\"\r\nContent-Type: image/PNG; Foo=Bar", "1", ["a=f (image/png; foo=bar) 1"]),
        MultipartCase(head: named + "; filename=\"f\"\r\nContent-Type: é", "1", ["a=f () 1"]),
        MultipartCase(
            head: named + "; filename=\"\"\r\nContent-Type: application/octet-stream", "",
            ["a= (application/octet-stream) "]),
        MultipartCase(head: named + "\r\nContent-Type: text/plain; charset=iso-8859-1", "é", ["a=é"]),
        MultipartCase(head: named + "\r\nContent-Transfer-Encoding: base64", "MQ==", ["a=MQ=="]),
    ]

    static let invalid: [MultipartCase] = [
        MultipartCase("", error: "the body is empty or ends within its first delimiter"),
        MultipartCase("--", error: "the body is empty or ends within its first delimiter"),
        MultipartCase("--B", error: "the body is empty or ends within its first delimiter"),
        MultipartCase("hello\r\n" + part + "--B--\r\n", error: "the body does not begin with the boundary's delimiter"),
        MultipartCase("--C\r\n", error: "the body does not begin with the boundary's delimiter"),
        MultipartCase("--Bx\r\n", error: "the first delimiter is followed by other characters"),
        MultipartCase("--B-x\r\n", error: "the first delimiter is followed by other characters"),
        MultipartCase("--B --\r\n", error: "the first delimiter is followed by other characters"),
        MultipartCase(
            (part + "--B--\r\n").replacing("\r\n", with: "\n"),
            error: "the first delimiter is followed by other characters"),
        MultipartCase(part, error: "the body ends within part 1, before the closing delimiter"),
        MultipartCase(part + "--B-", error: "the body ends within part 1, before the closing delimiter"),
        MultipartCase(part + "--B\r\n", error: "the body ends within part 2, before the closing delimiter"),
        MultipartCase("--B\r\n\(named)\r\n", error: "the body ends within part 1, before the closing delimiter"),
        MultipartCase(
            "--B\r\n\(named)\r\n\r\n--B--\r\n",
            error: "the body ends within part 1, before the closing delimiter"),
        MultipartCase(part + "--Bx--\r\n", error: "the delimiter after part 1 is followed by other characters"),
        MultipartCase(part + "--B--\r\nbye", error: "something follows the closing delimiter"),
        MultipartCase(part + "--B--bye", error: "something follows the closing delimiter"),
        MultipartCase(part + "--B--\r", error: "something follows the closing delimiter"),
        MultipartCase("--B\r\n\r\n1\r\n--B--\r\n", error: "part 1 has no Content-Disposition"),
        MultipartCase(head: "Content-Type: text/plain", error: "part 1 has no Content-Disposition"),
        MultipartCase(head: "Content-Disposition: form-data", error: "part 1 has no name"),
        MultipartCase(head: "Content-Disposition: form-data; filename=\"f\"", error: "part 1 has no name"),
        MultipartCase(
            head: "Content-Disposition: attachment; name=\"a\"",
            error: #"part 1 has the malformed Content-Disposition "attachment; name=\"a\"""#),
        MultipartCase(
            head: named + ";", error: #"part 1 has the malformed Content-Disposition "form-data; name=\"a\";""#),
        MultipartCase(
            head: #"Content-Disposition: form-data; name="a\"b""#,
            error: #"part 1 has the malformed Content-Disposition "form-data; name=\"a\\\"b\"""#),
        MultipartCase(
            head: "Content-Disposition: form-data; name=\"a",
            error: #"part 1 has the malformed Content-Disposition "form-data; name=\"a""#),
        MultipartCase(
            head: named + "; name=\"b\"",
            error: #"part 1 has the malformed Content-Disposition "form-data; name=\"a\"; name=\"b\"""#),
        MultipartCase(head: named + "\r\n" + named, error: "part 1 has two headers Content-Disposition"),
        MultipartCase(
            head: named + "\r\nContent-Type: a/b\r\nContent-Type: c/d",
            error: "part 1 has two headers Content-Type"),
        MultipartCase(head: named + "\r\n folded", error: #"part 1 has the malformed header line " folded""#),
        MultipartCase(head: named + "\r\nbad line", error: #"part 1 has the malformed header line "bad line""#),
        MultipartCase(head: named + "\r\nx: a\u{0}b", error: #"part 1 has the malformed header line "x: a\u{0}b""#),
        MultipartCase(head: named + "\r\nx: a\rb: c", error: #"part 1 has the malformed header line "x: a\rb: c""#),
        MultipartCase(head: named + "\r\nx : a", error: #"part 1 has the malformed header line "x : a""#),
    ]
}

@Suite("multipart/form-data")
struct MultipartTests {
    @Test("a form is read at once, byte by byte and in pieces alike", arguments: MultipartCase.valid)
    func valid(_ form: MultipartCase) async throws {
        for size in [nil, 1, 2, 3, 7, 1000] {
            #expect(try await lines(form.request(chunkSize: size).formData()) == form.lines)
            var parts: [String] = []
            for try await part in form.request(chunkSize: size).formDataParts() {
                if let filename = part.filename {
                    let file = try await part.file()
                    parts.append("\(part.name)=\(filename) (\(file.type)) \(try await file.text())")
                } else {
                    parts.append("\(part.name)=\(try await gather(part.body))")
                }
            }
            #expect(parts == form.lines)
        }
    }

    @Test("a malformed form is one error, a 400 that says what is wrong", arguments: MultipartCase.invalid)
    func invalid(_ form: MultipartCase) async throws {
        let message = try #require(form.error)
        for size in [nil, 1, 2, 3, 7, 1000] {
            #expect(
                await asyncErrorText { try await form.request(chunkSize: size).formData() }
                    == "HTTPError 400: Request.formData: \(message)")
            #expect(
                await asyncErrorText { try await count(form.request(chunkSize: size).formDataParts()) }
                    == "HTTPError 400: Request.formDataParts: \(message)")
        }
        #expect(
            await asyncErrorText {
                try await Response(form.body, headers: [.contentType: "multipart/form-data; boundary=B"]).formData()
            } == "TypeError: Response.formData: \(message)")
    }

    private func count(_ parts: FormDataParts) async throws -> Int {
        try await parts.reduce(0) { count, _ in count + 1 }
    }

    struct Typed: CustomTestStringConvertible {
        var type: String?
        var error: String?
        var testDescription: String { type ?? "none" }
        init(_ type: String?, _ error: String? = nil) { (self.type, self.error) = (type, error) }
    }

    @Test(
        "the boundary is that of the MIME type",
        arguments: [
            Typed("multipart/form-data; boundary=B"), Typed("Multipart/Form-Data;BOUNDARY=\"B\""),
            Typed("multipart/form-data; charset=x; boundary=B; boundary=C"),
            Typed("multipart/form-data; boundary=\"\\B\""),
            Typed(
                "multipart/form-data", "HTTPError 400: Request.formDataParts: the Content-Type has no valid boundary"),
            Typed(
                "multipart/form-data; boundary=\"\"",
                "HTTPError 400: Request.formDataParts: the Content-Type has no valid boundary"),
            Typed(
                "multipart/form-data; boundary=" + String(repeating: "B", count: 71),
                "HTTPError 400: Request.formDataParts: the Content-Type has no valid boundary"),
            Typed(
                "text/plain",
                "HTTPError 415: Request.formDataParts: the Content-Type is text/plain; a form is multipart/form-data"),
            Typed(
                nil,
                "HTTPError 415: Request.formDataParts: there is no valid Content-Type; a form is multipart/form-data"),
        ])
    func boundary(_ typed: Typed) async throws {
        let body = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--\r\n"
        let request = receivedRequest(
            .POST, fields: typed.type.map { [("content-type", $0)] } ?? [],
            body: Body(received: Array(body.utf8), limit: nil))
        let error = await asyncErrorText { try await count(request.formDataParts()) }
        #expect(error == typed.error)
    }

    @Test("a form that was written is read back the same")
    func roundTrip() async throws {
        var form = FormData()
        form.append("a\"\r\n", "1\r\n2")
        form.append("é", "")
        form.append("f", File([[0, 255, 13, 10, 45, 45] as [UInt8]], name: "x\"\r\n\\.bin", type: "a/b"))
        form.append("f", Blob(["{}"], type: "application/json"))
        form.append("g", Blob([]), filename: "g")
        let read = try await Response(form).formData()
        #expect(try await lines(read) == lines(form).map { $0.replacing(" () ", with: " (application/octet-stream) ") })
        #expect(try await read.getAll("f")[0].file?.bytes() == [0, 255, 13, 10, 45, 45])
    }

    // MARK: - Limits

    private func form(parts: Int = 1, size: Int = 1, header: String = "") -> Request {
        var body = ""
        for _ in 0..<parts {
            body += "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\(header)\r\n"
            body += String(repeating: "x", count: size) + "\r\n"
        }
        return MultipartCase(body + "--B--").request(chunkSize: 100)
    }

    struct Limited: CustomTestStringConvertible {
        var limits: FormDataLimits
        var error: String?
        var testDescription: String { "\(limits)" }
        init(_ limits: FormDataLimits, _ error: String? = nil) { (self.limits, self.error) = (limits, error) }
    }

    @Test(
        "going over a limit is one error, a 413 that names it; the limit itself is not over",
        arguments: [
            Limited(FormDataLimits(parts: 3)),
            Limited(FormDataLimits(parts: 2), "there are more than 2 parts"),
            Limited(FormDataLimits(partSize: 10)),
            Limited(FormDataLimits(partSize: 9), "part 1 is larger than 9 bytes"),
            Limited(FormDataLimits(partHeaders: 40)),
            Limited(FormDataLimits(partHeaders: 39), "the headers of part 1 are larger than 39 bytes"),
            Limited(FormDataLimits(totalSize: 188)),
            Limited(FormDataLimits(totalSize: 187), "the body is larger than 187 bytes"),
        ])
    func limits(_ limited: Limited) async {
        for read in [true, false] {
            let error = await asyncErrorText {
                var count = 0
                for try await part in form(parts: 3, size: 10).formDataParts(limits: limited.limits) {
                    count += read ? try await part.bytes().count : 1
                }
                return count
            }
            #expect(error == limited.error.map { "HTTPError 413: Request.formDataParts: \($0)" })
        }
        let error = await asyncErrorText { try await form(parts: 3, size: 10).formData(limits: limited.limits) }
        #expect(error == limited.error.map { "HTTPError 413: Request.formData: \($0)" })
    }

    @Test("the defaults are 1,000 parts and 16 KiB of headers")
    func defaults() async throws {
        #expect(try await count(form(parts: 1000).formDataParts()) == 1000)
        #expect(await asyncErrorText { try await form(parts: 1001).formData() }?.contains("1000 parts") == true)
        // With the disposition's line and the name of the header itself.
        let fits = "x: " + String(repeating: "x", count: 16 * 1024 - 42 - 3) + "\r\n"
        #expect(try await count(form(header: fits).formDataParts()) == 1)
        #expect(
            await asyncErrorText { try await count(form(header: "y" + fits).formDataParts()) }
                == "HTTPError 413: Request.formDataParts: the headers of part 1 are larger than 16384 bytes")
    }

    @Test("headers without an end are refused as soon as they are too large")
    func endlessHeaders() async throws {
        let body = "--B\r\nContent-Disposition: " + String(repeating: "x", count: 1_000_000)
        let chunks = ChunkSequence(body)
        let request = receivedRequest(
            .POST, fields: [("content-type", "multipart/form-data; boundary=B")],
            body: Body(incoming: chunks, limit: nil))
        await #expect(throws: HTTPError.self) { try await count(request.formDataParts()) }
        #expect(chunks.reads < 20)
        #expect(chunks.cancelReason is HTTPError)
    }

    @Test("what is read of a part into memory is bounded by the request's bodyLimit")
    func memoryLimit() async throws {
        var request = form(size: 100)
        request.bodyLimit = 99
        await #expect(throws: HTTPError.self) {
            for try await part in request.formDataParts() { _ = try await part.text() }
        }
        #expect(await asyncErrorText { try await request.formData() } != nil)
    }

    // MARK: - One pass

    @Test("a part that is passed over is skipped, one that was begun too")
    func skipping() async throws {
        var names: [String] = []
        for try await part in MultipartCase(
            MultipartCase.part + MultipartCase.part.replacing("\"a\"", with: "\"b\"") + MultipartCase.part + "--B--"
        ).request(chunkSize: 3).formDataParts() {
            names.append(part.name)
            if names.count == 2 { _ = try await part.body.getReader().read() }
            if names.count == 3 { #expect(try await part.text() == "1") }
        }
        #expect(names == ["a", "b", "a"])
    }

    @Test("a part is over once the next was asked for")
    func over() async throws {
        var iterator = form(parts: 2).formDataParts().makeAsyncIterator()
        let first = try #require(try await iterator.next())
        _ = try await iterator.next()
        #expect(
            await asyncErrorText { try await first.text() }
                == "TypeError: FormDataPart: the next part was asked for, so that this one is over; read it before")
    }

    @Test("a part is read once")
    func once() async throws {
        for try await part in form().formDataParts() {
            #expect(!part.bodyUsed)
            #expect(try await part.text() == "x")
            #expect(part.bodyUsed)
            #expect(await asyncErrorText { try await part.bytes() }?.contains("the body was already used") == true)
        }
    }

    @Test("a body is iterated once")
    func claimed() async throws {
        let request = form()
        #expect(try await count(request.formDataParts()) == 1)
        #expect(request.bodyUsed)
        await #expect(throws: TypeError.self) { try await count(request.formDataParts()) }
        await #expect(throws: TypeError.self) { try await request.formData() }
    }

    @Test("asking for the parts reads nothing")
    func lazy() async throws {
        let request = form()
        _ = request.formDataParts()
        #expect(!request.bodyUsed)
    }

    @Test("after an error there are no more parts")
    func afterError() async throws {
        var iterator = MultipartCase(MultipartCase.part + "--Bx").request(chunkSize: 1).formDataParts()
            .makeAsyncIterator()
        #expect(try await iterator.next()?.name == "a")
        await #expect(throws: HTTPError.self) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test("leaving the loop early cancels the body")
    func leaving() async throws {
        let chunks = ChunkSequence(MultipartCase.part + MultipartCase.part + "--B--", size: 10)
        let request = receivedRequest(
            .POST, fields: [("content-type", "multipart/form-data; boundary=B")],
            body: Body(incoming: chunks, limit: nil))
        for try await part in request.formDataParts() {
            #expect(part.name == "a")
            break
        }
        #expect("\(try #require(chunks.cancelReason))" == "AbortError: The form was not read to its end")
    }

    @Test("a part shows its headers, and its type where it has none")
    func headers() async throws {
        let body = MultipartCase(head: MultipartCase.named + "\r\nX-Tea: é\r\nx-tea: 2")
        for try await part in body.request(chunkSize: 5).formDataParts() {
            #expect(part.type == "text/plain")
            #expect(part.headers.pairs.contains("x-tea: Ã©, 2"))
            #expect(part.headers[.contentDisposition] == "form-data; name=\"a\"")
        }
    }

    @Test("a response's stream is read part by part, too")
    func stream() async throws {
        let body = MultipartCase.part + "--B--"
        let response = Response(
            byteStream(body.map { String($0) }), headers: [.contentType: "multipart/form-data; boundary=B"])
        for try await part in response.formDataParts() {
            struct Number: Decodable { var value: Int }
            #expect(try await part.json(as: Int.self) == 1)
        }
    }
}
