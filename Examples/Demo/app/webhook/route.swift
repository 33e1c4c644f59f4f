// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

struct WebhookError: Error, CustomStringConvertible {
    var description: String
}

func POST(_ request: Request) async -> Response {
    do {
        let text = try await request.text()
        guard text.hasPrefix("event:") else { throw WebhookError(description: "no event in the payload") }
    } catch {
        return Response("Webhook error: \(error)\n", status: .badRequest)
    }
    return Response("Success!\n")
}
