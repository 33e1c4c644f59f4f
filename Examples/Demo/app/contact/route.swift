// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Contact: Codable {
    var name: String?
    var email: String?
    var age: Int?
}

func POST(_ request: Request) async throws -> Contact {
    try await request.formData(as: Contact.self)
}
