// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// Not every client sends a form here: the 303 is said.
func POST() throws -> Response {
    try cookies().delete("user")
    return try Response.redirect("/me", status: .seeOther)
}
