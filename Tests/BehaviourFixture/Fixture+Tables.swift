// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet
import WhippetH3

extension Fixture {
    /// The application that each table of `Conformance/Behaviours` is asked of.
    package static let tables: [(name: String, app: @Sendable () -> App)] = [
        ("base-path", { basePath() }), ("base-path-slash", { basePathSlash() }), ("checklist", { checklist() }),
        ("conditional", { conditional() }), ("cookies", { cookieApp() }), ("files", { files() }), ("h3", { h3().app }),
        ("metadata", { metadata() }), ("methods", { methods() }), ("middleware", { middleware() }),
        ("navigation", { navigation() }), ("negotiation", { negotiation() }), ("origins", { origins() }),
        ("pages-api", { pagesAPI() }),
        ("params", { params() }), ("paths", { paths() }), ("request", { requests() }), ("response", { responses() }),
        ("streaming", { streaming() }), ("trailing-slash", { trailingSlash() }),
    ]
}
