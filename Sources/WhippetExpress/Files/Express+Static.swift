// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// How `express.static` answers, besides how it sends files.
public struct StaticOptions: Sendable {
    /// How files are sent; its root is not looked at.
    public var files: SendFileOptions
    /// Endings that are tried for a path without one, such as `html`.
    public var extensions: [String]
    /// Whether what is not there is the next handler's; else it is an error, and other methods are a 405.
    public var `fallthrough`: Bool
    /// The file that stands for its folder, nil for none.
    public var index: String?
    /// Whether a folder without a slash at the end is redirected to the one with it.
    public var redirect: Bool

    /// Makes options; each has the default of Express.
    public init(
        files: SendFileOptions = .init(), extensions: [String] = [], `fallthrough`: Bool = true,
        index: String? = "index.html", redirect: Bool = true
    ) {
        self.files = files
        self.extensions = extensions
        self.`fallthrough` = `fallthrough`
        self.index = index
        self.redirect = redirect
    }
}

extension Express {
    /// Sends the files of a folder.
    ///
    /// ```swift
    /// let app = express()
    /// app.use("/assets", express.static("public", .init(files: .init(maxAge: .seconds(3600)))))
    /// ```
    public func `static`(_ root: String, _ options: StaticOptions = .init()) -> ExpressMiddleware {
        var options = options
        options.files.root = root
        let folder = StaticFolder(options: options)
        return { req, res, next in try await folder.answer(req, res, next) }
    }
}

/// A folder whose files are sent, by the rules of Express's package `serve-static`.
private struct StaticFolder: Sendable {
    let options: StaticOptions

    func answer(_ request: ExpressRequest, _ response: ExpressResponse, _ next: ExpressNext) async throws {
        guard request.method == .GET || request.method == .HEAD else {
            if options.fallthrough { return next() }
            response.headers[.allow] = "GET, HEAD"
            response.headers[.contentLength] = "0"
            response.status(405).end()
            return
        }
        let found: FilePath.Found
        do throws(HTTPError) {
            found = try await find(request)
        } catch {
            if options.fallthrough { return next() }
            throw error
        }
        switch found {
        case .file(let file):
            try FileAnswer(request: request, response: response, options: options.files).send(file)
        case .folder where options.redirect && !request.originalPath.hasSuffix("/"):
            redirect(request, response)
        case .folder, .nothing:
            if options.fallthrough { return next() }
            throw HTTPError(.notFound)
        }
    }

    /// Finds what the path names: a file, one with an ending more, the index of a folder, or a folder.
    private func find(_ request: ExpressRequest) async throws(HTTPError) -> FilePath.Found {
        // What is mounted without a slash at the end is a folder without one.
        let isMountPoint = request.path == "/" && !request.originalPath.hasSuffix("/")
        let decoded = try ExpressRequest.decode(Array(request.path.utf8)[...])
        if decoded.hasSuffix("/"), !isMountPoint {
            guard let index = options.index else { return .folder }
            if case .file(let file) = await (try FilePath(decoded + index, options.files)).look() {
                return .file(file)
            }
            return .nothing
        }
        let path = try FilePath(decoded, options.files)
        let found = await path.look()
        let name = decoded.split(separator: "/").last ?? ""
        guard case .nothing = found, !name.contains(".") else { return found }
        for ending in options.extensions {
            if case .file(let file) = await path.appending("." + ending).look() { return .file(file) }
        }
        return .nothing
    }

    private func redirect(_ request: ExpressRequest, _ response: ExpressResponse) {
        // Two slashes at the start would name another host.
        let path = "/" + request.originalPath.drop { $0 == "/" } + "/"
        let location = EncodedURL.encode(request.request.rawQuery.map { "\(path)?\($0)" } ?? path)
        request.answer.status = 301
        response.headers[.contentType] = "text/html; charset=UTF-8"
        response.headers[.contentSecurityPolicy] = "default-src 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.location] = location
        response.end(html: ErrorPage.document("Redirecting", "Redirecting to \(HTMLText.escape(location))"))
    }
}

extension ExpressRequest {
    /// The path of the target as it came.
    fileprivate var originalPath: String { request.withPathBytes { String(decoding: $0, as: UTF8.self) } }
}
