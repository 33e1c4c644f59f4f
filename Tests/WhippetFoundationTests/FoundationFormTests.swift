// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetFoundation
import WhippetJSON

private func encoded(_ value: some Encodable, _ options: JSON.EncodingOptions = .init()) throws -> String {
    String(decoding: try JSON.encode(value, options: options), as: UTF8.self)
}

private func decoded<Value: Decodable>(
    _ type: Value.Type, _ text: String, _ options: JSON.DecodingOptions = .init()
) throws -> Value {
    try JSON.decode(type, from: Array(text.utf8), options: options)
}

private func message(_ body: () throws -> some Any) -> String? {
    let error = #expect(throws: JSONError.self) { _ = try body() }
    return error?.message
}

@Suite("Foundation's types in JSON")
struct FoundationFormTests {
    struct Model: Codable, Equatable {
        var at: Date
        var maybe: Date?
        var list: [Date]
        var map: [String: Data]
        var price: Decimal
        var link: Foundation.URL
        var id: UUID
    }

    @Test("a model of all types reads and writes their usual forms")
    func model() throws {
        let text =
            #"{"at":"2026-11-21T10:30:00Z","maybe":"2001-01-01T00:00:00.250Z","list":["1970-01-01T00:00:00Z"],"#
            + #""map":{"a":"AQL/"},"price":19.99,"link":"https://example.com/a?b=c#d","#
            + #""id":"00010203-0405-0607-0809-0A0B0C0D0E0F"}"#
        let link = Foundation.URL(string: "https://example.com/a?b=c#d")
        let value = Model(
            at: Date(timeIntervalSince1970: 1_795_257_000), maybe: Date(timeIntervalSinceReferenceDate: 0.25),
            list: [Date(timeIntervalSince1970: 0)], map: ["a": Data([1, 2, 255])],
            price: try #require(Decimal(string: "19.99")),
            link: try #require(link),
            id: UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)))
        #expect(try decoded(Model.self, text) == value)
        #expect(try encoded(value) == text)
    }

    /// The same by hand.
    struct ReadableModel: JSONReadable, JSONWritable {
        var model: Model

        init(model: Model) { self.model = model }

        init(json reader: JSON.Reader) throws {
            var object = try reader.object()
            model = Model(
                at: try object.read("at"), maybe: try object.read("maybe"), list: try object.read("list"),
                map: try object.read("map"), price: try object.read("price"), link: try object.read("link"),
                id: try object.read("id"))
        }

        func write(json writer: inout JSON.Writer) throws {
            try writer.object {
                try $0.write("at", model.at)
                try $0.write("maybe", model.maybe)
                try $0.write("list", model.list)
                try $0.write("map", model.map)
                try $0.write("price", model.price)
                try $0.write("link", model.link)
                try $0.write("id", model.id)
            }
        }
    }

    @Test("types that read and write themselves use the same forms and options")
    func readable() throws {
        let text =
            #"{"at":1795257000,"list":[0],"map":{"a":"AQL_"},"price":19.99,"link":"https://example.com/","#
            + #""id":"00010203-0405-0607-0809-0A0B0C0D0E0F"}"#
        var reading = JSON.DecodingOptions()
        reading.dates = .secondsSince1970
        reading.data = .base64URL
        var writing = JSON.EncodingOptions()
        writing.dates = .secondsSince1970
        writing.data = .base64URL
        let read = try JSON.read(ReadableModel.self, from: Array(text.utf8), options: reading)
        #expect(try read.model == decoded(Model.self, text, reading))
        #expect(read.model.at == Date(timeIntervalSince1970: 1_795_257_000))
        #expect(String(decoding: try JSON.write(read, options: writing), as: UTF8.self) == text)
        #expect(
            message { try JSON.read([Date].self, from: Array("[1]".utf8)) } == "[0]: expected a string, found a number")
        #expect(message { try JSON.write(["a": Decimal.nan]) } == "a: NaN has no form in JSON")
    }

    @Test("a value of each type is a JSON text of its own")
    func topLevel() throws {
        #expect(try encoded(Date(timeIntervalSince1970: 0)) == #""1970-01-01T00:00:00Z""#)
        #expect(try encoded(Data()) == #""""#)
        #expect(try decoded(Data.self, #""AQ""#) == Data([1]))
        #expect(try encoded(Decimal(-5)) == "-5")
        #expect(try decoded(Date?.self, "null") == nil)
        #expect(try encoded([Date?.none]) == "[null]")
    }

    @Test(
        "an error names the place",
        arguments: [
            (#"{"at":1}"#, "at: expected a string, found a number"),
            (#"{"at":"yesterday"}"#, "at: not a date of ISO 8601, such as 2026-11-21T10:30:00Z"),
        ])
    func errors(text: String, expected: String) {
        #expect(message { try decoded([String: Date].self, text) } == expected)
    }

    @Test("what is no value of the type is refused")
    func refused() throws {
        #expect(message { try decoded(Data.self, #""A""#) } == "not a string in Base 64")
        #expect(message { try decoded(Data.self, "[1]") } == "expected a string, found an array")
        #expect(message { try decoded([Foundation.URL].self, #"[""]"#) } == "[0]: not a URL")
        #expect(message { try decoded(Decimal.self, #""1""#) } == "expected a number, found a string")
        #expect(message { try decoded(Decimal.self, "1e200") } == "the number does not fit in Decimal")
        let long = "1." + String(repeating: "1", count: 100_000)
        #expect(message { try decoded(Decimal.self, long) } == "the number does not fit in Decimal")
        #expect(message { try encoded(["a": Decimal.nan]) } == "a: NaN has no form in JSON")
        let far = Date(timeIntervalSince1970: 1e15)
        #expect(
            message { try encoded(["a": far]) } == "a: a date outside the years 0 to 9999 has no form in ISO 8601")
    }

    @Test(
        "decimals keep their digits",
        arguments: [
            "0.1", "-0.3", "123456789012345678901234567890.12345678", "18446744073709551616", "0", "0.000000000000001",
        ])
    func decimals(text: String) throws {
        let value = try decoded(Decimal.self, text)
        #expect(value == Decimal(string: text))
        #expect(try encoded(value) == text)
    }

    @Test("decimals may be written with an exponent")
    func exponents() throws {
        #expect(try decoded(Decimal.self, "1.5e3") == 1500)
        #expect(try decoded(Decimal.self, "25E-1") == Decimal(string: "2.5"))
    }

    @Test("random decimals read back as they were, by Foundation too")
    func randomDecimals() throws {
        for _ in 0..<500 {
            let digits = String(UInt64.random(in: 0...UInt64.max))
            let value = try #require(Decimal(string: "\(digits)e\(Int.random(in: -40...40))"))
            #expect(try decoded(Decimal.self, encoded(value)) == value)
            #expect(try JSONDecoder().decode(Decimal.self, from: Data(JSON.encode(value))) == value)
        }
    }
}

