// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Whippet

/// Who may log in, and what signs the cookie that says who has.
enum Session {
    /// Names and keys, as in `NOTES_USERS=ada:key1,bob:key2`.
    private static let users: [String: String] = {
        let pairs = (ProcessInfo.processInfo.environment["NOTES_USERS"] ?? "ada:lovelace,bob:builder").split(
            separator: ",")
        return Dictionary(
            pairs.compactMap { pair in
                let parts = pair.split(separator: ":", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }
        ) { $1 }
    }()

    /// Without a secret of its own the program makes one: who was logged in before a restart is not any more.
    private static let secret = ProcessInfo.processInfo.environment["NOTES_SECRET"] ?? randomSecret()

    /// Logs a user in.
    ///
    /// - Throws: A 401 for a name or a key that is wrong.
    static func begin(_ name: String, key: String) throws {
        guard let expected = users[name], isEqual(expected, key) else {
            throw HTTPError(.unauthorized, "The name or the key is wrong.")
        }
        let signed = try CookieSigner(secret).sign("session", name)
        try cookies().set("session", signed, maxAge: .seconds(86_400), httpOnly: true, sameSite: .lax)
    }

    static func end() throws {
        try cookies().delete("session")
    }

    /// The user who is logged in.
    ///
    /// - Throws: A 401 when nobody is, or the cookie was made up.
    static func user() throws -> String {
        guard let signed = try cookies()["session"], let name = try CookieSigner(secret).verify("session", signed)
        else {
            throw HTTPError(.unauthorized, "Log in first.")
        }
        return name
    }

    private static func randomSecret() -> String {
        (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
    }

    /// Takes as long for a key that is nearly right as for any other of its length.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
