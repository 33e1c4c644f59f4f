// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// What signs the cookies.
///
/// A real program takes its secret from the environment, never from the source.
func signer() throws -> CookieSigner {
    try CookieSigner("an old oak stands by the mill pond")
}

/// Who is logged in; nil for nobody, and for a cookie that somebody made up.
func currentUser() throws -> String? {
    guard let signed = try cookies()["user"] else { return nil }
    return try signer().verify("user", signed)
}
