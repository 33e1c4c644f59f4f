// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Routes and middleware of their own, to be mounted at a path.
///
/// ```swift
/// let app = express()
/// let birds = express.Router()
/// birds.get("/") { req, res in res.send("Birds") }
/// birds.get("/:name") { req, res in res.send("About \(req.params.name)") }
/// app.use("/birds", birds)
/// ```
/// Routes are declared before the first request; the first request freezes them.
public final class Router: ExpressRouting, Sendable {
    /// How the paths of a router match.
    public struct Options: Sendable, Hashable {
        /// Whether letters of another case are other letters.
        public var caseSensitive: Bool
        /// Whether handlers see the parameters of the path that the router is mounted at; its own win.
        public var mergeParams: Bool
        /// Whether a slash at the end of a path counts.
        public var strict: Bool

        /// Makes options; each has the default of Express.
        public init(caseSensitive: Bool = false, mergeParams: Bool = false, strict: Bool = false) {
            self.caseSensitive = caseSensitive
            self.mergeParams = mergeParams
            self.strict = strict
        }
    }

    let options: Options
    let list = RouteList<LayerDeclaration>()

    /// Makes a router without routes.
    public init(_ options: Options = Options()) {
        self.options = options
    }

    /// The router itself.
    public var router: Router { self }

    func declare(_ path: ExpressPath, _ target: LayerTarget, _ place: String) {
        list.append(LayerDeclaration(path: path, target: target, place: place))
    }
}

/// The handlers of one path, for all methods: what `app.route(path)` returns.
///
/// ```swift
/// let app = express()
/// app.route("/book")
///     .get { req, res in res.send("Get a random book") }
///     .post { req, res in res.send("Add a book") }
/// ```
public final class ExpressRoute: Sendable {
    /// The path.
    public let path: ExpressPath
    let list = RouteList<(method: HTTPMethod?, handler: LayerHandler)>()

    init(_ path: ExpressPath) {
        self.path = path
    }

    @discardableResult
    func add(_ method: HTTPMethod?, _ before: [ExpressMiddleware], _ last: LayerHandler) -> ExpressRoute {
        for handler in before { list.append((method, .middleware(handler))) }
        list.append((method, last))
        return self
    }
}