@Suite("The forms of dates and data")
struct FormOptionTests {
    let date = Date(timeIntervalSince1970: 1_795_257_000.5)

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let strategy: JSON.DateStrategy
        let text: String
        var testDescription: String { name }
    }

    @Test(
        "each form of a date writes and reads",
        arguments: [
            Case(name: "ISO 8601", strategy: .iso8601, text: #""2026-11-21T10:30:00.500Z""#),
            Case(name: "seconds", strategy: .secondsSince1970, text: "1795257000.5"),
            Case(name: "milliseconds", strategy: .millisecondsSince1970, text: "1795257000500"),
            Case(name: "its own", strategy: .ownCoding, text: "816949800.5"),
            Case(
                name: "strings",
                strategy: .strings(
                    read: { Double($0.dropFirst()).map { Date(timeIntervalSince1970: $0) } },
                    write: { "@\($0.timeIntervalSince1970)" }),
                text: #""@1795257000.5""#),
        ])
    func dates(_ each: Case) throws {
        var writing = JSON.EncodingOptions()
        writing.dates = each.strategy
        #expect(try encoded([date], writing) == "[\(each.text)]")
        var reading = JSON.DecodingOptions()
        reading.dates = each.strategy
        #expect(try decoded([Date].self, "[\(each.text)]", reading) == [date])
    }

    @Test(
        "each form of data writes and reads",
        arguments: [
            (JSON.DataStrategy.base64, #""++8=""#), (.base64URL, #""--8""#), (.ownCoding, "[251,239]"),
        ])
    func data(strategy: JSON.DataStrategy, text: String) throws {
        var writing = JSON.EncodingOptions()
        writing.data = strategy
        #expect(try encoded(Data([251, 239]), writing) == text)
        var reading = JSON.DecodingOptions()
        reading.data = strategy
        #expect(try decoded(Data.self, text, reading) == Data([251, 239]))
    }

    @Test("one call's forms do not reach the next")
    func independent() throws {
        var writing = JSON.EncodingOptions()
        writing.dates = .secondsSince1970
        writing.data = .ownCoding
        #expect(writing.data == .ownCoding)
        #expect(try encoded(Date(timeIntervalSince1970: 7), writing) == "7")
        #expect(try encoded(Date(timeIntervalSince1970: 7)) == #""1970-01-01T00:00:07Z""#)
        #expect(message { try decoded(Date.self, "7") } == "expected a string, found a number")
    }

    @Test("a string that a form of one's own refuses is an error")
    func ownRefusal() {
        var reading = JSON.DecodingOptions()
        reading.dates = .strings(read: { _ in nil }, write: { _ in "" })
        #expect(message { try decoded(Date.self, #""x""#, reading) } == "not a date")
    }
}

@Suite("Dates of ISO 8601")
struct ISO8601Tests {
    @Test(
        "what RFC 3339 allows is read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01t00:00:00z", 0), ("1970-01-01 00:00:00Z", 0), ("1970-01-01", 0),
            ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T19:00:00-0500", 0), ("1970-01-01T00:00:00.5Z", 0.5),
            ("1970-01-01T00:00:00.000000000000001Z", 0), ("2000-02-29T23:59:59Z", 951_868_799),
            ("2016-12-31T23:59:60Z", 1_483_228_800), ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799.999),
        ] as [(String, Double)])
    func read(text: String, seconds: Double) throws {
        #expect(try decoded(Date.self, "\"\(text)\"") == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "all else is refused",
        arguments: [
            "", "2026", "2026-11", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00",
            "2026-01-01T", "2026-01-01T00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00+1",
            "2026-01-01T00:00:00+01", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60", "+02026-01-01",
            "2026-1-01", "２026-01-01", "2026-01-01T00:00:00.1", " 2026-01-01",
        ])
    func refused(text: String) {
        #expect(throws: JSONError.self) { try decoded(Date.self, "\"\(text)\"") }
    }

    // Foundation's calendar is Julian before that day; the standard's, as JavaScript's, is Gregorian throughout.
    @Test("days from the start of the Gregorian calendar on agree with Foundation's")
    func days() throws {
        for day in stride(from: -141_427, to: 730_000, by: 97) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3_723)
            let text = date.formatted(.iso8601)
            #expect(try encoded(date) == "\"\(text)\"")
            #expect(try decoded(Date.self, "\"\(text)\"") == date)
        }
    }

    @Test("days of ten thousand years stand in order and read back")
    func allDays() throws {
        var last = ""
        for day in stride(from: -719_528, to: 2_932_897, by: 30) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let text = try encoded(date)
            #expect(last < text)
            #expect(try decoded(Date.self, text) == date)
            last = text
        }
        #expect(try encoded(Date(timeIntervalSince1970: -62_167_219_200)) == #""0000-01-01T00:00:00Z""#)
        #expect(try encoded(Date(timeIntervalSince1970: -62_135_596_800)) == #""0001-01-01T00:00:00Z""#)
        #expect(try encoded(Date(timeIntervalSince1970: 253_402_214_400)) == #""9999-12-31T00:00:00Z""#)
    }

    @Test("every millisecond reads back as it was written")
    func milliseconds() throws {
        for millisecond in 0..<1000 {
            let text = try encoded(Date(timeIntervalSince1970: -1_000_000_000 + Double(millisecond) / 1000))
            #expect(try encoded(decoded(Date.self, text)) == text)
            let digits = String(millisecond + 1000).dropFirst()
            #expect(text == (millisecond == 0 ? #""1938-04-24T22:13:20Z""# : "\"1938-04-24T22:13:20.\(digits)Z\""))
        }
    }

    @Test("what is no point in time is not written", arguments: [Double.nan, .infinity, 1e300, -1e300, 2.6e11])
    func unwritable(seconds: Double) {
        #expect(throws: JSONError.self) { try encoded(Date(timeIntervalSince1970: seconds)) }
    }
}
