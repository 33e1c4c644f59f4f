// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A declaration that means something to the runtime by its name.
struct Export {
    enum Kind: Hashable {
        /// `GET` and the other methods.
        case verb
        /// A constant or a function that the runtime is handed under its own name.
        case named
    }

    var kind: Kind
    var name: String
    /// Where the name stands, in bytes.
    var offset: Int

    /// The methods that a route file can export.
    static let verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"]

    /// The kinds of declarations that can carry a name.
    enum Form {
        case function
        case constant
        case functionOrConstant
    }

    /// How routes are run: what a route's file says of itself, and a folder's of the routes below.
    private static let config: [String: Form] = [
        "dynamic": .constant, "revalidate": .constant, "dynamicParams": .constant, "fetchCache": .constant,
        "runtime": .constant, "preferredRegion": .constant, "maxDuration": .constant, "bodyLimit": .constant,
        "cors": .constant,
    ]

    /// What a file of a kind can export, apart from the methods.
    static func names(in kind: AppFile.Kind) -> [String: Form] {
        switch kind {
        case .route:
            config.merging(["generateStaticParams": .functionOrConstant]) { $1 }
        case .metadata(let name):
            [
                name: .function, "dynamic": .constant, "revalidate": .constant, "maxDuration": .constant,
                "runtime": .constant,
            ].merging(name == "sitemap" ? ["generateSitemaps": .function] : [:]) { $1 }
        case .middleware:
            config.merging(["middleware": .functionOrConstant, "matcher": .constant]) { $1 }
        case .error: ["error": .functionOrConstant]
        case .notFound: ["notFound": .functionOrConstant]
        case .api: ["handler": .functionOrConstant, "config": .constant]
        case .instrumentation: ["register": .functionOrConstant, "onRequestError": .functionOrConstant]
        case .asset, .page, .other: [:]
        }
    }
}
