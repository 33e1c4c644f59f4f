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

    /// What Next's route files can export and these can't yet, with what the build says of it.
    static let unsupported = [
        "generateStaticParams": "generateStaticParams fills the cache at start, and there is no cache yet: remove it"
    ]

    /// What a file of a kind can export, apart from the methods.
    static func names(in kind: AppFile.Kind) -> [String: Form] {
        switch kind {
        case .route:
            [
                "dynamic": .constant, "revalidate": .constant, "dynamicParams": .constant, "fetchCache": .constant,
                "runtime": .constant, "preferredRegion": .constant, "maxDuration": .constant, "bodyLimit": .constant,
                "cors": .constant, "generateStaticParams": .functionOrConstant,
            ]
        case .middleware: ["middleware": .functionOrConstant, "matcher": .constant, "cors": .constant]
        case .error: ["error": .functionOrConstant]
        case .notFound: ["notFound": .functionOrConstant]
        case .page, .other: [:]
        }
    }
}
