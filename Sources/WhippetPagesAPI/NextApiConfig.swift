// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The settings of an API route, as Next's `config` has them.
///
/// ```swift
/// import Whippet
/// import WhippetPagesAPI
///
/// let config = NextApiConfig(api: .init(bodyParser: .init(sizeLimit: "500kb")), maxDuration: 5)
/// let webhook = NextApiConfig(api: .init(bodyParser: false))
/// ```
public struct NextApiConfig: Sendable {
    /// What concerns the route itself.
    public struct API: Sendable {
        /// How bodies are read; `false` to read them yourself.
        public var bodyParser: BodyParser
        /// From how many bytes on a response is warned of; `false` for never.
        public var responseLimit: ByteLimit
        /// Whether somebody else answers where the handler does not: nothing is warned of then.
        public var externalResolver: Bool

        /// Makes the settings; each has Next's default.
        public init(
            bodyParser: BodyParser = BodyParser(), responseLimit: ByteLimit = true, externalResolver: Bool = false
        ) {
            self.bodyParser = bodyParser
            self.responseLimit = responseLimit
            self.externalResolver = externalResolver
        }
    }

    /// How bodies are read.
    public struct BodyParser: Sendable, ExpressibleByBooleanLiteral {
        /// How many bytes a body has at most, 1 MiB unless said otherwise; a larger one is answered with 413.
        public var sizeLimit: ByteLimit
        let isEnabled: Bool

        /// Reads bodies up to a size.
        public init(sizeLimit: ByteLimit = "1mb") {
            self.sizeLimit = sizeLimit
            isEnabled = true
        }

        /// Reads bodies of 1 MiB at most, or none.
        public init(booleanLiteral isEnabled: Bool) {
            sizeLimit = "1mb"
            self.isEnabled = isEnabled
        }
    }

    /// What concerns the route itself.
    public var api: API
    /// After how many seconds a handler is cancelled and answered for with 504; nil for the application's own limit.
    public var maxDuration: Int?

    /// Makes the settings; each has Next's default.
    public init(api: API = API(), maxDuration: Int? = nil) {
        self.api = api
        self.maxDuration = maxDuration
    }

    /// The first setting that has no meaning.
    var problem: String? {
        if api.bodyParser.sizeLimit.isMalformed {
            return "bodyParser.sizeLimit: \"\(api.bodyParser.sizeLimit.text)\" is no number of bytes"
        }
        if api.responseLimit.isMalformed {
            return "responseLimit: \"\(api.responseLimit.text)\" is no number of bytes"
        }
        if let maxDuration, maxDuration <= 0 {
            return "maxDuration: \(maxDuration) is not a positive number of seconds"
        }
        return nil
    }
}
