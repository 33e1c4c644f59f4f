// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// The fields written by hand; `let cors` in ../(api)/middleware.swift is the short form, which answers preflights too.
func GET() -> Response {
    Response(
        "Hello, other origins!\n",
        headers: [
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
            "Access-Control-Allow-Headers": "Content-Type, Authorization",
        ])
}
