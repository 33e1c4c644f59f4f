// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Credentials: Decodable {
    var name: String
    var key: String
}

func POST(_ request: Request) async throws {
    let credentials = try await request.json(as: Credentials.self)
    try Session.begin(credentials.name, key: credentials.key)
}
