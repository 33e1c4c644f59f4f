// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
public import WhippetJSON
internal import WhippetURL

/// The query of a request with the parameters of its path, which win.
///
/// ```swift
/// import Whippet
/// import WhippetPagesAPI
///
/// func post(_ req: NextApiRequest, _ res: NextApiResponse<Any>) {
///     let pid: String = req.query.pid
///     let slug: [String] = req.query.slug
///     res.end("Post: \(pid), \(slug.joined(separator: ", "))")
/// }
/// ```
@dynamicMemberLookup
public struct NextApiQuery: Sendable, Encodable {
    /// The values by name: text, or an array for a name that came more often and for a catch-all.
    public let object: JSON.Object

    /// - Parameter query: Without its question mark; nil for none.
    init(_ query: String?, _ params: Params) {
        var object = query.map { URLSearchParams($0).object } ?? [:]
        for name in params.keys {
            if let list = params.segments(name) {
                object[name] = .array(list.map { JSON($0) })
            } else if let value = params[name] {
                object[name] = JSON(value)
            }
        }
        self.object = object
    }

    /// A value as text, the first of an array; nil if there is none.
    public subscript(_ name: String) -> String? { list(name)?.first }

    /// A value as text, the first of an array; empty if there is none.
    public subscript(dynamicMember name: String) -> String { self[name] ?? "" }

    /// A value as text, nil if there is none.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> String? { self[name] }

    /// All values of a name, none if there is none.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> [String] { list(name) ?? [] }

    /// All values of a name, nil if there is none.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> [String]? { list(name) }

    private func list(_ name: String) -> [String]? {
        switch object[name] {
        case .string(let text): [text]
        case .array(let list): list.compactMap(\.stringValue)
        default: nil
        }
    }

    /// Writes the values as an object.
    public func encode(to encoder: any Encoder) throws {
        try JSON(object).encode(to: encoder)
    }
}
