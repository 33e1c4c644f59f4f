// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

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

    /// What is to run once the response has been sent, or could not be.
    package var afterWork: [@Sendable () async -> Void] { details?.value.afterWork ?? [] }

    /// Whether anything is to run once the response has been sent.
    package var hasAfterWork: Bool { details.map { !$0.value.afterWork.isEmpty } ?? false }

    /// Adds what is to run once the response has been sent.
    package mutating func addAfterWork(_ work: [@Sendable () async -> Void]) {
        change { $0.afterWork += work }
    }
}
