// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetPagesAPI

func handler(_ req: NextApiRequest, _ res: NextApiResponse<Any>) {
    res.end("Post: \(req.query.pid)")
}
