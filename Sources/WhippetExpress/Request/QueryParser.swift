// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetJSON
internal import WhippetURL

/// How a query or an urlencoded body becomes an object.
enum QueryParser: Sendable {
    /// It does not.
    case none
    /// As Node's `querystring`: names are what they are, one that comes twice has a list.
    case simple
    /// As the package `qs`: `a[b]=1` is an object in an object, `a[]=1` a list.
    case extended
    case function(@Sendable (String) -> JSON)

    /// More pairs than these are not read.
    static let maximumPairs = 1000

    /// Reads a query without its question mark.
    func parse(_ query: String) -> JSON {
        switch self {
        case .none: [:]
        case .simple: .object(Self.simple(URLSearchParams(query).prefix(Self.maximumPairs)))
        case .extended: .object(NestedPairs(URLSearchParams(query).prefix(Self.maximumPairs)).object)
        case .function(let function): function(query)
        }
    }

    private static func simple(_ pairs: some Sequence<(name: String, value: String)>) -> JSON.Object {
        var object = JSON.Object()
        for (name, value) in pairs {
            switch object[name] {
            case nil: object[name] = .string(value)
            case .array(let values)?: object[name] = .array(values + [.string(value)])
            case let first?: object[name] = [first, .string(value)]
            }
        }
        return object
    }
}

/// Pairs whose names say where in an object their values belong, after the package `qs`.
struct NestedPairs {
    /// What lies deeper stands under the rest of its name.
    private static let maximumDepth = 5
    /// A larger index makes a member of an object, not a list of that length.
    private static let maximumIndex = 20

    /// A place: a name, or the end of a list.
    private enum Step {
        case key(String)
        case end
    }

    private(set) var object = JSON.Object()

    init(_ pairs: some Sequence<(name: String, value: String)>) {
        for (name, value) in pairs {
            let (first, steps) = Self.steps(name)
            object[first] = Self.put(.string(value), into: object[first], steps[...])
        }
    }

    /// `a[b][]` is `a`, then `b`, then the end of a list.
    private static func steps(_ name: String) -> (String, [Step]) {
        guard let open = name.firstIndex(of: "["), open > name.startIndex else { return (name, []) }
        var steps: [Step] = []
        var rest = name[open...]
        while steps.count < maximumDepth, rest.first == "[", let close = rest.firstIndex(of: "]") {
            let key = rest[rest.index(after: rest.startIndex)..<close]
            steps.append(key.isEmpty ? .end : .key(String(key)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty, !steps.isEmpty, rest.first == "[" { steps.append(.key(String(rest))) }
        return (String(name[..<open]), steps)
    }

    private static func put(_ value: JSON, into place: JSON?, _ steps: ArraySlice<Step>) -> JSON {
        guard let step = steps.first else {
            switch place {
            case nil: return value
            case .array(let values)?: return .array(values + [value])
            case .object(var object)?:
                if let name = value.stringValue { object[name] = true }
                return .object(object)
            case let first?: return [first, value]
            }
        }
        let rest = steps.dropFirst()
        switch step {
        case .end:
            if case .array(let values)? = place { return .array(values + [put(value, into: nil, rest)]) }
            return place.map { [$0, put(value, into: nil, rest)] } ?? [put(value, into: nil, rest)]
        case .key(let key):
            if let index = Int(key), 0...maximumIndex ~= index, index == (place?.arrayValue?.count ?? 0),
                place == nil || place?.arrayValue != nil
            {
                return .array((place?.arrayValue ?? []) + [put(value, into: nil, rest)])
            }
            var object = JSON.Object()
            if case .object(let members)? = place { object = members }
            if case .array(let values)? = place {
                if let index = Int(key), values.indices.contains(index) {
                    var values = values
                    values[index] = put(value, into: values[index], rest)
                    return .array(values)
                }
                for (index, value) in values.enumerated() { object["\(index)"] = value }
            }
            if let text = place?.stringValue { object[text] = true }
            object[key] = put(value, into: object[key], rest)
            return .object(object)
        }
    }
}
