// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET(_ request: NextRequest) -> NextResponse {
    let query = request.nextUrl.searchParams.get("query")
    return NextResponse.json(["query": query.map { JSON($0) } ?? .null])
}
