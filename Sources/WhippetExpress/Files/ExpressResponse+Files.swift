// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

extension ExpressResponse {
    /// Sends a file: type by its name, `ETag`, `Last-Modified`, conditions and a range.
    ///
    /// A file that is not there is a 404 for the error handlers; a folder passes the request on.
    /// ```swift
    /// let app = express()
    /// app.get("/files/:name") { req, res in
    ///     await res.sendFile(req.params.name, .init(maxAge: .seconds(3600), root: "/srv/files"))
    /// }
    /// ```
    /// - Parameters:
    ///   - path: An absolute path, or one below the root of the options. It may not hold `..` that leads further up.
    ///   - options: How it is sent.
    public func sendFile(_ path: String, _ options: SendFileOptions = .init()) async {
        do {
            try await transfer(path, options)
        } catch is FolderError {
            passesOn = true
        } catch {
            fail(error)
        }
    }

    /// Sends a file and says how that went: what goes wrong is the callback's to answer.
    ///
    /// - Parameter callback: Gets nil once the file is on its way, or what went wrong.
    public func sendFile(
        _ path: String, _ options: SendFileOptions = .init(), _ callback: ((any Error)?) async throws -> Void
    ) async rethrows {
        do {
            try await transfer(path, options)
        } catch {
            try await callback(error)
            return
        }
        try await callback(nil)
    }

    /// Sends a file for the client to save, under its own name or another.
    public func download(_ path: String, _ filename: String? = nil, _ options: SendFileOptions = .init()) async {
        let (path, options) = Self.attaching(path, filename, options)
        await sendFile(path, options)
    }

    /// Sends a file for the client to save, and says how that went.
    public func download(
        _ path: String, _ filename: String? = nil, _ options: SendFileOptions = .init(),
        _ callback: ((any Error)?) async throws -> Void
    ) async rethrows {
        let (path, options) = Self.attaching(path, filename, options)
        try await sendFile(path, options, callback)
    }

    private static func attaching(
        _ path: String, _ filename: String?, _ options: SendFileOptions
    ) -> (String, SendFileOptions) {
        var options = options
        let name = ContentDisposition.attachment(filename ?? path)
        options.disposition = name
        // As in Express, a relative path is one of the folder that the process runs in.
        if options.root == nil, path.utf8.first != 0x2F { options.root = "." }
        return (path, options)
    }

    /// A path leads to a folder.
    private struct FolderError: Error {}

    private func transfer(_ path: String, _ options: SendFileOptions) async throws {
        guard options.root != nil || path.utf8.first == 0x2F else {
            throw TypeError("path must be absolute or specify root to res.sendFile")
        }
        switch await (try FilePath(path, options)).look() {
        case .file(let file): try FileAnswer(request: request, response: self, options: options).send(file)
        case .folder: throw FolderError()
        case .nothing: throw HTTPError(.notFound)
        }
    }
}
