// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetRouting

@Suite struct MethodTableTests {
    @Test(
        "Allow lists what has a handler, HEAD beside GET, and OPTIONS, in alphabetical order",
        arguments: [
            ([], "OPTIONS"),
            ([.GET], "GET, HEAD, OPTIONS"),
            ([.POST], "OPTIONS, POST"),
            ([.HEAD], "HEAD, OPTIONS"),
            ([.POST, .GET, .DELETE], "DELETE, GET, HEAD, OPTIONS, POST"),
            ([.PUT, .PATCH], "OPTIONS, PATCH, PUT"),
            ([.GET, .OPTIONS], "GET, HEAD, OPTIONS"),
            ([.QUERY, .GET], "GET, HEAD, OPTIONS, QUERY"),
            (["PROPFIND", .PUT], "OPTIONS, PROPFIND, PUT"),
            (
                [.GET, .HEAD, .OPTIONS, .POST, .PUT, .DELETE, .PATCH],
                "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
            ),
        ] as [([HTTPMethod], String)]
    )
    func allow(methods: [HTTPMethod], allow: String) throws {
        #expect(try table(methods).allow == allow)
    }

    @Test(
        "A method finds its handler, GET's for HEAD, or the answer without one",
        arguments: [
            ([.GET], .GET, "GET"), ([.GET], .HEAD, "GET"), ([.GET], .POST, "405"), ([.GET], .OPTIONS, "204"),
            ([.GET, .HEAD], .HEAD, "HEAD"), ([.HEAD], .GET, "405"), ([.HEAD], .HEAD, "HEAD"), ([.POST], .HEAD, "405"),
            ([.POST], .POST, "POST"), ([.PUT], .PUT, "PUT"), ([.PATCH], .PATCH, "PATCH"),
            ([.DELETE], .DELETE, "DELETE"), ([.OPTIONS], .OPTIONS, "OPTIONS"), ([.QUERY], .QUERY, "QUERY"),
            ([], .GET, "405"), ([], .OPTIONS, "204"),
            ([.GET, .POST], "get", "405"), ([.GET], "GE", "405"), ([.GET], "GEX", "405"), ([.POST], "PUTS", "405"),
            ([.GET], "", "405"), ([.GET], .TRACE, "405"), ([.GET], .CONNECT, "405"), ([.GET], "PROPFIND", "405"),
            ([.GET, "PROPFIND"], "PROPFIND", "PROPFIND"), (["PURGE", "LOCK"], "LOCK", "LOCK"),
            (["PURGE"], "UNLOCK", "405"), (["get"], "get", "get"), (["get"], .GET, "405"),
        ] as [([HTTPMethod], HTTPMethod, String)]
    )
    func lookup(methods: [HTTPMethod], method: HTTPMethod, answer: String) throws {
        let found =
            switch try table(methods).lookup(method) {
            case .handler(let name): name
            case .automaticOPTIONS: "204"
            case .notAllowed: "405"
            }
        #expect(found == answer)
    }

    @Test("A method gets one handler")
    func duplicate() throws {
        var table = try table([.GET, "PURGE"])
        #expect(throws: MethodTableError.duplicate(.GET)) { try table.add(.GET, "again") }
        #expect(throws: MethodTableError.duplicate("PURGE")) { try table.add("PURGE", "again") }
        #expect(table.methods == [.GET, "PURGE"])
    }

    @Test(
        "What is no method of a route is refused",
        arguments: [
            ("", "\"\" is not a method: a method is a token"),
            ("GET ", "\"GET \" is not a method: a method is a token"),
            ("GÉT", "\"GÉT\" is not a method: a method is a token"),
            ("TRACE", "TRACE can't be handled by a route"),
            ("CONNECT", "CONNECT can't be handled by a route"),
        ]
    )
    func refused(method: String, message: String) {
        var table = MethodTable<String>()
        let error = #expect(throws: MethodTableError.self) { try table.add(HTTPMethod(rawValue: method), "x") }
        #expect(error?.description == message)
        #expect(table.isEmpty)
    }

    private func table(_ methods: [HTTPMethod]) throws -> MethodTable<String> {
        var table = MethodTable<String>()
        for method in methods { try table.add(method, method.rawValue) }
        return table
    }
}
