// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// How much there is of whom.
struct Stats: Codable, Sendable {
    var notes: Int
    var authors: [String: Int]
}
