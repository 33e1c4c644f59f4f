// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

let dynamic: Dynamic = .forceStatic

func GET() -> Response {
    feed
}

/// A response of text can be kept and returned any number of times.
let feed = Response(
    """
    <?xml version="1.0" encoding="UTF-8" ?>
    <rss version="2.0">

    <channel>
      <title>Whippet</title>
      <link>http://localhost:3000/</link>
      <description>Route handlers for Swift</description>
    </channel>

    </rss>

    """,
    headers: [.contentType: "text/xml"])
