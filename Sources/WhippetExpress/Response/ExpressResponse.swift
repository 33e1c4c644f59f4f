// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra
public import WhippetJSON
internal import WhippetServer

/// The answer to a request, with the methods of Express's `res`.
///
/// Methods return the response, so that they can be chained, and don't throw: what may not be, such as a status of 99,
/// goes to the error handlers when the handler returns, as if it had thrown. The answer leaves when the handler has
/// returned, but for what `write` is given: that leaves at once, and the head with it.
/// ```swift
/// let app = express()
/// app.get("/teapot") { req, res in
///     res.status(418).set("X-Tea", "green").send("I am a teapot")
/// }
/// ```
public final class ExpressResponse {
    /// What the body is.
    enum Content {
        case none
        case text(String)
        case bytes([UInt8])
        case body(Body)
        /// An answer of the core, with headers of its own.
        case ready(Response)
    }

    let request: ExpressRequest
    // An object of one task, none of whose variables is changed by a function that reads it meanwhile: checking that for
    // each access would cost as much as a handler.
    /// The answer, where it is one that was given before.
    @exclusivity(unchecked) var kept: KeptText.Entry?
    @exclusivity(unchecked) var content = Content.none
    /// Whether `end` was called, by whatever way.
    @exclusivity(unchecked) var isEnded = false
    /// What went wrong in a method.
    @exclusivity(unchecked) private var failure: (any Error)?
    /// Whether the next handler is to be asked though this one has not called `next`.
    @exclusivity(unchecked) var passesOn = false
    /// What leaves while handlers run; nil until somebody writes.
    @exclusivity(unchecked) var output: WrittenBody?
    /// What the templates of this request see; values given to `render` go first.
    public var locals = JSON.Object()

    /// Begins the answer where others look at it before it is sent; nil where the connection itself does.
    let opener: (any AnswerOpener)?

    init(_ request: ExpressRequest, _ opener: (any AnswerOpener)?) {
        self.request = request
        self.opener = opener
    }

    var settings: Settings { request.installation.settings }

    /// The request that is answered.
    public var req: ExpressRequest { request }

    /// The application that answers.
    public var app: Application { request.app }

    /// The status, 200 unless something else was set.
    public var statusCode: Int {
        get { request.answer.status }
        set { status(newValue) }
    }

    /// Whether the head is on its way, so that status and headers can't be changed any more.
    public var headersSent: Bool { isEnded || hasBegun }

    /// The headers so far.
    public internal(set) var headers: Headers {
        get { kept?.response.headers ?? request.answer.headers }
        _modify { yield &request.answer.headers }
    }

    // MARK: - Status

    /// Sets the status, 200 to 599.
    @discardableResult
    public func status(_ code: Int) -> ExpressResponse {
        // As in Node, a status that comes too late is nobody's error.
        if hasBegun, !isEnded { return self }
        guard isOpen() else { return self }
        guard 200...599 ~= code else {
            return fail(RangeError("Invalid status code: \(code). It must be 200 to 599."))
        }
        request.answer.status = code
        return self
    }

    /// Sets the status and sends its name as text.
    @discardableResult
    public func sendStatus(_ code: Int) -> ExpressResponse {
        status(code).type("txt").send(Self.name(of: code))
    }

    /// The reason phrase of a status, its digits if it has none.
    static func name(of code: Int) -> String {
        let phrase = Status(UInt16(clamping: code)).reasonPhrase
        return phrase.isEmpty ? "\(code)" : phrase
    }

    // MARK: - The end

    /// Ends the answer, with what was written.
    @discardableResult
    public func end() -> ExpressResponse { finish(writing: []) }

    /// Ends the answer with text as it is, without a type, a tag or a look at whether the client has it.
    @discardableResult
    public func end(_ text: String) -> ExpressResponse { finish(writing: Array(text.utf8)) }

    /// Ends the answer with bytes as they are.
    @discardableResult
    public func end(_ bytes: [UInt8]) -> ExpressResponse { finish(writing: bytes) }

    /// Ends the answer with a page of this package's own, whatever has gone wrong before.
    func end(html page: String) {
        failure = nil
        content = .text(page)
        isEnded = true
    }

    /// Answers `OPTIONS` with the methods that a path knows.
    func sendAllowed(_ methods: [Request.Method]) {
        let list = Self.list(methods)
        headers[.allow] = list
        headers[.contentType] = "text/plain"
        headers[.xContentTypeOptions] = "nosniff"
        end(html: list)
    }

    /// The methods, each once, in the order of the alphabet.
    static func list(_ methods: [Request.Method]) -> String {
        Set(methods.map(\.rawValue)).sorted().joined(separator: ", ")
    }

    // MARK: - What goes wrong

    /// Whether the answer can still be changed; one that is complete is an error.
    func isOpen() -> Bool {
        if failure != nil { return false }
        guard isEnded || hasBegun else { return true }
        failure = TypeError("Cannot set headers after they are sent to the client")
        return false
    }

    /// Whether more of a body can be written; an answer that has ended is an error.
    func isWritable() -> Bool {
        if failure != nil { return false }
        if isEnded { failure = TypeError("write after end") }
        return !isEnded
    }

    /// Has the error handlers called when the handler returns.
    @discardableResult
    func fail(_ error: any Error) -> ExpressResponse {
        if failure == nil { failure = error }
        return self
    }

    /// What a handler that has returned has said, with what went wrong in the methods that it called.
    func conclude(_ signal: NextSignal) -> NextSignal {
        let failed = failure
        failure = nil
        if isEnded {
            var error = failed
            if case .error(let thrown) = signal { error = thrown }
            if let error, !(error is CancellationError) {
                app.log("\(request.method) \(request.originalUrl): after the answer: \(error)")
            }
            return .none
        }
        if let failed { return .error(failed) }
        if passesOn {
            passesOn = false
            if case .none = signal { return .next }
        }
        return signal
    }

    // MARK: - For the host

    /// The answer as the core has it.
    func makeResponse() -> Response {
        if let kept { return kept.response }
        let headers = request.answer.headers
        let status = Status(UInt16(clamping: request.answer.status))
        if status.isNullBody { return Response(status: status, headers: headers) }
        if case .ready(let response) = content { return response }
        let body: Body? =
            switch content {
            case .none, .ready: nil
            // Text without a type stays without one.
            case .text(let text): headers[.contentType] == nil ? Body(Array(text.utf8)) : Body(text)
            case .bytes(let bytes): Body(bytes)
            case .body(let body): body
            }
        guard status.reasonPhrase.isEmpty else { return Response(body, status: status, headers: headers) }
        // Node's name for a status without one.
        let options = ResponseInit(status: status, statusText: "unknown", headers: headers)
        return (try? Response(body, init: options)) ?? Response(status: .internalServerError)
    }
}
