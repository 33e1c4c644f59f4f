// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetPagesAPI

struct ResponseData: Encodable {
    var message: String
}

func handler(_ req: NextApiRequest, _ res: NextApiResponse<ResponseData>) {
    res.status(200).json(ResponseData(message: "Hello from Next.js!"))
}
