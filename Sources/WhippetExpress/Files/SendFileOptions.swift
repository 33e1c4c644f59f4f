// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp

/// How `res.sendFile`, `res.download` and `express.static` send files.
public struct SendFileOptions: Sendable {
    /// Whether parts of a file can be asked for.
    public var acceptRanges: Bool
    /// Whether `Cache-Control` is set.
    public var cacheControl: Bool
    /// What happens to files and folders whose names begin with a dot.
    public var dotfiles: Dotfiles
    /// Headers of the answer, set where there is a file.
    public var headers: KeyValuePairs<String, String>
    /// Whether `Cache-Control` says that the file never changes.
    public var immutable: Bool
    /// Whether `Last-Modified` is set.
    public var lastModified: Bool
    /// For how long a client may keep the file, a year at most.
    public var maxAge: Duration
    /// The folder that paths are relative to, and that none may lead out of.
    public var root: String?
    /// The value of `Content-Disposition` of a download.
    var disposition: String?

    /// Makes options; each has the default of Express.
    public init(
        acceptRanges: Bool = true, cacheControl: Bool = true, dotfiles: Dotfiles = .ignore,
        headers: KeyValuePairs<String, String> = [:], immutable: Bool = false, lastModified: Bool = true,
        maxAge: Duration = .zero, root: String? = nil
    ) {
        self.acceptRanges = acceptRanges
        self.cacheControl = cacheControl
        self.dotfiles = dotfiles
        self.headers = headers
        self.immutable = immutable
        self.lastModified = lastModified
        self.maxAge = maxAge
        self.root = root
    }

    /// The value of `Cache-Control`.
    var cacheControlValue: String {
        let seconds = min(max(maxAge.components.seconds, 0), 365 * 24 * 3600)
        return "public, max-age=\(seconds)\(immutable ? ", immutable" : "")"
    }
}
