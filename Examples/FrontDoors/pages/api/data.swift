// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetPagesAPI

struct OperationFailed: Error {}

func someAsyncOperation(_ fails: Bool) async throws -> String {
    if fails { throw OperationFailed() }
    return "done"
}

func handler(_ req: NextApiRequest, _ res: NextApiResponse<Any>) async {
    do {
        let result = try await someAsyncOperation(req.query["fail"] != nil)
        res.status(200).json(["result": result])
    } catch {
        res.status(500).json(["error": "failed to load data"])
    }
}
