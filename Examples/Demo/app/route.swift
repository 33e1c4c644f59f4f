// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

func GET() -> String {
    "Hello, World!\n"
}
