// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What a request must have, or must not have, for a rule to apply: a header, a cookie, a parameter of the query, a host.
///
/// Without a value it is enough that it is there and not empty; its text can be used as `:name`, the letters of its own
/// name. A value must be the whole text: `*` stands for any text, `:name` for any text that the rule's destination or
/// headers can use. Next's `(?<name>.*)` and `(?<name>.+)` mean the same; other regular expressions are refused.
/// ```swift
/// let rule = RedirectRule(
///     "/", to: "/shops/:shop", permanent: false, has: [.host(":shop.example.com")], missing: [.cookie("stay")])
/// expect(rule.source == "/")
/// ```
public struct RuleCondition: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case header(String)
        case cookie(String)
        case query(String)
        case host
    }

    let kind: Kind
    let value: String?

    /// A header of the request.
    public static func header(_ name: String, _ value: String? = nil) -> RuleCondition {
        RuleCondition(kind: .header(name.lowercased()), value: value)
    }

    /// A cookie of the request.
    public static func cookie(_ name: String, _ value: String? = nil) -> RuleCondition {
        RuleCondition(kind: .cookie(name), value: value)
    }

    /// A parameter of the query; of several of one name the last counts.
    public static func query(_ name: String, _ value: String? = nil) -> RuleCondition {
        RuleCondition(kind: .query(name), value: value)
    }

    /// The host that was asked, without its port.
    public static func host(_ value: String) -> RuleCondition {
        RuleCondition(kind: .host, value: value)
    }
}
