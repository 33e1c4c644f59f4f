// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

extension Request {
    /// A request method: a case-sensitive token such as `GET`.
    public typealias Method = HTTPMethod
}

/// The rules of the Fetch standard for a method.
enum RequestMethod {
    /// Implements [normalize a method](https://fetch.spec.whatwg.org/#concept-method-normalize): DELETE, GET, HEAD,
    /// OPTIONS, POST and PUT are upper-cased, and no other; `patch` stays what it is.
    static func normalized(_ method: HTTPMethod) -> HTTPMethod {
        for known in [HTTPMethod.GET, .POST, .PUT, .DELETE, .HEAD, .OPTIONS]
        where ASCII.equalsIgnoringCase(method.rawValue, known.rawValue) {
            return known
        }
        return method
    }

    /// Whether it is a [forbidden method](https://fetch.spec.whatwg.org/#forbidden-method).
    static func isForbidden(_ method: String) -> Bool {
        ASCII.equalsIgnoringCase(method, "CONNECT") || ASCII.equalsIgnoringCase(method, "TRACE")
            || ASCII.equalsIgnoringCase(method, "TRACK")
    }

    /// The method that a request may have.
    ///
    /// - Throws: `TypeError` if it is no token, or forbidden.
    static func validated(_ method: HTTPMethod) throws(TypeError) -> HTTPMethod {
        guard ASCII.isToken(method.rawValue) else {
            throw TypeError("Request: \(quoted(method.rawValue)) is not a valid method")
        }
        guard !isForbidden(method.rawValue) else {
            throw TypeError("Request: the method \(quoted(method.rawValue)) is forbidden")
        }
        return normalized(method)
    }
}
