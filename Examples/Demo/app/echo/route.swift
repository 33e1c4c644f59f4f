// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// The body that comes in goes out again, chunk by chunk, without ever being held whole.
func POST(_ request: Request) -> Response {
    Response(request.body, headers: [.contentType: "application/octet-stream"])
}
