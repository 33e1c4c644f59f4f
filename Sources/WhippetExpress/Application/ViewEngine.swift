// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

/// Renders templates: what `app.engine` takes.
///
/// ```swift
/// struct Shouting: ViewEngine {
///     func render(_ template: String, _ locals: JSON.Object, in folder: String) -> String {
///         template.uppercased()
///     }
/// }
/// let app = express()
/// app.engine("txt", Shouting())
/// app.set("view engine", "txt")
/// ```
public protocol ViewEngine: Sendable {
    /// Renders a template.
    ///
    /// - Parameters:
    ///   - template: The text of the template's file.
    ///   - locals: The values that it sees.
    ///   - folder: The folder of the template, for those that it includes.
    /// - Returns: HTML, as a rule.
    func render(_ template: String, _ locals: JSON.Object, in folder: String) async throws -> String
}
