// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Post: Encodable {
    var slug: String
    var title: String
}

let titles = ["first-light": "First light", "by-file": "Routes by file"]

func GET(_ request: Request, _ context: Context) throws -> Post {
    let slug = context.params.slug
    guard let title = titles[slug] else { try notFound() }
    return Post(slug: slug, title: title)
}
