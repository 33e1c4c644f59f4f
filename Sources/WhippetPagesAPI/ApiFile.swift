// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp

/// What a file below `pages/api` exports: written by the build plugin, not by hand.
public struct ApiFile {
    var config = NextApiConfig()
    var run: NextApiRoute.Run?

    /// Exports `config`.
    public mutating func export(config: NextApiConfig, line: Int) { self.config = config }

    /// Exports `handler`.
    public mutating func export(
        handler: @escaping @Sendable (NextApiRequest, NextApiResponse<Any>) async throws -> Void, line: Int
    ) {
        run = { try await handler($0, NextApiResponse($1)) }
    }

    /// Exports `handler`, whose `json` and `send` take one type.
    public mutating func export<ResponseData: Encodable & SendableMetatype>(
        handler: @escaping @Sendable (NextApiRequest, NextApiResponse<ResponseData>) async throws -> Void, line: Int
    ) {
        run = { try await handler($0, NextApiResponse($1)) }
    }
}

extension Routes {
    /// Adds the exports of a file below `pages/api`: called by what the build plugin writes.
    ///
    /// - Parameters:
    ///   - path: The file's path below `pages`, as it is asked for, such as `api/post/[pid]`.
    ///   - source: The file, for messages.
    public func apiFile(_ path: String, source: String, _ export: (inout ApiFile) -> Void) {
        var file = ApiFile()
        export(&file)
        guard let run = file.run else { return }
        declare("/" + path, NextApiRoute(file.config, place: source, run))
    }
}
