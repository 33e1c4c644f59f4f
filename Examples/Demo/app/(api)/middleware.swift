// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// For every route of the group; its name in parentheses is not in their paths.
let cors = CORS(origins: ["https://example.org"], credentials: true, maxAge: .seconds(600))

func middleware(_ request: Request, _ context: Context, _ next: Next) async throws -> Response {
    var response = await next(request)
    response.headers["x-route"] = context.route
    return response
}
