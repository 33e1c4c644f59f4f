// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) internal import WhippetFetch
internal import WhippetInfra
internal import WhippetJSON
internal import WhippetStreams
internal import WhippetURL

extension Benchmark {
    static func headers() throws -> [Benchmark] {
        let pairs = Inputs.fields.map { ($0.name, $0.value) }
        let headers = try Headers(pairs)
        let received = ReceivedHead(.GET, target: Inputs.target, fields: Inputs.fields).request().headers
        return [
            Benchmark("headers/append 20") { count in
                for _ in 0..<count {
                    var headers = Headers()
                    for (name, value) in pairs { try headers.append(name, value) }
                    keep(headers)
                }
            },
            Benchmark("headers/get, of 20") { count in
                for _ in 0..<count { keep(try headers.get("Sec-Fetch-Site")) }
            },
            Benchmark("headers/get, of 20 received") { count in
                for _ in 0..<count { keep(try received.get("Sec-Fetch-Site")) }
            },
            Benchmark("headers/set, of 20") { count in
                var headers = headers
                for _ in 0..<count { try headers.set("Sec-Fetch-Site", "none") }
                keep(headers)
            },
            Benchmark("headers/iterate 20") { count in
                for _ in 0..<count {
                    for (name, value) in headers {
                        keep(name)
                        keep(value)
                    }
                }
            },
        ]
    }

    static func requests() -> [Benchmark] {
        let url = "http://example.com:8080" + Inputs.target
        let head = ReceivedHead(.POST, target: Inputs.target, fields: Inputs.fields)
        let itemBytes = Array(Inputs.itemText.utf8)
        let made = Request(url)
        return [
            Benchmark("request/make") { count in
                for _ in 0..<count { keep(Request(url, headers: ["accept": "*/*"])) }
            },
            Benchmark("request/make and read text") { count in
                for _ in 0..<count {
                    let request = Request(url, method: .POST, body: "Hello, World!")
                    keep(try await request.text())
                }
            },
            Benchmark("request/make and read JSON") { count in
                for _ in 0..<count {
                    let request = Request(url, method: .POST, body: Inputs.itemText)
                    keep(try await request.json(as: Inputs.Item.self))
                }
            },
            Benchmark("request/clone") { count in
                for _ in 0..<count { keep(try made.clone()) }
            },
            Benchmark("request/receive") { count in
                for _ in 0..<count { keep(head.request()) }
            },
            Benchmark("request/receive and read url.searchParams") { count in
                for _ in 0..<count { keep(head.request().url.searchParams.get("page")) }
            },
            Benchmark("request/receive and read JSON") { count in
                for _ in 0..<count { keep(try await head.request(body: itemBytes).json(as: Inputs.Item.self)) }
            },
            Benchmark("request/receive and read cookies") { count in
                for _ in 0..<count { keep(head.request().cookies["theme"]) }
            },
        ]
    }

    static func responses() -> [Benchmark] {
        let item = Inputs.item
        return [
            Benchmark("response/make from text") { count in
                for _ in 0..<count { keep(Response("Hello, World!")) }
            },
            Benchmark("response/make with headers") { count in
                for _ in 0..<count {
                    keep(Response("Hello, World!", status: 201, headers: ["cache-control": "no-store", "x-tea": "1"]))
                }
            },
            Benchmark("response/make from JSON") { count in
                for _ in 0..<count { keep(Response.json(item)) }
            },
            Benchmark("response/make and read text") { count in
                for _ in 0..<count { keep(try await Response("Hello, World!").text()) }
            },
            Benchmark("response/make and read bytes of a stream") { count in
                for _ in 0..<count {
                    let stream = ByteStream(start: { controller in
                        try controller.enqueue(Inputs.chunk)
                        try controller.close()
                    })
                    keep(try await Response(Body(stream)).bytes())
                }
            },
        ]
    }

