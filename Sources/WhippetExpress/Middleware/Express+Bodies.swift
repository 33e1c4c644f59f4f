// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra
internal import WhippetJSON
internal import WhippetStreams

/// What a parser of bodies accepts.
public struct BodyParserOptions: Sendable {
    /// Whether compressed content is decompressed; else it is a 415.
    public var inflate: Bool
    /// How many bytes are read, after decompression; more is a 413.
    public var limit: Int
    /// The types that are parsed, as `req.is` takes them.
    public var type: [String]

    /// Makes options; nil stands for the types of the parser.
    public init(inflate: Bool = true, limit: Int = 100 * 1024, type: [String] = []) {
        self.inflate = inflate
        self.limit = limit
        self.type = type
    }
}

/// What is wrong with a body, as Express's package `body-parser` names it.
public struct BodyParserError: ExpressStatusError, CustomStringConvertible {
    /// The status of the answer.
    public let status: Status
    /// The name of the error, such as `entity.parse.failed`.
    public let type: String
    /// What is wrong, in a sentence.
    public let message: String
    /// The limit that was gone over, nil for another error.
    public var limit: Int?

    /// The name and the sentence.
    public var description: String { "\(type): \(message)" }
}

extension Express {
    /// Parses bodies of JSON into `req.body`: objects and arrays only, unless `strict` is off.
    ///
    /// An empty body is `{}`, what is no JSON a 400 with the type `entity.parse.failed`.
    public func json(_ options: BodyParserOptions = .init(), strict: Bool = true) -> ExpressMiddleware {
        let parser = BodyParser(options, type: "application/json")
        return { req, _, next in
            if let bytes = try await parser.read(req, charset: .unicode) {
                req.body = try BodyParser.json(bytes, strict: strict)
            }
            next()
        }
    }

    /// Parses bodies of forms into `req.body`: `a=1&a=2` is a list, and with `extended` `a[b]=1` an object.
    public func urlencoded(_ options: BodyParserOptions = .init(), extended: Bool = false) -> ExpressMiddleware {
        let parser = BodyParser(options, type: "application/x-www-form-urlencoded")
        return { req, _, next in
            if let bytes = try await parser.read(req, charset: .known) {
                req.body = try BodyParser.form(bytes, req, extended: extended)
            }
            next()
        }
    }

    /// Reads bodies of text into `req.body`.
    public func text(
        _ options: BodyParserOptions = .init(), defaultCharset: String = "utf-8"
    ) -> ExpressMiddleware {
        let parser = BodyParser(options, type: "text/plain")
        return { req, _, next in
            if let bytes = try await parser.read(req, charset: .known) {
                req.body = .string(try BodyParser.text(bytes, req, defaultCharset: defaultCharset))
            }
            next()
        }
    }

    /// Reads bodies as bytes into `req.rawBody`.
    public func raw(_ options: BodyParserOptions = .init()) -> ExpressMiddleware {
        let parser = BodyParser(options, type: "application/octet-stream")
        return { req, _, next in
            if let bytes = try await parser.read(req, charset: .any) { req.rawBody = bytes }
            next()
        }
    }

    /// Has `req.signedCookies` and `res.cookie` sign with a secret; of several the first signs and all are valid.
    public func cookieParser(_ secrets: String...) -> ExpressMiddleware {
        { req, _, next in
            req.secrets = secrets
            next()
        }
    }
}

/// Reads bodies of some types.
struct BodyParser: Sendable {
    /// Which charsets can be read.
    enum Charset: Sendable {
        case any
        /// UTF-8, as JSON has it; the others of Unicode are as good as gone.
        case unicode
        /// Those that `TextDecoder` knows.
        case known
    }

    private let options: BodyParserOptions
    private let types: [String]

    init(_ options: BodyParserOptions, type: String) {
        self.options = options
        types = options.type.isEmpty ? [type] : options.type
    }

    /// The content, nil if there is none, it is of another type, or another parser has read it.
    func read(_ request: ExpressRequest, charset: Charset) async throws -> [UInt8]? {
        guard !request.isBodyParsed, request.hasBody, request.is(types) != nil else { return nil }
        request.isBodyParsed = true
        if let name = Self.charset(of: request), !Self.accepts(name, charset) {
            throw BodyParserError(
                status: .unsupportedMediaType, type: "charset.unsupported",
                message: "unsupported charset \"\(name.uppercased())\"")
        }
        let coding = request.get("content-encoding").map { ASCII.lowercased($0) } ?? "identity"
        if coding == "identity" { return try await readPlain(request) }
        guard options.inflate else { throw Self.unsupported(coding, "content encoding unsupported") }
        return try await readInflated(request, coding)
    }

    private func readPlain(_ request: ExpressRequest) async throws -> [UInt8] {
        var incoming = request.request
        incoming.bodyLimit = options.limit
        do {
            return try await incoming.bytes()
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw tooLarge
        }
    }

    private func readInflated(_ request: ExpressRequest, _ coding: String) async throws -> [UInt8] {
        let format: CompressionFormat
        switch coding {
        case "gzip", "x-gzip": format = .gzip
        case "deflate": format = .deflate
        case "br": format = .brotli
        default: throw Self.unsupported(coding, "unsupported content encoding \"\(coding)\"")
        }
        guard let body = request.request.body else { return [] }
        var bytes: [UInt8] = []
        do {
            for try await chunk in try body.pipeThrough(DecompressionStream(format)) {
                guard bytes.count + chunk.count <= options.limit else { throw tooLarge }
                bytes += chunk
            }
        } catch let error as TypeError {
            throw BodyParserError(status: .badRequest, type: "encoding.invalid", message: error.message)
        }
        return bytes
    }

    private var tooLarge: BodyParserError {
        BodyParserError(
            status: .contentTooLarge, type: "entity.too.large", message: "request entity too large",
            limit: options.limit)
    }

    private static func unsupported(_ coding: String, _ message: String) -> BodyParserError {
        BodyParserError(status: .unsupportedMediaType, type: "encoding.unsupported", message: message)
    }

    private static func charset(of request: ExpressRequest) -> String? {
        request.get("content-type").flatMap { MIMEType($0) }?["charset"]
    }

    private static func accepts(_ charset: String, _ rule: Charset) -> Bool {
        switch rule {
        case .any: true
        case .unicode: ASCII.equalsIgnoringCase(charset, "utf-8") || ASCII.equalsIgnoringCase(charset, "utf8")
        case .known: (try? TextDecoder(charset)) != nil
        }
    }

    // MARK: - What bytes are

    static func json(_ bytes: [UInt8], strict: Bool) throws -> JSON {
        if bytes.isEmpty { return [:] }
        let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        do {
            if strict, first != 0x7B, first != 0x5B { throw TypeError("a body must be an object or an array") }
            return try JSON.parse(bytes)
        } catch {
            throw BodyParserError(status: .badRequest, type: "entity.parse.failed", message: "\(error)")
        }
    }

    static func form(_ bytes: [UInt8], _ request: ExpressRequest, extended: Bool) throws -> JSON {
        let text = try text(bytes, request, defaultCharset: "utf-8")
        guard text.utf8.count(where: { $0 == 0x26 }) < QueryParser.maximumPairs else {
            throw BodyParserError(
                status: .contentTooLarge, type: "parameters.too.many", message: "too many parameters")
        }
        return (extended ? QueryParser.extended : .simple).parse(text)
    }

    static func text(_ bytes: [UInt8], _ request: ExpressRequest, defaultCharset: String) throws -> String {
        try TextDecoder(charset(of: request) ?? defaultCharset).decode(bytes)
    }
}
