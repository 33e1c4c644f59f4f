// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

// The group's errors are JSON; what is no HTTPError goes on to the host.
func error(_ failure: any Error) throws -> Response {
    guard let failure = failure as? HTTPError else { throw failure }
    return Response.json(["error": JSON(failure.message)], status: failure.status)
}
