// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Which methods a route handles, and at which index their handlers are: the part of a `MethodTable` that does not
/// depend on the handler's type.
///
/// An object that never changes: a struct of these fields would be copied, field by field, for each look-up.
package final class MethodSlots: Sendable {
    /// The answer for `OPTIONS` without a handler.
    @inlinable
    package static var automaticOPTIONS: Int { -1 }
    /// The answer for any other method without a handler.
    package static var notAllowed: Int { -2 }

    /// The methods in the order of their handlers.
    package let methods: [HTTPMethod]
    /// The value of `Allow`.
    package let allow: String
    /// The answer for each method that has a number.
    private let answers: [Int]

    /// Gives each method the index at which it stands.
    package init(_ methods: [HTTPMethod] = []) {
        self.methods = methods
        var answers = [Int](repeating: Self.notAllowed, count: 16)
        answers[Int(HTTPMethod.OPTIONS.number)] = Self.automaticOPTIONS
        for (index, method) in methods.enumerated() where method.number > 0 && Int(method.number) < answers.count {
            answers[Int(method.number)] = index
        }
        let head = Int(HTTPMethod.HEAD.number)
        if answers[head] < 0 { answers[head] = answers[Int(HTTPMethod.GET.number)] }
        self.answers = answers

        allow = Self.allow(methods)
    }

    /// The names in alphabetical order; what a route answers by itself, too.
    // By hand: a set, `sorted` and `joined` would cost each program's start more than all its routes do.
    private static func allow(_ methods: [HTTPMethod]) -> String {
        var all = methods
        if methods.contains(.GET), !methods.contains(.HEAD) { all.append(.HEAD) }
        if !methods.contains(.OPTIONS) { all.append(.OPTIONS) }
        var names: [String] = []
        for method in all {
            let name = method.rawValue
            let place = names.firstIndex { name < $0 } ?? names.count
            names.insert(name, at: place)
        }
        var allow = ""
        for name in names { allow += allow.isEmpty ? name : ", " + name }
        return allow
    }

    /// The same with one more method at the next index.
    package func adding(_ method: HTTPMethod) throws(MethodTableError) -> MethodSlots {
        guard ASCII.isToken(method.rawValue) else { throw .notAToken(method) }
        if method == .CONNECT || method == .TRACE { throw .notRoutable(method) }
        if methods.contains(method) { throw .duplicate(method) }
        return MethodSlots(methods + [method])
    }

    /// The index of the handler that answers a method, or one of the two answers without a handler.
    package func lookup(_ method: HTTPMethod) -> Int {
        let number = Int(method.number)
        if number > 0, number < answers.count { return answers[number] }
        return methods.firstIndex(of: method) ?? Self.notAllowed
    }
}
