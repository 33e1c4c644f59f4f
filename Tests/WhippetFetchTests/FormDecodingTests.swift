// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetURL

@Suite("Forms as types")
struct FormDecodingTests {
    enum Size: String, Decodable { case small, large }
    enum Level: Int, Decodable {
        case low = 1
        case high
    }
    struct Everything: Decodable, Equatable {
        var text: String
        var count: Int
        var byte: UInt8
        var price: Double
        var ratio: Float
        var news: Bool
        var size: Size
        var level: Level
        var tags: [String]
        var numbers: Set<Int>
        var nothing: String?
        var empty: String?
        var emptyNumber: Int?
        var emptySize: Size?
        var given: Int64?
    }

    @Test("each field becomes what its property is")
    func everything() throws {
        let form: FormData = [
            "text": "a b", "count": "-7", "byte": "255", "price": "-1.5e3", "ratio": ".5", "news": "on",
            "size": "large", "level": "2", "tags": "x", "tags": "", "numbers": "1", "numbers": "2", "empty": "",
            "emptyNumber": "", "emptySize": "", "given": "9", "unknown": "z",
        ]
        let expected = Everything(
            text: "a b", count: -7, byte: 255, price: -1500, ratio: 0.5, news: true, size: .large, level: .high,
            tags: ["x", ""], numbers: [1, 2], nothing: nil, empty: "", emptyNumber: nil, emptySize: nil, given: 9)
        #expect(try form.decode(as: Everything.self) == expected)
        let query = URLSearchParams(form.map { ($0.name, $0.value.text ?? "") })
        #expect(try query.decode(as: Everything.self) == expected)
    }

    @Test(
        "yes and no come in many forms, and a box that is not ticked sends nothing",
        arguments: [
            ("on", true), ("true", true), ("TRUE", true), ("yes", true), ("1", true), ("", true), (nil, false),
            ("off", false), ("false", false), ("no", false), ("0", false),
        ] as [(String?, Bool)])
    func flags(_ text: String?, _ expected: Bool) throws {
        struct Flags: Decodable { var flag: Bool }
        let form = FormData(text.map { [("flag", FormData.Value($0))] } ?? [])
        #expect(try form.decode(as: Flags.self).flag == expected)
    }

    struct Wrong: CustomTestStringConvertible {
        var type: any (Decodable & SendableMetatype).Type
        var form: FormData
        var error: String
        var testDescription: String { error }
        init(_ type: any (Decodable & SendableMetatype).Type, _ form: FormData, _ error: String) {
            (self.type, self.form, self.error) = (type, form, error)
        }
    }

