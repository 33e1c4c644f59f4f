// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET(_ request: Request, _ context: Context) -> Response {
    Response.json(["slug": JSON(context.params.slug)])
}

func DELETE(_ request: Request, _ context: Context) throws {
    guard context.params.slug != "a" else {
        throw HTTPError(.forbidden, "Item \"a\" can't be removed.")
    }
}
