// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// The error that an API route throws to be answered with a status and a message.
///
/// It is the core's `HTTPError`: without a message it says the reason phrase of its status. Headers that were set before
/// stay.
/// ```swift
/// import Whippet
/// import WhippetPagesAPI
///
/// func authorize(_ req: NextApiRequest, _ res: NextApiResponse<Any>) throws {
///     guard req.headers[.authorization] != nil else {
///         res.setHeader("WWW-Authenticate", "Basic")
///         throw NextApiError(401, "Authentication required")
///     }
///     guard req.headers[.authorization] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" else { throw NextApiError(403) }
/// }
/// ```
public typealias NextApiError = HTTPError