    static func forms() -> [Benchmark] {
        let contentType = "multipart/form-data; boundary=\(Inputs.boundary)"
        let fields = Inputs.multipart(fields: 10, fileSize: 0)
        let upload = Inputs.multipart(fields: 10, fileSize: 1 << 20)
        let pieces = stride(from: 0, to: upload.count, by: 64 * 1024).map {
            Array(upload[$0..<min($0 + 64 * 1024, upload.count)])
        }
        var form = FormData()
        for number in 0..<10 { form.append("field\(number)", "value \(number)") }
        let urlencoded = URLSearchParams(form.map { ($0.name, $0.value.text ?? "") })
        return [
            Benchmark("form/read urlencoded, 10 fields") { count in
                for _ in 0..<count { keep(try await Response(urlencoded).formData()) }
            },
            Benchmark("form/read multipart, 10 fields") { count in
                for _ in 0..<count {
                    keep(try await Response(fields, headers: [.contentType: contentType]).formData())
                }
            },
            Benchmark("form/read multipart, 1 MiB", countedRuns: 20) { count in
                for _ in 0..<count {
                    keep(try await Response(upload, headers: [.contentType: contentType]).formData())
                }
            },
            Benchmark("form/stream multipart, 1 MiB", countedRuns: 20) { count in
                for _ in 0..<count {
                    let response = Response(Body(chunks: Pieces(pieces: pieces)), headers: [.contentType: contentType])
                    var size = 0
                    for try await part in response.formDataParts() { size += try await part.bytes().count }
                    keep(size)
                }
            },
            Benchmark("form/write multipart, 10 fields") { count in
                for _ in 0..<count { keep(try await Response(form).bytes()) }
            },
            Benchmark("form/decode 10 fields as a type") { count in
                for _ in 0..<count { keep(try form.decode(as: Inputs.Fields.self)) }
            },
            Benchmark("blob/make, slice and read") { count in
                for _ in 0..<count { keep(try await Blob(["Hello, ", "World!"]).slice(0, 5).text()) }
            },
        ]
    }

    static func cookies() throws -> [Benchmark] {
        let signer = try CookieSigner("an old oak stands by the mill pond")
        let cookie = SetCookie(
            "session", "0123456789abcdef", maxAge: .seconds(3600), secure: true, httpOnly: true, sameSite: .lax)
        let text = try cookie.serialize()
        return [
            Benchmark("cookies/set") { count in
                for _ in 0..<count {
                    var response = Response(status: 204)
                    response.cookies.set(cookie)
                    keep(response)
                }
            },
            Benchmark("cookies/read Set-Cookie") { count in
                for _ in 0..<count { keep(SetCookie(parsing: text)) }
            },
            Benchmark("cookies/sign and verify") { count in
                for _ in 0..<count { keep(signer.verify("session", signer.sign("session", "0123456789abcdef"))) }
            },
        ]
    }
}

/// A body that comes in pieces without waiting.
private struct Pieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    let pieces: [[UInt8]]

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: pieces[...]) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>

        mutating func next() async -> [UInt8]? { rest.popFirst() }
    }
}

extension Inputs {
    struct Fields: Decodable {
        var field0, field1, field2, field3, field4, field5, field6, field7, field8, field9: String
    }

    static let boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"

    /// A form with small fields, and one file if it has a size; `node/micro.mjs` makes the same.
    static func multipart(fields: Int, fileSize: Int) -> [UInt8] {
        var body: [UInt8] = []
        for number in 0..<fields {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"field\(number)\"\r\n\r\n".utf8
            body += "value \(number)\r\n".utf8
        }
        if fileSize > 0 {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"film\"; filename=\"film.mp4\"\r\n".utf8
            body += "Content-Type: video/mp4\r\n\r\n".utf8
            body += (0..<fileSize).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            body += "\r\n".utf8
        }
        return body + Array("--\(boundary)--\r\n".utf8)
    }
}
