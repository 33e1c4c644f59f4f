// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetStreams
import WhippetURL

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

    struct Point: JSONReadable, JSONWritable, Equatable {
        var x: Int

        init(x: Int) { self.x = x }

        init(json: JSON.Reader) throws {
            var object = try json.object()
            x = try object.read("x")
        }

        func write(json: inout JSON.Writer) throws {
            try json.object { try $0.write("x", x) }
        }
    }

    @Test("a type that reads and writes itself is read and written, a list of it and of plain values too")
    func readable() async throws {
        #expect(try await Response.json(Point(x: 3)).text() == #"{"x":3}"#)
        #expect(try await Response.json([Point(x: 3)]).json(as: [Point].self) == [Point(x: 3)])
        #expect(try await Response("\u{FEFF}{\"x\":3}").json(as: Point.self) == Point(x: 3))
        #expect(try await Response("[1,2]").json(as: [Int].self) == [1, 2])
        #expect(try await receivedRequest(.POST, body: Body(#"{"x":3}"#)).json(as: Point.self) == Point(x: 3))
        #expect(
            await asyncErrorText { try await receivedRequest(.POST, body: Body(#"{"x":"a"}"#)).json(as: Point.self) }
                == "HTTPError 400: x: expected a number, found a string")
        let typed = receivedRequest(.POST, fields: [("content-type", "a/b;charset=x")], body: Body("{}"))
        #expect(await asyncErrorText { try await typed.json(as: Point.self) }?.hasPrefix("HTTPError 415") == true)
    }

    struct Typed: CustomTestStringConvertible {
        var body: Body?
        var headers: Headers
        var type: String
        var testDescription: String { type }
        init(_ body: (any BodyInit)?, _ headers: Headers, _ type: String) throws {
            (self.body, self.headers, self.type) = (try body?.extractBody(), headers, type)
        }
    }

    @Test(
        "the type of blob() is the MIME type that the headers say",
        arguments: [
            Result { try Typed("a", [:], "text/plain;charset=utf-8") },
            Result { try Typed("a", ["content-type": "test/TEST; A=b"], "test/test;a=b") },
            Result { try Typed(nil, [:], "") },
            Result { try Typed(nil, ["content-type": "Mytext/Plain"], "mytext/plain") },
            Result { try Typed([UInt8](), [:], "") },
            Result { try Typed(Blob(["a"]), [:], "") },
            Result { try Typed(Blob(["a"], type: "Text/Plain"), [:], "text/plain") },
            Result { try Typed(Blob(["a"], type: "text/plain"), ["content-type": "Text/Html"], "text/html") },
            Result { try Typed(URLSearchParams("a=b"), [:], "application/x-www-form-urlencoded;charset=utf-8") },
            Result { try Typed("a", ["content-type": "text/html, x/y"], "x/y") },
            Result { try Typed("a", ["content-type": "no type"], "") },
        ])
    func blobType(_ typed: Result<Typed, any Error>) async throws {
        let typed = try typed.get()
        let response = Response(typed.body, headers: typed.headers)
        let copy = try response.clone()
        #expect(try await response.blob().type == typed.type)
        #expect(try await copy.blob().type == typed.type)
        let request = Request("/", method: .POST, headers: response.headers)
        #expect(try await request.blob().type == typed.type)
    }

    @Test("a blob's bytes are those of the body, and the body is used", arguments: BodyCase.all)
    func blobBytes(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        #expect(try await response.blob().text() == "héllo")
        #expect(response.bodyUsed)
        await #expect(throws: TypeError.self) { try await response.blob() }
    }

    @Test("a response of a blob is read as a blob without its bytes being touched")
    func lazyBlob() async throws {
        let file = Blob(["x", Blob(["y"])])
        #expect(try await Response(file).blob() == file)
    }
}
