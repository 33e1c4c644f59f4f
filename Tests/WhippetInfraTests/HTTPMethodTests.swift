// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@Suite("Methods")
struct HTTPMethodTests {
    private static let names = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "CONNECT", "TRACE", "PROPFIND", "get", "",
        "VERSION-CONTROL-THAT-IS-LONG",
    ]

    @Test("A method keeps its name, and equals what has the same one", arguments: names)
    func name(_ name: String) {
        let method = HTTPMethod(rawValue: name)
        #expect(method.rawValue == name)
        #expect("\(method)" == name)
        #expect(Self.names.filter { HTTPMethod(rawValue: $0) == method } == [name])
        #expect(Set(Self.names.map { HTTPMethod(rawValue: $0) }).contains(method))
    }

    @Test("The named methods are those of their names")
    func named() {
        let named: [HTTPMethod] = [.GET, .HEAD, .POST, .PUT, .PATCH, .DELETE, .OPTIONS, .QUERY, .CONNECT, .TRACE]
        #expect(named.map(\.rawValue) == Array(Self.names.prefix(10)))
        #expect(named == Self.names.prefix(10).map { HTTPMethod(rawValue: $0) })
    }
}
