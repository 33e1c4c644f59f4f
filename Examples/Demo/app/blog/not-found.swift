// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func notFound(_ request: Request) -> Response {
    Response("There is no post at \(request.url.pathname).\n", status: .notFound)
}
