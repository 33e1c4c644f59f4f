// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct StructuredFieldTests {
    @Test(
        "A value is read, and written as it was",
        arguments: [
            ("42", .integer(42)), ("-0", .integer(0)), ("999999999999999", .integer(999_999_999_999_999)),
            ("4.5", .decimal(4.5)), ("-0.125", .decimal(-0.125)), ("\"a \\\"b\\\\\"", .string("a \"b\\")),
            ("*a:b/c", .token("*a:b/c")), (":aGk=:", .bytes([0x68, 0x69])), ("::", .bytes([])), ("?1", .boolean(true)),
            ("?0", .boolean(false)), ("@-7", .date(-7)), ("%\"100%25 f%c3%bc%22\"", .displayString("100% fü\"")),
        ] as [(String, StructuredField.BareItem)])
    func bareItems(text: String, value: StructuredField.BareItem) throws {
        #expect(try StructuredField.parseItem([text]) == StructuredField.Item(value))
        #expect(try StructuredField.serialize(StructuredField.Item(value)) == (text == "-0" ? "0" : text))
    }

    @Test(
        "A value that breaks a rule names it",
        arguments: [
            ("", .unexpectedCharacter), ("é", .unexpectedCharacter), ("1 2", .unexpectedCharacter),
            ("-", .invalidInteger), ("--1", .invalidInteger), ("1000000000000000", .invalidInteger),
            ("1.", .invalidDecimal), ("1.2345", .invalidDecimal), ("1234567890123.0", .invalidDecimal),
            (".1", .unexpectedCharacter), ("\"a", .invalidString), ("\"\\a\"", .invalidString),
            ("\"\u{7F}\"", .invalidString), (":a:", .invalidBytes), (":aGk=", .invalidBytes), (":a-k=:", .invalidBytes),
            ("?2", .invalidBoolean), ("?", .invalidBoolean), ("@1.5", .invalidDate), ("@", .invalidInteger),
            ("%a", .invalidDisplayString), ("%\"%C3%BC\"", .invalidDisplayString),
            ("%\"%c3\"", .invalidDisplayString), ("%\"%c", .invalidDisplayString), ("a;", .invalidKey),
            ("a;A=1", .invalidKey), ("a;b=", .unexpectedCharacter),
        ] as [(String, StructuredField.Failure)])
    func invalidItems(text: String, failure: StructuredField.Failure) {
        #expect(throws: failure) { try StructuredField.parseItem([text]) }
    }

    @Test("A list holds items and inner lists, each with parameters")
    func list() throws {
        let list = try StructuredField.parseList(["a;q=0.5 ,\t(1 \"x\";y  );z;w=?0", " b "])
        let expected: StructuredField.List = [
            .item(StructuredField.Item(.token("a"), parameters: ["q": .decimal(0.5)])),
            .innerList(
                StructuredField.InnerList(
                    [
                        StructuredField.Item(.integer(1)),
                        StructuredField.Item(.string("x"), parameters: ["y": .boolean(true)]),
                    ], parameters: ["z": .boolean(true), "w": .boolean(false)])),
            .item(StructuredField.Item(.token("b"))),
        ]
        #expect(list == expected)
        #expect(try StructuredField.serialize(list) == "a;q=0.5, (1 \"x\";y);z;w=?0, b")
    }

    @Test(
        "A malformed list fails",
        arguments: [
            ("a,", .trailingComma), ("a,,b", .unexpectedCharacter), (",a", .unexpectedCharacter),
            ("a b", .unexpectedCharacter), ("(a", .unclosedInnerList), ("(a b;c", .unclosedInnerList),
            ("(a,b)", .unexpectedCharacter), ("(", .unclosedInnerList), ("(a\tb)", .unexpectedCharacter),
            ("((a))", .unexpectedCharacter), ("a)", .unexpectedCharacter),
        ] as [(String, StructuredField.Failure)])
    func malformedList(text: String, failure: StructuredField.Failure) {
        #expect(throws: failure) { try StructuredField.parseList([text]) }
    }

    @Test("A dictionary keeps the place of a name's first value and takes the last")
    func dictionary() throws {
        let dictionary = try StructuredField.parseDictionary(["a=1, b, c=(x y);p", "a=2;q, d=?0"])
        #expect(dictionary.map(\.key) == ["a", "b", "c", "d"])
        #expect(dictionary["a"]?.item == StructuredField.Item(.integer(2), parameters: ["q": .boolean(true)]))
        #expect(dictionary["b"]?.item?.value == .boolean(true))
        #expect(dictionary["c"]?.innerList?.items.count == 2)
        #expect(dictionary["e"] == nil)
        #expect(try StructuredField.serialize(dictionary) == "a=2;q, b, c=(x y);p, d=?0")
    }

    @Test("Nothing is an empty list and an empty dictionary")
    func empty() throws {
        #expect(try StructuredField.parseList([]) == [])
        #expect(try StructuredField.parseDictionary([" "]) == [:])
        #expect(try StructuredField.serialize([] as StructuredField.List) == "")
    }

    @Test("Entries are found, replaced and removed however many there are", arguments: [3, 16, 17, 500])
    func entries(count: Int) {
        var entries = StructuredField.Parameters()
        for number in 0..<count { entries["k\(number)"] = .integer(Int64(number)) }
        entries["k1"] = .token("one")
        entries["k0"] = nil
        #expect(entries.count == count - 1)
        #expect(entries[0].key == "k1")
        #expect(entries["k0"] == nil)
        #expect(entries["k1"] == .token("one"))
        #expect(entries["k\(count - 1)"] == .integer(Int64(count - 1)))
        entries["k0"] = .boolean(true)
        #expect(entries[count - 1].key == "k0")
    }

    @Test("Thirty thousand names take no square of time")
    func manyNames() throws {
        let text = (0..<30_000).map { "k\($0)" }.joined(separator: ",")
        #expect(try StructuredField.parseDictionary([text]).count == 30_000)
    }

    @Test(
        "A decimal is rounded to thousandths, or to the even one of two",
        arguments: [
            (0.0005, "0.0"), (0.0015, "0.002"), (-0.0025, "-0.002"), (9.9995, "10.0"), (1.5, "1.5"), (2, "2.0"),
        ])
    func rounding(value: Double, text: String) throws {
        #expect(try StructuredField.serialize(StructuredField.Item(.decimal(value))) == text)
    }

    @Test(
        "What has no form is not written",
        arguments: [
            (.integer(1_000_000_000_000_000), .invalidInteger), (.integer(.min), .invalidInteger),
            (.date(.max), .invalidInteger), (.decimal(1e12), .invalidDecimal), (.decimal(.nan), .invalidDecimal),
            (.decimal(-.infinity), .invalidDecimal), (.string("é"), .invalidString), (.string("\n"), .invalidString),
            (.token(""), .invalidToken), (.token("1a"), .invalidToken), (.token("a b"), .invalidToken),
        ] as [(StructuredField.BareItem, StructuredField.Failure)])
    func unwritable(value: StructuredField.BareItem, failure: StructuredField.Failure) {
        #expect(throws: failure) { try StructuredField.serialize(StructuredField.Item(value)) }
        #expect(throws: StructuredField.Failure.invalidKey) {
            try StructuredField.serialize(StructuredField.Item(.integer(1), parameters: ["A": .integer(1)]))
        }
    }
}
