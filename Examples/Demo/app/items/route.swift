// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func POST(_ request: Request) async throws -> Response {
    let res = try await request.json()
    return Response.json(["res": res])
}
