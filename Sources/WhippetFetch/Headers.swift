// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// The fields of a request or a response: names without regard to case, values as byte strings, in the order given.
///
/// As in a browser, except that it is a value: a `let` can't be changed, a copy is independent. The standard's methods
/// throw `TypeError` for what may not stand in a header; the subscripts and the typed `append` don't throw, and a value
/// that may not be sent makes the answer a 500 with a line in the log.
/// ```swift
/// var headers: Headers = ["content-type": "text/html"]
/// headers[.vary] = "origin"
/// try headers.append("x-request", "7")
/// let type = try headers.get("Content-Type")  // "text/html"
/// ```
/// Source: [Fetch §5.1](https://fetch.spec.whatwg.org/#headers-class).
public struct Headers: Sendable {
    /// A name and a value as given, of bytes that are valid.
    struct Field: Sendable {
        var name: String
        var value: String
    }

    /// Where the fields are.
    enum Storage: Sendable {
        /// A view of a received head: no string exists until somebody asks for it.
        case received(MessageHead)
        case list([Field])
        /// Fields that tell when somebody looks at them.
        case observed(ObservedFields)
    }

    var storage: Storage
    /// The Content-Type that the body brings, last in the order; it stands here so that it costs no list.
    var implicitType: ImplicitContentType
    var guardKind: Guard
    private var failureBox: FailureBox?

    private final class FailureBox: Sendable {
        let error: TypeError
        init(_ error: TypeError) { self.error = error }
    }

    /// What may not be sent: set by a typed form that was given an invalid name or value; the answer is then a 500.
    package var failure: TypeError? { failureBox?.error }
    /// Whether there is nothing that may not be sent.
    var isSound: Bool { failureBox == nil }

    /// Makes an empty list.
    public init() {
        storage = .list([])
        implicitType = .none
        guardKind = .none
        failureBox = nil
    }

    /// Views the fields of a received head, without a copy.
    package init(received head: MessageHead) {
        storage = .received(head)
        implicitType = .none
        guardKind = .none
        failureBox = nil
    }

    /// Fields that tell when somebody looks at them.
    init(observed fields: ObservedFields) {
        storage = .observed(fields)
        implicitType = .none
        guardKind = .none
        failureBox = nil
    }

    /// Copies other headers; the copy's guard is `none`.
    public init(_ headers: Headers) {
        self = headers
        guardKind = .none
    }

    /// Makes headers of pairs; a name that repeats is appended.
    ///
    /// - Throws: `TypeError` if a name or a value may not stand in a header.
    public init(_ pairs: some Sequence<(String, String)>) throws(TypeError) {
        self.init()
        for (name, value) in pairs {
            try append(name, value, in: "Headers.init")
        }
    }

    /// Makes headers of a dictionary, in no particular order.
    ///
    /// - Throws: `TypeError` if a name or a value may not stand in a header.
    public init(_ dictionary: [String: String]) throws(TypeError) {
        self.init()
        for (name, value) in dictionary {
            try append(name, value, in: "Headers.init")
        }
    }

    // MARK: - The standard's methods

    /// Adds a value to those that the name has.
    ///
    /// Implements [append](https://fetch.spec.whatwg.org/#dom-headers-append).
    ///
    /// - Throws: `TypeError` if the name or the value may not stand in a header, or the headers are immutable.
    public mutating func append(_ name: String, _ value: String) throws(TypeError) {
        try append(name, value, in: "Headers.append")
    }

    /// Removes a name with all its values.
    ///
    /// Implements [delete](https://fetch.spec.whatwg.org/#dom-headers-delete).
    ///
    /// - Throws: `TypeError` if the name may not stand in a header, or the headers are immutable.
    public mutating func delete(_ name: String) throws(TypeError) {
        // 1. If validating (name, ``) for this returns false, then return.
        guard try validate(name, "", in: "Headers.delete") else { return }
        // 2. With the guard "request-no-cors" only the safelisted and the privileged names can be deleted.
        if guardKind == .requestNoCORS, !isNoCORSSafelistedName(name), !isPrivilegedNoCORSName(name) { return }
        // 3–4.
        guard has(validated: name) else { return }
        remove(name)
        // 5. If this's guard is "request-no-cors", then remove privileged no-CORS request-headers.
        removePrivilegedNoCORSHeaders()
    }

    /// The values of a name joined by `", "`, nil if there is none; `Cookie` is joined by `"; "`.
    ///
    /// Implements [get](https://fetch.spec.whatwg.org/#dom-headers-get).
    ///
    /// - Throws: `TypeError` if the name may not stand in a header.
    public func get(_ name: String) throws(TypeError) -> String? {
        guard HeaderSyntax.isName(name) else { throw invalidName(name, in: "Headers.get") }
        return combinedValue(of: name)
    }

    /// The values of `Set-Cookie`, each for itself.
    ///
    /// Implements [getSetCookie](https://fetch.spec.whatwg.org/#dom-headers-getsetcookie).
    public func getSetCookie() -> [String] {
        values(of: "set-cookie")
    }

    /// Whether the name has a value.
    ///
    /// Implements [has](https://fetch.spec.whatwg.org/#dom-headers-has).
    ///
    /// - Throws: `TypeError` if the name may not stand in a header.
    public func has(_ name: String) throws(TypeError) -> Bool {
        guard HeaderSyntax.isName(name) else { throw invalidName(name, in: "Headers.has") }
        return has(validated: name)
    }

