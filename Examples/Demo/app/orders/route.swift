// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct Order: Decodable {
    var item: String
    var count: Int
    var price: Double
}

func POST(_ request: Request) async throws -> Response {
    let order = try await request.json(as: Order.self)
    return Response.json(["total": JSON(Double(order.count) * order.price)], status: .created)
}
