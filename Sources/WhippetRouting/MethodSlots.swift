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
    /// The answer for each method of `known`.
    private let answers: [Int]
    /// Whether there is a method that is not in `known`.
    private let hasOthers: Bool

    /// Gives each method the index at which it stands.
    package init(_ methods: [HTTPMethod] = []) {
        self.methods = methods
        var answers = Self.known.map { method in
            methods.firstIndex(of: method) ?? (method == .OPTIONS ? Self.automaticOPTIONS : Self.notAllowed)
        }
        if answers[Self.headSlot] < 0 { answers[Self.headSlot] = answers[Self.getSlot] }
        self.answers = answers
        hasOthers = !methods.allSatisfy(Self.known.contains)

        var names = Set(methods.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        allow = names.sorted().joined(separator: ", ")
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
        // Equal small strings are found equal at once, others are not found different as fast.
        if method == .GET { return answers[Self.getSlot] }
        let slot = Self.slot(of: method)
        if slot >= 0 { return answers[slot] }
        return hasOthers ? methods.firstIndex(of: method) ?? Self.notAllowed : Self.notAllowed
    }

    // MARK: - Algorithm

    /// The methods that are found without comparing one name after the other.
    private static let known: [HTTPMethod] = [.GET, .HEAD, .POST, .PUT, .PATCH, .DELETE, .OPTIONS, .QUERY]
    private static var getSlot: Int { 0 }
    private static var headSlot: Int { 1 }

    /// A method's place in `known`, -1 for another one; `GET` is found before.
    ///
    /// Length and first byte leave one candidate, so that one comparison of small strings decides.
    private static func slot(of method: HTTPMethod) -> Int {
        let name = method.rawValue.utf8
        guard let first = name.first else { return -1 }
        switch (name.count, first) {
        case (4, UInt8(ascii: "H")): return method.rawValue == "HEAD" ? headSlot : -1
        case (4, UInt8(ascii: "P")): return method.rawValue == "POST" ? 2 : -1
        case (3, UInt8(ascii: "P")): return method.rawValue == "PUT" ? 3 : -1
        case (5, UInt8(ascii: "P")): return method.rawValue == "PATCH" ? 4 : -1
        case (6, UInt8(ascii: "D")): return method.rawValue == "DELETE" ? 5 : -1
        case (7, UInt8(ascii: "O")): return method.rawValue == "OPTIONS" ? 6 : -1
        case (5, UInt8(ascii: "Q")): return method.rawValue == "QUERY" ? 7 : -1
        default: return -1
        }
    }
}
