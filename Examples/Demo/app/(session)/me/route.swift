// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET() throws -> String {
    guard let user = try currentUser() else { return "Hello, stranger!\n" }
    return "Hello, \(user)!\n"
}
