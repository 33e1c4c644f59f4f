// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
public import WhippetFetch
public import WhippetJSON

/// What a client asks for, with the properties of Express's `req`.
///
/// An object of one request, which all its handlers share: what middleware writes, the next handlers read. It must not
/// leave the task of its request; the compiler sees to that.
/// ```swift
/// let app = express()
/// app.get("/users/:id") { req, res in
///     res.json(["id": JSON(req.params.id), "verbose": req.query["verbose"]])
/// }
/// ```
public final class ExpressRequest {
    /// The target: a path, percent-encoded as it came, and a query.
    struct Target {
        var path: [UInt8]
        /// Without the question mark; nil for none.
        var query: String?
    }

    /// The request as the host has it, with the stream of its body and the signal of its client.
    public let request: Request
    /// The method, such as `GET`.
    public let method: Request.Method
    /// What the parameters of the path captured, decoded: text of `:name`, a list of `*name`.
    @exclusivity(unchecked) public internal(set) var params = Params()
    /// What a parser made of the body; `null` where none has.
    public var body: JSON = nil
    /// The bytes that `express.raw()` has read.
    public var rawBody: [UInt8]?
    /// The secrets of signed cookies: the first signs, all are valid.
    public var secrets: [String] = []

    // As in `ExpressResponse`, exclusivity is not checked for what each request touches.
    /// The application that answers; in one that is mounted, that one.
    @exclusivity(unchecked) var installation: Installation
    /// How far routers have gone down the path.
    @exclusivity(unchecked) var place = Place()
    /// What the handler that runs has said.
    @exclusivity(unchecked) var signal = NextSignal.none
    /// The methods of the routes whose path matched while their method did not.
    @exclusivity(unchecked) var allowed: [Request.Method] = []
    /// The answer's status and headers so far.
    @exclusivity(unchecked) var answer: Answer
    /// What the route that is asked has kept.
    @exclusivity(unchecked) var keptText: KeptText?
    /// Whether a parser has looked at the body.
    var isBodyParsed = false
    /// Nil until somebody changes `url`, or a router is entered: most requests are matched where they lie.
    @exclusivity(unchecked) private(set) var ownTarget: Target?
    /// As it came, until somebody changes `url`.
    var target: Target {
        get {
            if let ownTarget { return ownTarget }
            let target = Target(path: request.withPathBytes { Array($0) }, query: request.rawQuery)
            ownTarget = target
            return target
        }
        set { ownTarget = newValue }
    }
    private var values: [String: Any]?

    /// What of the answer is known before its body.
    struct Answer {
        var status = 200
        /// Whether nobody has set a header.
        private(set) var isUntouched = true
        private var stored: Headers

        init(_ headers: Headers) { stored = headers }

        var headers: Headers {
            get { stored }
            _modify {
                isUntouched = false
                yield &stored
            }
        }
    }

    init(_ request: Request, _ installation: Installation) {
        self.request = request
        answer = Answer(installation.headers)
        self.installation = installation
        method = request.method
    }

    /// The application that answers.
    public var app: Application { installation.application }

    /// The headers that the client sent.
    public var headers: Headers { request.headers }

    /// A value of any type that a handler keeps for those after it.
    ///
    /// ```swift
    /// struct User { var name: String }
    /// let app = express()
    /// app.use { req, res, next in
    ///     req["user"] = User(name: "ada")
    ///     next()
    /// }
    /// app.get("/") { req, res in
    ///     let user: User? = req["user"]
    ///     res.send(user?.name ?? "nobody")
    /// }
    /// ```
    public subscript<Value>(_ name: String) -> Value? {
        get { values?[name] as? Value }
        set {
            if values == nil { values = [:] }
            values?[name] = newValue
        }
    }

    // MARK: - The target

    /// The target below the routers that the request went through; setting it leads the next handlers elsewhere.
    public var url: String {
        get { withQuery(path) }
        set {
            let mark = newValue.firstIndex(of: "?")
            let base = target.path[..<place.pathStart]
            target = Target(
                path: base + Array(newValue[..<(mark ?? newValue.endIndex)].utf8),
                query: mark.map { String(newValue[newValue.index(after: $0)...]) })
        }
    }

    /// The path of `url`, percent-encoded as it came.
    public var path: String {
        place.pathStart < target.path.count
            ? String(decoding: target.path[place.pathStart...], as: UTF8.self) : "/"
    }

    /// The path that the router is mounted at, empty for none.
    public var baseUrl: String { String(decoding: target.path[..<place.pathStart], as: UTF8.self) }

    /// The target as it came.
    public var originalUrl: String {
        let path = request.withPathBytes { String(decoding: $0, as: UTF8.self) }
        return request.rawQuery.map { "\(path)?\($0)" } ?? path
    }

    private func withQuery(_ path: String) -> String {
        target.query.map { "\(path)?\($0)" } ?? path
    }

    /// The query as an object, by the setting `query parser`: values are text, lists for names that come twice.
    public var query: JSON {
        guard let query = target.query else { return [:] }
        return installation.settings.queryParser.parse(query)
    }
}
