// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetPagesAPI

struct Message: Decodable {
    var name: String
    var message: String
}

func handle(_ form: Message) async throws {}

func handler(_ req: NextApiRequest, _ res: NextApiResponse<Any>) async {
    do {
        try await handle(req.body(as: Message.self))
        res.redirect(307, "/")
    } catch {
        res.status(500).send(["error": "failed to fetch data"])
    }
}
