// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetJSON

// What an API route does to answers that are kept.
extension NextApiResponse {
    /// Says that the kept answer of a path is no longer right: the next request for it waits for a new one.
    ///
    /// - Parameter urlPath: The path, such as `/posts/7`.
    /// - Throws: `TypeError` for what is no path; what the store of kept answers throws.
    public func revalidate(_ urlPath: String) async throws {
        guard urlPath.hasPrefix("/") else {
            throw TypeError("res.revalidate: \"\(urlPath)\" is no path such as /blog/post-1")
        }
        try await revalidatePath(urlPath)
    }

    /// Turns the draft mode of the client on or off: with it, answers are made for each request.
    ///
    /// - Throws: `OutsideRequestError` when the request is over.
    @discardableResult
    public func setDraftMode(enable: Bool) throws -> Self {
        let mode = try draftMode()
        if enable {
            try mode.enable()
        } else {
            try mode.disable()
            try mode.setCompanion(PreviewData.cookieName, nil)
        }
        return self
    }

    /// Turns the draft mode of the client off.
    ///
    /// - Throws: `OutsideRequestError` when the request is over.
    @discardableResult
    public func clearDraftMode() throws -> Self { try setDraftMode(enable: false) }

    /// Turns the draft mode of the client on, with data that comes back as `req.previewData`.
    ///
    /// The client can read the data and can't change it: a cookie holds it with a signature.
    /// - Parameters:
    ///   - data: Something encodable, of 2 KiB of JSON at most.
    ///   - maxAge: For how long it is kept; nil for until the browser is closed.
    /// - Throws: `TypeError` for more data; `JSONError` for data that can't be written; `OutsideRequestError` when the
    ///   request is over.
    @discardableResult
    public func setPreviewData(_ data: some Encodable, maxAge: Duration? = nil) throws -> Self {
        let json = try JSON.encode(data)
        guard json.count <= PreviewData.maximumSize else {
            throw TypeError("res.setPreviewData: the data has more than \(PreviewData.maximumSize) bytes")
        }
        let mode = try draftMode()
        try mode.enable()
        try mode.setCompanion(PreviewData.cookieName, String(decoding: json, as: UTF8.self), maxAge: maxAge)
        return self
    }

    /// Turns the draft mode of the client off, and deletes its data.
    ///
    /// - Throws: `OutsideRequestError` when the request is over.
    @discardableResult
    public func clearPreviewData() throws -> Self { try setDraftMode(enable: false) }
}

/// The cookie of a client's preview data.
enum PreviewData {
    static let cookieName = "__next_preview_data"
    /// Next's limit; percent-encoded and signed it still fits into a cookie, unless most of it must be escaped.
    static let maximumSize = 2048
}
