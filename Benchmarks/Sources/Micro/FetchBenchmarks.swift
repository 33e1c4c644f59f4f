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
}
