// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Signatures of cookies as Express's applications know them, so that those that browsers hold stay valid.
///
/// `CookieSigner` is the better choice for new ones: it signs the name, too.
enum CookieSignature {
    /// The value, a dot, and its HMAC-SHA-256 in Base 64 without padding.
    static func sign(_ value: String, _ secret: String) -> String {
        let code = HMAC<SHA256>.authenticate(Array(value.utf8).span, key: Array(secret.utf8).span)
        return "\(value).\(Base64.encode(code.span, padded: false))"
    }

    /// The value of a signed one, nil if the signature is of none of the secrets.
    static func verify(_ signed: String, _ secrets: [String]) -> String? {
        guard let dot = signed.utf8.lastIndex(of: 0x2E) else { return nil }
        let value = String(signed[..<dot])
        var isValid = false
        for secret in secrets
        where ConstantTime.equals(Array(sign(value, secret).utf8).span, Array(signed.utf8).span) { isValid = true }
        return isValid ? value : nil
    }
}