    /// Replaces the values of a name: the first keeps its place, the others go.
    ///
    /// Implements [set](https://fetch.spec.whatwg.org/#dom-headers-set).
    ///
    /// - Throws: `TypeError` if the name or the value may not stand in a header, or the headers are immutable.
    public mutating func set(_ name: String, _ value: String) throws(TypeError) {
        // 1. Normalize value.
        let value = HeaderSyntax.normalized(value)
        // 2. If validating (name, value) for this returns false, then return.
        guard try validate(name, value, in: "Headers.set") else { return }
        // 3. With the guard "request-no-cors" only a safelisted header can be set.
        if guardKind == .requestNoCORS, !isNoCORSSafelisted(name, value) { return }
        // 4. Set (name, value) in this's header list.
        replace(name, value)
        // 5. If this's guard is "request-no-cors", then remove privileged no-CORS request-headers.
        removePrivilegedNoCORSHeaders()
    }

    // MARK: - Algorithms

    /// Implements [append a header](https://fetch.spec.whatwg.org/#concept-headers-append).
    mutating func append(_ name: String, _ value: String, in operation: StaticString) throws(TypeError) {
        // 1. Normalize value.
        let value = HeaderSyntax.normalized(value)
        // 2. If validating (name, value) for headers returns false, then return.
        guard try validate(name, value, in: operation) else { return }
        // 3. If headers's guard is "request-no-cors":
        if guardKind == .requestNoCORS {
            // 3.1–3.3. Let temporaryValue be the values with the new one.
            let temporaryValue = combinedValue(of: name).map { "\($0), \(value)" } ?? value
            // 3.4. If (name, temporaryValue) is not a no-CORS-safelisted request-header, then return.
            guard isNoCORSSafelisted(name, temporaryValue) else { return }
        }
        // 4. Append (name, value) to headers's header list.
        addLast(name, value)
        // 5. If headers's guard is "request-no-cors", then remove privileged no-CORS request-headers.
        removePrivilegedNoCORSHeaders()
    }

    /// Implements [validate](https://fetch.spec.whatwg.org/#headers-validate).
    private func validate(_ name: String, _ value: String, in operation: StaticString) throws(TypeError) -> Bool {
        // 1. If name is not a header name or value is not a header value, then throw a TypeError.
        guard HeaderSyntax.isName(name) else { throw invalidName(name, in: operation) }
        guard HeaderSyntax.isValue(value) else { throw invalidValue(value, of: name, in: operation) }
        switch guardKind {
        // 2. If headers's guard is "immutable", then throw a TypeError.
        case .immutable: throw TypeError("\(operation): the headers are immutable")
        // 3. If headers's guard is "request" and (name, value) is a forbidden request-header, then return false.
        case .request: return !isForbiddenRequestHeader(name, value)
        // 4. If headers's guard is "response" and name is a forbidden response-header name, then return false.
        case .response: return !isForbiddenResponseName(name)
        // 5. Return true.
        case .none, .requestNoCORS: return true
        }
    }

    private func invalidName(_ name: String, in operation: StaticString) -> TypeError {
        TypeError("\(operation): \(quoted(name)) is not a valid header name")
    }

    private func invalidValue(_ value: String, of name: String, in operation: StaticString) -> TypeError {
        TypeError("\(operation): \(quoted(value)) is not a valid header value of \(quoted(name))")
    }

    // MARK: - The typed forms

    /// The values of a name joined by `", "`; assigning replaces them, nil removes the name.
    ///
    /// Does not throw: a name or a value that may not stand in a header makes the answer a 500.
    public subscript(_ name: Name) -> String? {
        get { combinedValue(of: name.rawValue) }
        set { assign(name.rawValue, newValue) }
    }

    /// The values of a name joined by `", "`; assigning replaces them, nil removes the name.
    ///
    /// Does not throw: a name or a value that may not stand in a header makes the answer a 500.
    public subscript(_ name: String) -> String? {
        get { combinedValue(of: name) }
        set { assign(name, newValue) }
    }

    /// Adds a value to those that the name has.
    ///
    /// Does not throw: a name or a value that may not stand in a header makes the answer a 500.
    public mutating func append(_ name: Name, _ value: String) {
        guard let value = checked(name.rawValue, value, in: "Headers.append") else { return }
        addLast(name.rawValue, value)
    }

    /// Sets or removes a name.
    private mutating func assign(_ name: String, _ value: String?) {
        // The guard "immutable" speaks to the standard's methods: here a `let` says so.
        guard let value else {
            if has(validated: name) { remove(name) }
            return
        }
        guard let value = checked(name, value, in: "Headers.subscript") else { return }
        replace(name, value)
    }

    /// The value ready to be stored; nil, and the failure recorded, if it or its name is not valid.
    mutating func checked(_ name: String, _ value: String, in operation: StaticString) -> String? {
        let value = HeaderSyntax.normalized(value)
        guard HeaderSyntax.isName(name) else {
            fail(invalidName(name, in: operation))
            return nil
        }
        guard HeaderSyntax.isValue(value) else {
            fail(invalidValue(value, of: name, in: operation))
            return nil
        }
        switch guardKind {
        case .request where isForbiddenRequestHeader(name, value): return nil
        case .response where isForbiddenResponseName(name): return nil
        case .requestNoCORS where !isNoCORSSafelisted(name, value): return nil
        default: return value
        }
    }

    /// Records the first thing that may not be sent.
    mutating func fail(_ error: TypeError) {
        if failureBox == nil { failureBox = FailureBox(error) }
    }
}
