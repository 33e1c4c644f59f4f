// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet
import WhippetPagesAPI

let config = NextApiConfig(api: .init(bodyParser: .init(sizeLimit: "500kb")), maxDuration: 5)

func handler(_ req: NextApiRequest, _ res: NextApiResponse<Any>) async throws {
    func authorize() throws {
        guard let authorization = req.headers[.authorization] else {
            res.setHeader("WWW-Authenticate", "Basic")
            throw NextApiError(401, "Authentication required")
        }
        // The example of RFC 7617: the user "Aladdin" with the password "open sesame".
        if authorization != "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" {
            throw NextApiError(403)  // The message is "Forbidden".
        }
    }

    if req.method == .DELETE {
        try authorize()
        res.status(204).end()
    } else if req.method == .GET {
        res.json(["hello": "world"])
    } else {
        res.status(405).end()
    }
}
