// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What a response of middleware tells the host, where it is no answer itself.
///
/// It travels beside the headers and never among them: nothing that a client sends or receives can be one.
package enum ResponseDirective: Sendable {
    /// Go on to the handler, with these request headers if there are any.
    case next(requestHeaders: Headers?)
    /// Answer as if this URL, absolute or relative to the request's, had been asked for.
    case rewrite(String)
}

extension Response {
    /// What the response tells the host, nil for an answer.
    package var directive: ResponseDirective? { details?.value.directive }

    /// Makes a response that is no answer but tells the host what to do.
    package init(directive: ResponseDirective, headers: Headers) {
        self.init(status: .ok, headers: headers)
        change { $0.directive = directive }
    }

    /// Whether there is no body at all, not even an empty one.
    package var hasNullBody: Bool { box == nil }

    /// Why the response can't be sent as an answer, nil if it can.
    package var problem: (any Error)? {
        if let details {
            if let failure = details.value.failure { return failure }
            if details.value.directive != nil {
                return TypeError("Response.next() and Response.rewrite() mean something from middleware only")
            }
        }
        return headers.failure
    }
}
