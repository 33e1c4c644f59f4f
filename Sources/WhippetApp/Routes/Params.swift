// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// The parameters of a route, by name: a string for `[name]`, a list for `[...name]` and `[[...name]]`.
///
/// ```swift
/// let slug = context.params.slug                          // String
/// let path: [String] = context.params.path                // of [...path]
/// let id = try context.params("id", as: Int.self)         // 400 when it is no number
/// ```
@dynamicMemberLookup
public struct Params: Sendable, Hashable, CustomStringConvertible {
    /// What one parameter captured.
    package enum Value: Sendable, Hashable {
        case segment(String)
        case segments([String])
        /// An optional catch-all that matched nothing.
        case absent
    }

    /// Names and values behind one reference: parameters are copied with each context.
    private final class Storage: Sendable {
        let names: [String]
        /// The first value lies here: most routes have one, and a list would be another allocation.
        let first: Value
        let others: [Value]

        init(names: [String], first: Value, others: [Value]) {
            self.names = names
            self.first = first
            self.others = others
        }

        /// One value for each name.
        var values: [Value] { names.indices.map { value($0) } }

        /// The value at a position, `absent` where there is none.
        func value(_ position: Int) -> Value {
            if position == 0 { return first }
            return position <= others.count ? others[position - 1] : .absent
        }
    }

    private let storage: Storage?

    private var names: [String] { storage?.names ?? [] }

    /// Makes parameters without any.
    public init() {
        storage = nil
    }

    /// Makes parameters for a test, such as `["slug": "tea"]`.
    public init(_ segments: KeyValuePairs<String, String>) {
        self.init(names: segments.map(\.key), values: segments.map { .segment($0.value) })
    }

    package init(names: [String], values: [Value]) {
        storage = Storage(names: names, first: values.first ?? .absent, others: Array(values.dropFirst()))
    }

    /// Makes parameters whose first value is apart from the others.
    package init(names: [String], first: Value, others: [Value]) {
        storage = Storage(names: names, first: first, others: others)
    }

    /// The same values under other names, one for each, in the order in which they stand in the path.
    package func renamed(_ names: [String]) -> Params {
        guard let storage, names.count == storage.values.count else { return self }
        return Params(names: names, values: storage.values)
    }

    /// The segments of a catch-all; nil for another parameter, or none.
    package func segments(_ name: String) -> [String]? {
        guard case .segments(let list) = value(name) else { return nil }
        return list
    }

    /// These parameters with others behind them; of two of one name the other's value counts.
    package func merging(_ other: Params) -> Params {
        guard let own = storage else { return other }
        guard let others = other.storage else { return self }
        var (names, values) = (own.names, own.values)
        for (name, value) in zip(others.names, others.values) {
            if let index = names.firstIndex(of: name) {
                values[index] = value
            } else {
                names.append(name)
                values.append(value)
            }
        }
        return Params(names: names, values: values)
    }

    /// The names of the parameters, in the order in which they stand in the path.
    public var keys: [String] { names }

    /// The names with what they captured.
    var pairs: [(name: String, value: Value)] { zip(names, storage?.values ?? []).map { ($0, $1) } }

    private func value(_ name: String) -> Value {
        guard let storage, let position = storage.names.firstIndex(of: name) else { return .absent }
        return storage.value(position)
    }

    /// The parameter as text; that of a catch-all joined by `/`; nil when there is none.
    public subscript(name: String) -> String? {
        switch value(name) {
        case .segment(let text): text
        case .segments(let list): list.joined(separator: "/")
        case .absent: nil
        }
    }

    /// The parameter as text; empty when the route has none of that name.
    public subscript(dynamicMember name: String) -> String {
        self[name] ?? ""
    }

    /// The parameter as text, nil when there is none.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> String? {
        self[name]
    }

    /// The segments of a catch-all, empty when there are none.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> [String] {
        list(name) ?? []
    }

    /// The segments of an optional catch-all, nil when it matched nothing.
    @_disfavoredOverload
    public subscript(dynamicMember name: String) -> [String]? {
        list(name)
    }

    private func list(_ name: String) -> [String]? {
        switch value(name) {
        case .segment(let text): [text]
        case .segments(let list): list
        case .absent: nil
        }
    }

    /// Reads a parameter as a number, or whatever else is made from text.
    ///
    /// - Throws: `HTTPError` 400 when the text does not make one, which names the parameter and the text.
    public func callAsFunction<Value: LosslessStringConvertible>(
        _ name: String, as type: Value.Type
    ) throws -> Value {
        guard let text = self[name] else { throw HTTPError(.badRequest, "params.\(name): missing") }
        guard let value = Value(text) else {
            throw HTTPError(.badRequest, "params.\(name): expected \(type), found \"\(text)\"")
        }
        return value
    }

    /// Whether two have the same names and values.
    public static func == (left: Params, right: Params) -> Bool {
        left.names == right.names && left.storage?.values == right.storage?.values
    }

    /// Hashes names and values.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(names)
        hasher.combine(storage?.values)
    }

    /// The parameters as a person reads them, such as `["slug": "tea"]`.
    public var description: String {
        let pairs = names.map { "\"\($0)\": \"\(self[$0] ?? "")\"" }
        return pairs.isEmpty ? "[:]" : "[\(pairs.joined(separator: ", "))]"
    }
}
