// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

extension Middleware {
    /// Asks for a name and a password, as browsers do with a dialogue of their own.
    ///
    /// ```swift
    /// app.group("/admin") { admin in
    ///     admin.use(.basicAuth { name, password in name == "ada" && password == "lovelace" })
    /// }
    /// ```
    /// Source: [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617).
    /// - Parameters:
    ///   - realm: What the browser's dialogue says.
    ///   - verify: Whether the name and the password are right; `constantTimeEquals` compares without telling how much
    ///     was right.
    public static func basicAuth(
        realm: String = "Secure Area", _ verify: @escaping @Sendable (String, String) async throws -> Bool
    ) -> Middleware {
        let challenge = "Basic realm=\(quotedString(realm)), charset=\"UTF-8\""
        return Middleware { request, _, next in
            guard let (name, password) = basicCredentials(request), try await verify(name, password) else {
                throw HTTPError(.unauthorized, headers: ["www-authenticate": challenge])
            }
            return await next(request)
        }
    }

    /// Asks for a token in the `Authorization` header.
    ///
    /// Source: [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750): 401 without a token or with a wrong one, 400 for a
    /// header that is malformed.
    /// - Parameters:
    ///   - realm: What the challenge says.
    ///   - verify: Whether the token is right.
    public static func bearerAuth(
        realm: String = "", _ verify: @escaping @Sendable (String) async throws -> Bool
    ) -> Middleware {
        let challenge = "Bearer realm=\(quotedString(realm))"
        return Middleware { request, _, next in
            guard let header = request.headers[.authorization] else {
                throw HTTPError(.unauthorized, headers: ["www-authenticate": challenge])
            }
            guard let token = credentials(header, scheme: "bearer"), isToken68(token) else {
                throw HTTPError(.badRequest, headers: ["www-authenticate": challenge + ", error=\"invalid_request\""])
            }
            guard try await verify(token) else {
                throw HTTPError(.unauthorized, headers: ["www-authenticate": challenge + ", error=\"invalid_token\""])
            }
            return await next(request)
        }
    }

    /// Compares two texts in a time that depends on their lengths only.
    public static func constantTimeEquals(_ left: String, _ right: String) -> Bool {
        ConstantTime.equals(Array(left.utf8).span, Array(right.utf8).span)
    }

    private static func basicCredentials(_ request: Request) -> (String, String)? {
        guard let header = request.headers[.authorization], let text = credentials(header, scheme: "basic"),
            let bytes = Base64.decode(Array(text.utf8).span), let decoded = String(validating: bytes, as: UTF8.self),
            let colon = decoded.firstIndex(of: ":")
        else { return nil }
        return (String(decoded[..<colon]), String(decoded[decoded.index(after: colon)...]))
    }

    /// What follows a scheme, whose case does not matter; nil for another scheme.
    private static func credentials(_ header: String, scheme: String) -> String? {
        guard let space = header.firstIndex(of: " "), header[..<space].lowercased() == scheme else { return nil }
        let rest = header[space...].drop { $0 == " " }
        return rest.isEmpty ? nil : String(rest)
    }

    /// Source: [RFC 9110 §11.2](https://www.rfc-editor.org/rfc/rfc9110#section-11.2).
    private static func isToken68(_ text: String) -> Bool {
        let rest = text.utf8.drop {
            ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F || $0 == 0x7E || $0 == 0x2B || $0 == 0x2F
        }
        return rest.count < text.utf8.count && rest.allSatisfy { $0 == 0x3D }
    }

    /// Source: [RFC 9110 §5.6.4](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4).
    private static func quotedString(_ text: String) -> String {
        let escaped = text.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
        return "\"" + String(escaped) + "\""
    }
}
