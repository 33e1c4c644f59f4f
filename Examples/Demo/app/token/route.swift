// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET() throws -> Response {
    let token = try cookies()["token"] ?? "none"
    return Response("Your token: \(token)\n", headers: ["Set-Cookie": "token=\(token); Path=/; HttpOnly"])
}
