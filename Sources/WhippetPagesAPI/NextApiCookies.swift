// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetJSON

/// The cookies of a request by name; of two of one name the first counts.
@dynamicMemberLookup
public struct NextApiCookies: Sendable, Encodable {
    private let cookies: RequestCookies

    init(_ cookies: RequestCookies) {
        self.cookies = cookies
    }

    /// The value of a cookie; nil if there is none.
    public subscript(_ name: String) -> String? { cookies[name] }

    /// The value of a cookie; nil if there is none.
    public subscript(dynamicMember name: String) -> String? { cookies[name] }

    /// Writes the cookies as an object.
    public func encode(to encoder: any Encoder) throws {
        try JSON(JSON.Object(cookies.map { ($0.name, JSON($0.value)) })).encode(to: encoder)
    }
}
