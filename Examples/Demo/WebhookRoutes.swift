// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension Demo {
    /// A webhook: the raw text, and a 400 for what is not understood.
    static func declareWebhookRoutes() {
        app.route(
            "/webhook",
            POST: { request, _ in
                do {
                    let text = try await request.text()
                    guard text.hasPrefix("event:") else { throw WebhookError(reason: "no event in the payload") }
                } catch {
                    return Response("Webhook error: \(error)\n", status: .badRequest)
                }
                return Response("Success!\n")
            })
    }

    struct WebhookError: Error, CustomStringConvertible {
        var reason: String
        var description: String { reason }
    }
}
