// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetStreams

private struct Order: Codable, Equatable {
    struct Item: Codable, Equatable {
        var price: Double
    }

    var items: [Item]
}

@Suite("Body: JSON and forms")
struct BodyParsingTests {
    static let order = #"{"items": [{"price": 1.5}, {"price": 2}]}"#

    @Test("json reads a value, json(as:) a type", arguments: [order, "\u{FEFF}" + order])
    func json(_ text: String) async throws {
        #expect(try await Response(text).json()["items"][1]["price"].doubleValue == 2)
        #expect(
            try await Response(Array(text.utf8)).json(as: Order.self)
                == Order(items: [.init(price: 1.5), .init(price: 2)]))
        #expect(try await receivedRequest(.POST, body: Body(text)).json(as: Order.self).items.count == 2)
    }

    @Test("json decodes before it parses: bytes that are no UTF-8 become U+FFFD")
    func jsonLossy() async throws {
        let bytes = Array("[\"a".utf8) + [0xFF] + Array("\"]".utf8)
        #expect(try await Response(bytes).json() == ["a\u{FFFD}"])
    }

    @Test("a request of bad JSON is a 400 with a sentence that names the place")
    func badJSON() async throws {
        let text = #"{"items": [{"price": 1.5}, {"price": "2"}]}"#
        let request = receivedRequest(.POST, body: Body(text))
        do {
            _ = try await request.json(as: Order.self)
            Issue.record("no error")
        } catch let error as HTTPError {
            #expect(error.status == 400)
            #expect(error.message.hasPrefix("items[1].price: "))
        }
        let broken = receivedRequest(.POST, body: Body("{"))
        await #expect(throws: HTTPError.self) { try await broken.json() }
    }

    @Test("a response of bad JSON throws the plain error")
    func badJSONOfResponse() async throws {
        await #expect(throws: JSONError.self) { try await Response("{").json() }
        await #expect(throws: JSONError.self) { try await Response("[]").json(as: Order.self) }
    }

    @Test("an empty body is no JSON")
    func emptyJSON() async throws {
        await #expect(throws: HTTPError.self) { try await receivedRequest(.POST).json() }
        await #expect(throws: JSONError.self) { try await Response().json() }
    }

    @Test(
        "json(as:) refuses another charset than UTF-8 with a 415",
        arguments: ["application/json; charset=latin1", "application/json;CHARSET=\"utf-16\"", "text/plain; charset=x"])
    func foreignCharset(_ type: String) async throws {
        let request = receivedRequest(.POST, fields: [("content-type", type)], body: Body(Self.order))
        let shown = try #require(await asyncErrorText { try await request.json(as: Order.self) })
        #expect(shown.hasPrefix("HTTPError 415: Request.json: the charset \""))
        #expect(!request.bodyUsed)
        #expect(try await request.json()["items"].count == 2)
    }

    @Test(
        "json(as:) takes UTF-8 in any spelling, and any type without a charset",
        arguments: [
            "application/json", "application/json; charset=UTF-8", "application/json;charset=\"utf8\"", "text/plain",
            "application/json; a=b", "not a type; charset=latin1", "",
        ])
    func ownCharset(_ type: String) async throws {
        let request = receivedRequest(.POST, fields: [("content-type", type)], body: Body(Self.order))
        #expect(try await request.json(as: Order.self).items.count == 2)
        var made = Request("/", method: .POST, body: Self.order)
        made.headers[.contentType] = type
        #expect(try await made.json(as: Order.self).items.count == 2)
    }

    @Test(
        "formData reads urlencoded bodies",
        arguments: [
            "application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=UTF-8",
            "APPLICATION/x-www-form-urlencoded; charset=latin1", "text/plain, application/x-www-form-urlencoded",
        ])
    func form(_ type: String) async throws {
        let request = receivedRequest(
            .POST, fields: [("content-type", type)], body: Body("name=J%C3%A9r%C3%B4me+B&a=1&a=2&?b=%zz&c"))
        let form = try await request.formData()
        #expect(form["name"] == "Jérôme B")
        #expect(form.getAll("a").map(\.text) == ["1", "2"])
        #expect(form["?b"] == "%zz")
        #expect(form["c"] == "")
        #expect(request.bodyUsed)
    }

    @Test("an empty urlencoded body is an empty form")
    func emptyForm() async throws {
        let fields = [("content-type", "application/x-www-form-urlencoded")]
        #expect(try await Array(receivedRequest(.POST, fields: fields).formData()).isEmpty)
        #expect(try await Array(receivedRequest(.POST, fields: fields, body: Body("")).formData()).isEmpty)
    }

    @Test("a form of another type is a 415 that says what would do")
    func wrongFormType() async throws {
        let wrong = receivedRequest(.POST, fields: [("content-type", "application/json; a=b")], body: Body("{}"))
        #expect(
            await asyncErrorText { try await wrong.formData() }
                == "HTTPError 415: Request.formData: the Content-Type is application/json; a form is "
                + "application/x-www-form-urlencoded or multipart/form-data")
        #expect(!wrong.bodyUsed)
        let absent = receivedRequest(.POST, body: Body("a=b"))
        #expect(
            await asyncErrorText { try await absent.formData() }
                == "HTTPError 415: Request.formData: there is no valid Content-Type; a form is "
                + "application/x-www-form-urlencoded or multipart/form-data")
    }

    @Test("a response of another type is no form: TypeError")
    func wrongFormTypeOfResponse() async throws {
        await #expect(throws: TypeError.self) { try await Response("a=b").formData() }
    }

    @Test("a multipart form is read with the boundary of its type")
    func multipart() async throws {
        let body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"
        let request = receivedRequest(
            .POST, fields: [("content-type", "multipart/form-data; boundary=x")], body: Body(body))
        #expect(try await request.formData()["a"] == "1")
    }

    @Test("options say how JSON is read")
    func jsonOptions() async throws {
        struct Item: Decodable, Equatable { var unitPrice: Int }
        let options = JSON.DecodingOptions(keys: .snakeCase)
        #expect(
            try await receivedRequest(.POST, body: Body("{\"unit_price\":3}")).json(as: Item.self, options: options)
                == Item(unitPrice: 3))
        #expect(
            try await Response("{\"unit_price\":3}").json(as: Item.self, options: options) == Item(unitPrice: 3))
    }
}
