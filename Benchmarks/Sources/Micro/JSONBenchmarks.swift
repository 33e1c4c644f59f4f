// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import WhippetJSON

extension Benchmark {
    static func json() throws -> [Benchmark] {
        let page = Inputs.page
        let pageBytes = try JSON.encode(page)
        let pageValue = try JSON.parse(pageBytes)
        let item = Inputs.item
        let itemBytes = Array(Inputs.itemText.utf8)
        let pageData = Data(pageBytes)
        let itemData = Data(itemBytes)
        let decoder = JSONDecoder()
        let encoder = JSONEncoder()
        return [
            Benchmark("json/decode 10 KB model", countedRuns: 20) { count in
                for _ in 0..<count { keep(try JSON.decode(Inputs.Page.self, from: pageBytes)) }
            } peer: {
                ("Foundation", { for _ in 0..<$0 { keep(try decoder.decode(Inputs.Page.self, from: pageData)) } })
            },
            Benchmark("json/encode 10 KB model", countedRuns: 20) { count in
                for _ in 0..<count { keep(try JSON.encode(page)) }
            } peer: {
                ("Foundation", { for _ in 0..<$0 { keep(try encoder.encode(page)) } })
            },
            Benchmark("json/decode two fields") { count in
                for _ in 0..<count { keep(try JSON.decode(Inputs.Item.self, from: itemBytes)) }
            } peer: {
                ("Foundation", { for _ in 0..<$0 { keep(try decoder.decode(Inputs.Item.self, from: itemData)) } })
            },
            Benchmark("json/encode two fields") { count in
                for _ in 0..<count { keep(try JSON.encode(item)) }
            } peer: {
                ("Foundation", { for _ in 0..<$0 { keep(try encoder.encode(item)) } })
            },
            Benchmark("json/parse 10 KB as a value", countedRuns: 20) { count in
                for _ in 0..<count { keep(try JSON.parse(pageBytes)) }
            },
            Benchmark("json/serialize 10 KB value", countedRuns: 20) { count in
                for _ in 0..<count { keep(pageValue.serialize()) }
            },
        ]
    }

    private init(
        _ name: String, countedRuns: Int = 200, body: @escaping Work, peer: () -> (name: String, body: Work)
    ) {
        self.init(name, countedRuns: countedRuns, body: body, peer: peer())
    }
}