    struct Age: Decodable { var age: Int }
    struct Byte: Decodable { var byte: UInt8 }
    struct Price: Decodable { var price: Double? }
    struct Named: Decodable { var name: String }
    struct Ticked: Decodable { var news: Bool }
    struct Sized: Decodable { var size: Size }
    struct Numbers: Decodable { var numbers: [Int] }
    struct Sizes: Decodable { var sizes: [Size] }
    struct Upload: Decodable { var photo: File }
    struct Nested: Decodable { var age: Age }
    struct Custom: Decodable {
        init(from decoder: any Decoder) throws {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "the passwords differ"))
        }
    }

    static let photo: FormData = {
        var form = FormData()
        form.append("name", Blob(["x"]))
        return form
    }()

    @Test(
        "an error names the field and what is wrong with it",
        arguments: [
            Wrong(Age.self, [:], "age: is missing"),
            Wrong(Age.self, ["age": "old"], #"age: expected a whole number, found "old""#),
            Wrong(Age.self, ["age": ""], #"age: expected a whole number, found """#),
            Wrong(Age.self, ["age": "1.5"], #"age: expected a whole number, found "1.5""#),
            Wrong(Age.self, ["age": " 1"], #"age: expected a whole number, found " 1""#),
            Wrong(Byte.self, ["byte": "256"], #"byte: expected a whole number that is not negative, found "256""#),
            Wrong(Byte.self, ["byte": "-1"], #"byte: expected a whole number that is not negative, found "-1""#),
            Wrong(Price.self, ["price": "nan"], #"price: expected a number, found "nan""#),
            Wrong(Price.self, ["price": "0x10"], #"price: expected a number, found "0x10""#),
            Wrong(Price.self, ["price": "1e999"], #"price: expected a number, found "1e999""#),
            Wrong(Named.self, [:], "name: is missing"),
            Wrong(Named.self, photo, "name: expected text, found a file"),
            Wrong(Ticked.self, ["news": "maybe"], #"news: expected yes or no, found "maybe""#),
            Wrong(Sized.self, ["size": "huge"], #"size: the value "huge" is not one of those allowed"#),
            Wrong(Sized.self, [:], "size: is missing"),
            Wrong(Numbers.self, ["numbers": "1", "numbers": "x"], #"numbers[1]: expected a whole number, found "x""#),
            Wrong(Sizes.self, ["sizes": "huge"], #"sizes[0]: the value "huge" is not one of those allowed"#),
            Wrong(Upload.self, ["photo": "x"], "photo: expected a file, found text"),
            Wrong(Upload.self, [:], "photo: is missing"),
            Wrong(Nested.self, ["age": "1"], "age: a form has no fields within fields"),
            Wrong([Int].self, ["age": "1"], "a form has names and is no list"),
            Wrong(Int.self, ["age": "1"], "a form has names and is no single value"),
            Wrong(Custom.self, [:], "the passwords differ"),
        ])
    func wrong(_ wrong: Wrong) {
        #expect(errorText { try wrong.form.decode(as: wrong.type) } == wrong.error)
    }

    @Test("a list that is absent is empty, a dictionary has all names")
    func lists() throws {
        #expect(try ([:] as FormData).decode(as: Numbers.self).numbers == [])
        #expect(try (["a": "1", "b": "2"] as FormData).decode(as: [String: Int].self) == ["a": 1, "b": 2])
        #expect(
            try (["a": "1", "a": "2"] as FormData).decode(as: [String: [Int]].self) == ["a": [1, 2]])
    }

    struct Files: Decodable {
        var photo: File?
        var more: [File]
        var raw: Blob?
    }

    @Test("files are files, and an input that was left empty is none")
    func files() async throws {
        var form = FormData()
        form.append("photo", File(["x"], name: "a.png", type: "image/png"))
        form.append("more", File(["y"], name: "b"))
        form.append("more", File(["z"], name: "c"))
        form.append("raw", Blob(["raw"]))
        let files = try await Response(form).formData(as: Files.self)
        #expect(files.photo?.name == "a.png")
        #expect(files.photo?.type == "image/png")
        #expect(files.more.map(\.name) == ["b", "c"])
        #expect(try await files.raw?.text() == "raw")

        var empty = FormData()
        for name in ["photo", "more", "raw"] {
            empty.append(name, File([], name: "", type: "application/octet-stream"))
        }
        let none = try empty.decode(as: Files.self)
        #expect(none.photo == nil && none.more.isEmpty && none.raw == nil)
    }

    @Test("no JSON is a file")
    func jsonFile() {
        #expect(throws: (any Error).self) { try JSON.decode(Upload.self, from: Array(#"{"photo":"x"}"#.utf8)) }
    }

    @Test("a request's form of another type is a 400 that names the field, its query too")
    func request() async throws {
        let fields = [("content-type", "application/x-www-form-urlencoded")]
        #expect(try await receivedRequest(.POST, fields: fields, body: Body("age=7")).formData(as: Age.self).age == 7)
        #expect(
            await asyncErrorText {
                try await receivedRequest(.POST, fields: fields, body: Body("age=x")).formData(as: Age.self)
            } == #"HTTPError 400: age: expected a whole number, found "x""#)
        #expect(try receivedRequest(.GET, "/?age=7&x=1").searchParams(as: Age.self).age == 7)
        #expect(
            errorText { try receivedRequest(.GET, "/?age=").searchParams(as: Age.self) }
                == #"HTTPError 400: age: expected a whole number, found """#)
    }

    @Test("an error that a type throws itself passes as it is")
    func ownError() {
        struct Picky: Decodable {
            init(from decoder: any Decoder) throws { throw TypeError("no") }
        }
        #expect(errorText { try ([:] as FormData).decode(as: Picky.self) } == "TypeError: no")
    }
}
