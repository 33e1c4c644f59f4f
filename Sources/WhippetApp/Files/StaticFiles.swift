// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra
internal import WhippetURL

/// The files of a folder, as answers to requests.
///
/// ```swift
/// app.files("/assets", StaticFiles("assets", cacheControl: "public, max-age=31536000, immutable"))
/// ```
/// An answer has `ETag`, `Last-Modified` and `Accept-Ranges`, and conditions and ranges of the request are done as by
/// ``Response/conditional(for:ranges:)``. Plain files below the folder are sent and nothing else; folders are not
/// listed. A file that is changed while it is sent ends the connection, so that no client takes a mixture for the whole;
/// one that is replaced is sent as it was. The disk is read on threads of its own.
public struct StaticFiles: Sendable {
    /// Files up to this size are read with the look for them.
    private static let readLimit = 64 * 1024
    /// A file that was changed less than these seconds ago may be changed again without another time.
    private static let unsettledTime: Int64 = 2

    let folder: Folder
    let index: [String]
    private let extensions: [String]
    private let cacheControl: String?
    private let precompressed: Bool
    private let dotfiles: Dotfiles

    /// Means the files of a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder; a relative path begins where the program was started.
    ///   - index: Names of pages that stand for a folder, the first that is there. Where the request's path has no slash
    ///     at its end, the client is sent to the page itself, so that links in it mean the same.
    ///   - extensions: What is tried behind a name that is not there, such as `html`.
    ///   - cacheControl: The value of `Cache-Control`, nil for none.
    ///   - precompressed: Whether `app.js.br`, `app.js.zst` and `app.js.gz` are sent for `app.js` to clients that take
    ///     these codings.
    ///   - dotfiles: What becomes of names that begin with a dot.
    ///   - symbolicLinks: What becomes of symbolic links.
    public init(
        _ folder: String, index: [String] = ["index.html"], extensions: [String] = [],
        cacheControl: String? = "public, max-age=0", precompressed: Bool = false, dotfiles: Dotfiles = .ignore,
        symbolicLinks: SymbolicLinks = .inside
    ) {
        self.folder = Folder(path: folder, links: symbolicLinks)
        self.index = index.filter(Self.isName)
        self.extensions = extensions.filter(Self.isName)
        self.cacheControl = cacheControl
        self.precompressed = precompressed
        self.dotfiles = dotfiles
    }

    /// The answer to a request for one file.
    ///
    /// ```swift
    /// let reports = StaticFiles("reports")
    /// app.get("/report/[year]") { request, context in
    ///     try await reports.response(to: request, path: "\(context.params.year).pdf")
    /// }
    /// ```
    /// - Parameters:
    ///   - request: Its method and headers decide about the answer, its path does not.
    ///   - path: The file below the folder, with slashes between names, not escaped.
    /// - Throws: `HTTPError` 404 where no such file is, or 403 for a dotfile that may not be read; `DOMException` if the
    ///   disk can't be read.
    public func response(to request: Request, path: String) async throws -> Response {
        let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return try await response(to: request, names: path.isEmpty ? [] : names, sendsIndex: true)
    }

    /// - Parameter names: The names of folders and file, as they stand in the request's path, decoded.
    func response(to request: Request, names: [String], sendsIndex: Bool) async throws -> Response {
        try check(names)
        let lookup = FileLookup(
            folder: folder, names: names, index: index, sendsIndex: sendsIndex, extensions: extensions,
            codings: codings(of: request), readLimit: readsAtOnce(request) ? Self.readLimit : -1)
        switch try await offload({ () throws in try lookup.perform() }) {
        case .nothing: throw HTTPError.notFound
        case .index(let page):
            // Relative, and so the same below any base path.
            let folder = request.url.pathname.split(separator: "/").last ?? "."
            return Response(
                status: .temporaryRedirect, headers: [.location: "./\(folder)/\(page)\(request.url.search)"])
        case .found(let found): return response(found).conditional(for: request)
        }
    }

    // MARK: - Algorithm

    private func check(_ names: [String]) throws {
        guard names.allSatisfy(Self.isName) else { throw HTTPError.notFound }
        if dotfiles == .allow { return }
        let hidden = names.enumerated().contains { position, name in
            name.utf8.first == 0x2E && !(position == 0 && name == ".well-known")
        }
        guard hidden else { return }
        throw dotfiles == .deny ? HTTPError.forbidden : HTTPError.notFound
    }

    /// Whether it can be the name of a file, and of no other than is meant.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".."
            && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    }

    /// Those of the codings that the client likes better than none.
    private func codings(of request: Request) -> [FileLookup.Coding] {
        guard precompressed, request.headers[.acceptEncoding] != nil else { return [] }
        let all = FileLookup.Coding.all
        return request.rankedEncodings(all.map(\.name) + ["identity"]).prefix { $0 < all.count }.map { all[$0] }
    }

    /// Whether the body will be needed, whole or in part.
    private func readsAtOnce(_ request: Request) -> Bool {
        request.method == .GET && request.headers[.ifNoneMatch] == nil && request.headers[.ifModifiedSince] == nil
    }

    private func response(_ found: FileLookup.Found) -> Response {
        let file = found.file
        // RFC 9110 §8.8.1: a tag is strong if each change of the bytes changes it, and the system's clock has ticks.
        let isUnsettled = found.time - file.lastModified < Self.unsettledTime
        let version = String(file.size, radix: 16) + "-" + String(file.version, radix: 16)
        var headers: Headers = [
            .contentType: MIMEType.contentType(ofFile: found.name),
            .etag: EntityTag(opaque: version, isWeak: isUnsettled).description,
        ]
        // A date of whole seconds would stand for all versions of its second: RFC 9110 §8.8.2.2.
        if !isUnsettled { headers[.lastModified] = HTTPDate.format(secondsSince1970: file.lastModified) }
        if let cacheControl { headers[.cacheControl] = cacheControl }
        if precompressed { headers[.vary] = "Accept-Encoding" }
        if let coding = found.coding { headers[.contentEncoding] = coding }
        if let bytes = found.bytes { return Response(bytes, headers: headers) }
        return Response(Body(file: file.range), headers: headers)
    }
}
