// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Whippet

struct Greeting: Codable {
    var message: String
    var count: Int
    var ok: Bool
}

struct Found: Codable {
    var id: String
    var q: String?
}

struct Size: Codable {
    var bytes: Int
}

/// What the servers answer to a page of users: something of each of its levels.
struct Summary: Codable {
    var users: Int
    var active: Int
    var tags: Int

    init(_ page: Page) {
        users = page.users.count
        active = page.users.count { $0.active }
        tags = page.users.reduce(0) { $0 + $1.tags.count }
    }

    init(_ page: TypedPage) {
        users = page.users.count
        active = page.users.count { $0.active }
        tags = page.users.reduce(0) { $0 + $1.tags.count }
    }
}

// MARK: - As Codable

struct Page: Codable {
    var total: Int
    var page: Int
    var users: [User]
}

struct User: Codable {
    var id: Int
    var name: String
    var email: String
    var active: Bool
    var score: Double
    var tags: [String]
    var address: Address
    var note: String?
}

struct Address: Codable {
    var street: String
    var city: String
    var zip: String
    var geo: Point
}

struct Point: Codable {
    var lat: Double
    var lng: Double
}

// MARK: - As types that read themselves

struct TypedPage: JSONReadable {
    var total: Int
    var page: Int
    var users: [TypedUser]

    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        total = try object.read("total")
        page = try object.read("page")
        users = try object.read("users")
    }
}

struct TypedUser: JSONReadable {
    var id: Int
    var name: String
    var email: String
    var active: Bool
    var score: Double
    var tags: [String]
    var address: TypedAddress
    var note: String?

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
}

struct TypedAddress: JSONReadable {
    var street: String
    var city: String
    var zip: String
    var geo: TypedPoint

    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        street = try object.read("street")
        city = try object.read("city")
        zip = try object.read("zip")
        geo = try object.read("geo")
    }
}

struct TypedPoint: JSONReadable {
    var lat: Double
    var lng: Double

    init(json reader: JSON.Reader) throws {
        var object = try reader.object()
        lat = try object.read("lat")
        lng = try object.read("lng")
    }
}
