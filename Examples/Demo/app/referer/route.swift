// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET() throws -> Response {
    let referer = try headers()[.referer] ?? "none"
    return Response("You come from: \(referer)\n", headers: [.referer: referer])
}
