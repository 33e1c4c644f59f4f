// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Why a form or a query is not what a type expects.
///
/// The description may be shown to a client: `age: expected a whole number, found "old"`.
public struct FormError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name of the field, with a number for one of a list, such as `tags[1]`; empty for the form as a whole.
    public let field: String
    /// What is wrong with it.
    public let problem: String

    init(field: String, problem: String) {
        self.field = field
        self.problem = problem
    }

    /// Field and problem.
    public var description: String { field.isEmpty ? problem : "\(field): \(problem)" }
}
