// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Login: Decodable {
    var name: String
}

// After a form, a redirect is a 303: the browser goes on with GET.
func POST(_ request: Request) async throws -> Never {
    let login = try await request.formData(as: Login.self)
    let signed = try signer().sign("user", login.name)
    try cookies().set("user", signed, maxAge: .seconds(3600), httpOnly: true, sameSite: .lax)
    try redirect("/me")
}
