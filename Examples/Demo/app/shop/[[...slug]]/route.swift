// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// Without segments there is no `slug` in the answer.
struct Shop: Encodable {
    var slug: [String]?
}

func GET(_ request: Request, _ context: Context) -> Shop {
    Shop(slug: context.params.slug)
}
