// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension Request {
    /// Notes whether the request is answered though its client closes its side; nothing for one of no connection.
    package func setHalfClose(isAnswered: Bool) {
        client?.setHalfClose(of: number, isAnswered: isAnswered)
    }
}
