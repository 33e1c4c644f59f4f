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
            Benchmark("json/read 10 KB model", countedRuns: 20) { count in
                for _ in 0..<count { keep(try JSON.read(Inputs.Page.self, from: pageBytes)) }
            },
            Benchmark("json/write 10 KB model", countedRuns: 20) { count in
                for _ in 0..<count { keep(try JSON.write(page)) }
            },
            Benchmark("json/read two fields") { count in
                for _ in 0..<count { keep(try JSON.read(Inputs.Item.self, from: itemBytes)) }
            },
            Benchmark("json/write two fields") { count in
                for _ in 0..<count { keep(try JSON.write(item)) }
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

// MARK: - The models without Codable

extension Inputs.Point: JSONReadable, JSONWritable {
    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        lat = try object.read("lat")
        lng = try object.read("lng")
    }

    func write(json writer: inout JSON.Writer) throws {
        try writer.object {
            try $0.write("lat", lat)
            try $0.write("lng", lng)
        }
    }
}

extension Inputs.Address: JSONReadable, JSONWritable {
    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        street = try object.read("street")
        city = try object.read("city")
        zip = try object.read("zip")
        geo = try object.read("geo")
    }

    func write(json writer: inout JSON.Writer) throws {
        try writer.object {
            try $0.write("street", street)
            try $0.write("city", city)
            try $0.write("zip", zip)
            try $0.write("geo", geo)
        }
    }
}

extension Inputs.User: JSONReadable, JSONWritable {
    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        id = try object.read("id")
        name = try object.read("name")
        email = try object.read("email")
        active = try object.read("active")
        score = try object.read("score")
        tags = try object.read("tags")
        address = try object.read("address")
        note = try object.read("note")
    }

    func write(json writer: inout JSON.Writer) throws {
        try writer.object {
            try $0.write("id", id)
            try $0.write("name", name)
            try $0.write("email", email)
            try $0.write("active", active)
            try $0.write("score", score)
            try $0.write("tags", tags)
            try $0.write("address", address)
            try $0.write("note", note)
        }
    }
}

extension Inputs.Page: JSONReadable, JSONWritable {
    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        total = try object.read("total")
        page = try object.read("page")
        users = try object.read("users")
    }

    func write(json writer: inout JSON.Writer) throws {
        try writer.object {
            try $0.write("total", total)
            try $0.write("page", page)
            try $0.write("users", users)
        }
    }
}

extension Inputs.Item: JSONReadable, JSONWritable {
    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        id = try object.read("id")
        name = try object.read("name")
    }

    func write(json writer: inout JSON.Writer) throws {
        try writer.object {
            try $0.write("id", id)
            try $0.write("name", name)
        }
    }
}
