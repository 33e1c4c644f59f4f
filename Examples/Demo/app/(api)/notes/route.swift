// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET() async -> [Note] {
    await notes.all()
}
