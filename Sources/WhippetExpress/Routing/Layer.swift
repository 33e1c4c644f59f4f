// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A function of the application's author, in one of its forms.
enum LayerHandler: Sendable {
    case handler(ExpressHandler)
    case middleware(ExpressMiddleware)
    case errorHandler(ExpressErrorHandler)
}

/// What was declared for a path.
enum LayerTarget: Sendable {
    case function(LayerHandler)
    case route(ExpressRoute)
    case router(Router)
    case application(Application)
}

/// A declaration of a router, in its place in the order.
struct LayerDeclaration: Sendable {
    var path: ExpressPath
    var target: LayerTarget
    /// File and line, for error messages.
    var place: String

    /// Whether the path must match as a whole: routes, not what `use` adds.
    var isWhole: Bool {
        if case .route = target { true } else { false }
    }
}
