// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET(_ request: Request, _ context: Context) -> String {
    let path: [String] = context.params.path
    return path.joined(separator: " > ") + "\n"
}
