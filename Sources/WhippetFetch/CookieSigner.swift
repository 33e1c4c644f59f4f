// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// Signs the values of cookies, so that a client can read but not change them.
///
/// The signature is HMAC-SHA-256 over name and value: what was signed for one cookie is not valid for another. Of several
/// secrets the first signs and all are valid, so that a secret can be replaced without logging everybody out.
/// ```swift
/// let signer = try CookieSigner("an old oak stands by the mill pond")
/// var response = Response("Welcome\n")
/// response.cookies.set("user", signer.sign("user", "ada"), httpOnly: true)
/// let user = request.cookies["user"].flatMap { signer.verify("user", $0) }
/// ```
/// Source: [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104).
public struct CookieSigner: Sendable {
    private let keys: [HMAC<SHA256>]

    /// Takes the secrets, each of 16 bytes at least; 32 random ones are good.
    ///
    /// - Throws: `TypeError` if there is none, or one is shorter.
    public init(_ secrets: String...) throws(TypeError) {
        try self.init(secrets.map { Array($0.utf8) })
    }

    /// Takes the secrets, each of 16 bytes at least; 32 random ones are good.
    ///
    /// - Throws: `TypeError` if there is none, or one is shorter.
    public init(_ secrets: [[UInt8]]) throws(TypeError) {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= 16 }) else {
            throw TypeError("CookieSigner: a secret must have 16 bytes at least")
        }
        keys = secrets.map { HMAC<SHA256>(key: $0.span) }
    }

    /// The value with its signature behind it.
    ///
    /// - Parameters:
    ///   - name: The name of the cookie that will have the value.
    ///   - value: What to sign, any text.
    /// - Returns: Value, dot and the signature in Base 64 for URLs.
    public func sign(_ name: String, _ value: String) -> String {
        guard let key = keys.first else { return value }
        return "\(value).\(Base64.encode(code(key, name, value).span, alphabet: .urlSafe))"
    }

    /// The value of a signed one.
    ///
    /// The time it takes does not tell how much of a signature is right.
    ///
    /// - Parameters:
    ///   - name: The name of the cookie that has the value.
    ///   - signed: What `sign` returned.
    /// - Returns: The value, nil if the signature is of none of the secrets, or of another name or value.
    public func verify(_ name: String, _ signed: String) -> String? {
        guard let dot = signed.utf8.lastIndex(of: 0x2E) else { return nil }
        let value = String(signed[..<dot])
        let signature = Array(signed.utf8[dot...].dropFirst())
        guard let given = Base64.decode(signature.span, alphabet: .urlSafe) else { return nil }
        var isValid = false
        for key in keys where ConstantTime.equals(given.span, code(key, name, value).span) { isValid = true }
        return isValid ? value : nil
    }

    private func code(_ key: HMAC<SHA256>, _ name: String, _ value: String) -> [UInt8] {
        var code = key
        // A name has no "=", so that no other name and value give the same text.
        code.update(Array("\(name)=\(value)".utf8).span)
        return code.finalize()
    }
}
