// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetURL

struct URLSearchParamsTests {
    @Test("The example of the documentation holds")
    func example() {
        var params = URLSearchParams("?a=1&b=2")
        params.append("a", "3")
        #expect(params.getAll("a") == ["1", "3"])
        #expect("\(params)" == "a=1&b=2&a=3")
    }

    @Test(
        "A query is parsed into pairs",
        arguments: [
            ("", []), ("?", []), ("??", ["?="]), ("&&", []), ("a", ["a="]), ("=", ["="]), ("=b", ["=b"]),
            ("a=b=c", ["a=b=c"]),
            ("a+b=c%20d", ["a b=c d"]), ("%61=%zz", ["a=%zz"]), ("a=%FF", ["a=\u{FFFD}"]),
            ("a=%EF%BB%BFb", ["a=\u{FEFF}b"]),
            ("é=ü", ["é=ü"]), ("a=1&a=2", ["a=1", "a=2"]), ("?a=?", ["a=?"]),
        ] as [(String, [String])])
    func parsing(query: String, pairs: [String]) {
        let params = URLSearchParams(query)
        #expect(params.map { "\($0.name)=\($0.value)" } == pairs)
        #expect(params.size == pairs.count)
    }

    @Test(
        "A lookup agrees with the list",
        arguments: [
            "a=1&b=2&a=3", "a+b=1", "a%2Bb=1", "%61=1", "a=%F0%9F%98%80", "%FF=1", "%EF%BF%BD=1", "é=1", "=1", "aa=1&a",
            "a=+", "", "&&", "&a=1", "&&a&&a=&b&a=2&&", "%FF=1&b=2&%FF=3", "a&b", "ab=1&a=2", "a%3Db=1&b=2", "a%26b=1",
            "%61b=1&a=2", "%6=1", "a%=1&b=2",
            "a=%2", "b",
            "x=a%26b=1&b=2", "aé=1&a=2", "long-name=1&a=a-value-that-is-long+%41&b=3", "c=1&a=a-value-that-is-long",
            "\u{FFFD}=1&a=2", "%C3é=1&é=2",
        ])
    func lookup(query: String) {
        let params = URLSearchParams(query)
        for name in [
            "a", "b", "a b", "a+b", "a=b", "a&b", "ab", "a%", "%6", "\u{FFFD}", "é", "e\u{301}", "aé", "", "c",
        ] {
            let value = params.first { $0.name.unicodeScalars.elementsEqual(name.unicodeScalars) }?.value
            #expect(params.get(name) == value)
            #expect(params.has(name) == (value != nil))
            let values = params.filter { $0.name.unicodeScalars.elementsEqual(name.unicodeScalars) }.map(\.value)
            #expect(params.getAll(name) == values)
            #expect(values.allSatisfy { params.has(name, $0) } && !params.has(name, "none"))
        }
    }

    @Test("Serialising encodes all but letters, digits and four signs, and writes a space as a plus")
    func serializing() {
        let params: URLSearchParams = ["a b": "1&2=3", "é~": "*-._'", "": ""]
        #expect("\(params)" == "a+b=1%262%3D3&%C3%A9%7E=*-._%27&=")
    }

    @Test("set replaces the first value and drops the rest, or adds a pair")
    func set() {
        var params = URLSearchParams("a=1&b=2&a=3&c=4&a=5")
        params.set("a", "6")
        #expect("\(params)" == "a=6&b=2&c=4")
        params.set("d", "7")
        #expect("\(params)" == "a=6&b=2&c=4&d=7")
    }

    @Test("delete drops all pairs of a name, or those with a value")
    func delete() {
        var params = URLSearchParams("a=1&b=2&a=3&a=1")
        params.delete("a", "1")
        #expect("\(params)" == "b=2&a=3")
        params.delete("a")
        #expect("\(params)" == "b=2")
    }

    @Test("has looks at the value if one is given")
    func has() {
        let params = URLSearchParams("a=1&b=2")
        #expect(params.has("a", "1"))
        #expect(!params.has("a", "2"))
        #expect(params.has("b"))
        #expect(!params.has("c"))
    }

    @Test("Names are told apart by code points, not by canonical equivalence")
    func codePoints() {
        var params: URLSearchParams = ["\u{E9}": "1", "e\u{301}": "2"]
        #expect(params.get("e\u{301}") == "2")
        params.delete("\u{E9}")
        #expect(params.size == 1)
    }

    @Test("sort orders names by UTF-16 code units and keeps the order of equal ones")
    func sort() {
        var params = URLSearchParams("z=1&\u{FF0C}=2&\u{1F600}=3&a=4&z=0")
        params.sort()
        #expect(params.keys() == ["a", "z", "z", "\u{1F600}", "\u{FF0C}"])
        #expect(params.values() == ["4", "1", "0", "3", "2"])
    }

    @Test("Pairs are taken from sequences and dictionaries")
    func sources() {
        #expect("\(URLSearchParams([("a", "1"), ("a", "2")]))" == "a=1&a=2")
        #expect("\(URLSearchParams(["a": "1"] as [String: String]))" == "a=1")
        #expect(URLSearchParams("a=%20") == URLSearchParams("a=+"))
    }

    @Test("A change through a URL rewrites its query, and an empty list removes it")
    func writeThrough() throws {
        var url = try URL("https://h/?a=~&b=%7E#f")
        #expect(url.searchParams.get("a") == "~")
        #expect(url.search == "?a=~&b=%7E")
        url.searchParams.delete("b")
        #expect(url.href == "https://h/?a=%7E#f")
        url.searchParams.delete("a")
        #expect(url.href == "https://h/#f")
    }
}
