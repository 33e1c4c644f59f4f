// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetPagesAPI

func handler(_ req: NextApiRequest, _ res: NextApiResponse<Any>) {
    res.status(200).send(["result": "sent"])
}
