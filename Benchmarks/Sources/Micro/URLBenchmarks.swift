// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) internal import WhippetURL

extension Benchmark {
    static func urls() throws -> [Benchmark] {
        let urls = Inputs.urls
        let authority = Array("example.com:8080".utf8)
        let target = Array(Inputs.target.utf8)
        let text = "http://example.com:8080" + Inputs.target
        let url = try URL(text)
        return [
            Benchmark("url/parse, of 100,000", countedRuns: 100_000) { count in
                for index in 0..<count { keep(URL.parse(urls[index % urls.count])) }
            },
            Benchmark("url/canParse, of 100,000", countedRuns: 100_000) { count in
                for index in 0..<count { keep(URL.canParse(urls[index % urls.count])) }
            },
            Benchmark("url/request target") { count in
                authority.withUnsafeBufferPointer { authority in
                    target.withUnsafeBufferPointer { target in
                        for _ in 0..<count { keep(URL(authority: authority, target: target)) }
                    }
                }
            },
            Benchmark("url/parse and searchParams.get") { count in
                for _ in 0..<count { keep(try URL(text).searchParams.get("page")) }
            },
            Benchmark("url/searchParams.get") { count in
                for _ in 0..<count { keep(url.searchParams.get("page")) }
            },
            Benchmark("url/searchParams.set") { count in
                var url = url
                for index in 0..<count { url.searchParams.set("page", index % 2 == 0 ? "3" : "4") }
                keep(url)
            },
            Benchmark("url/pathname") { count in
                for _ in 0..<count { keep(url.pathname) }
            },
        ]
    }
}
