// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetURL

/// A condition ready for requests.
struct CompiledCondition: Sendable {
    private let kind: RuleCondition.Kind
    /// Nil: any value but an empty one.
    private let pattern: ValuePattern?
    /// The names of what it finds.
    let names: [String]

    init(_ condition: RuleCondition) throws {
        kind = condition.kind
        pattern = try condition.value.map { try ValuePattern($0) }
        names = pattern?.names ?? Self.name(of: condition.kind).map { [$0] } ?? []
    }

    /// What it finds in a request; nil if it does not hold.
    func match(_ request: inout RuledRequest) -> [RuleCapture]? {
        guard let value = value(&request), !value.isEmpty else { return nil }
        guard let pattern else { return names.map { RuleCapture(name: $0, value: .text(value)) } }
        return pattern.match(value)
    }

    private func value(_ request: inout RuledRequest) -> String? {
        switch kind {
        case .header(let name): request.request.headers[Headers.Name(name)]
        case .cookie(let name): request.request.cookies[name]
        case .query(let name): request.url.searchParams.getAll(name).last
        case .host: request.url.hostname
        }
    }

    /// The letters of the header's, cookie's or parameter's own name.
    private static func name(of kind: RuleCondition.Kind) -> String? {
        switch kind {
        case .header(let name), .cookie(let name), .query(let name):
            let letters = name.filter { $0.isASCII && $0.isLetter }
            return letters.isEmpty ? nil : letters
        case .host: return nil
        }
    }
}

/// A request while rules look at it: its URL is made once, and only when one asks.
struct RuledRequest {
    let request: Request
    private(set) lazy var url = request.url

    init(_ request: Request) {
        self.request = request
    }
}
