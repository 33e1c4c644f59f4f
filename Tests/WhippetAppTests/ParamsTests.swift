// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

struct ParamsTests {
    @Test("A parameter is read as text, by name or as a member")
    func text() {
        let params = Params(["slug": "tea", "id": "7"])
        #expect(params.slug == "tea")
        #expect(params["slug"] == "tea")
        #expect(params["nothing"] == nil)
        #expect(params.nothing == "")
        #expect(params.keys == ["slug", "id"])
    }

    @Test("A parameter is read as a number")
    func number() throws {
        #expect(try Params(["id": "42"])("id", as: Int.self) == 42)
    }

    @Test("A parameter that is no number is a 400 that names it")
    func noNumber() {
        let error = #expect(throws: HTTPError.self) { try Params(["id": "x1"])("id", as: Int.self) }
        #expect(error?.status == .badRequest)
        #expect(error?.message == "params.id: expected Int, found \"x1\"")
    }

    @Test("A parameter that the route does not have is a 400 too")
    func missing() {
        let error = #expect(throws: HTTPError.self) { try Params()("id", as: Int.self) }
        #expect(error?.message == "params.id: missing")
    }
}
