// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// What stands for the outside service that /search/places asks: it knows Denver and nothing else.
func GET(_ request: Request) throws -> JSON {
    let searchParams = request.url.searchParams
    guard searchParams.get("location") == "Denver", let keyword = searchParams.get("keyword") else {
        throw HTTPError(.serviceUnavailable)
    }
    return [["name": "\(keyword) of Denver", "rating": 4.5]]
}
