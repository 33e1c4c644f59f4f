// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) internal import WhippetHTTP1
@_spi(Conformance) internal import WhippetRouting

extension Benchmark {
    static func engine() throws -> [Benchmark] {
        let fields = Inputs.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let long = Array("GET \(Inputs.target) HTTP/1.1\r\n\(fields)\r\n".utf8)
        let short = Array("GET / HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n\r\n".utf8)
        let path = Array("/area7/section7/items/1234".utf8)
        let few = try PathMatching(routes(10))
        let many = try PathMatching(routes(10000))
        return [
            Benchmark("http1/request head, 2 fields") { try readHead(short, $0) },
            Benchmark("http1/request head, 20 fields") { try readHead(long, $0) },
            Benchmark("routing/match, of 10 routes") { match(path, few, $0) },
            Benchmark("routing/match, of 10,000 routes") { match(path, many, $0) },
        ]
    }

    private struct Refused: Error {}

    private static func readHead(_ bytes: [UInt8], _ count: Int) throws {
        var reader = RequestHeadReader()
        try bytes.withUnsafeBufferPointer { bytes in
            for _ in 0..<count {
                guard let fieldCount = reader.read(bytes) else { throw Refused() }
                keep(fieldCount)
            }
        }
    }

    private static func match(_ path: [UInt8], _ table: PathMatching, _ count: Int) {
        path.withUnsafeBufferPointer { path in
            for _ in 0..<count { keep(table.match(path)) }
        }
    }

    private static func routes(_ count: Int) throws -> [RoutePattern] {
        try (0..<count).map { try RoutePattern("/area\($0)/section\($0)/items/[id]") }
    }
}
