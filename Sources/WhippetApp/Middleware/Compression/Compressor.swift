// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetStreams

/// Decides which answers are compressed and how, and keeps what that takes from one answer to the next.
final class Compressor: Sendable {
    /// Bodies up to this size are compressed at once, so that their length is known; larger ones while they are sent.
    private static let atOnceLimit = 64 * 1024

    /// A content coding, and the compressions of it that wait for work.
    struct Coding: Sendable {
        /// What `Content-Encoding` calls it.
        let name: String
        let pool: DeflaterPool
    }

    private let codings: [Coding]
    private let names: [String]
    private let minimumBytes: Int
    private let isCompressible: @Sendable (String) -> Bool
    private let hasWarned = Atomic(false)

    init(
        _ formats: [CompressionFormat], level: Int, minimumBytes: Int = 1024,
        isCompressible: @escaping @Sendable (String) -> Bool = CompressibleTypes.contains,
        make: @escaping DeflaterPool.Make = { try Deflater($0, level: $1, memory: $2) }
    ) {
        codings = formats.compactMap { format in
            format.contentCoding.map { Coding(name: $0, pool: DeflaterPool(format, level: level, make)) }
        }
        // Without a coding that it likes better the client gets the answer as it is: that is never a 406.
        names = codings.map(\.name) + ["identity"]
        self.minimumBytes = minimumBytes
        self.isCompressible = isCompressible
    }

    /// The answer as it goes out.
    func compress(
        _ response: consuming Response, for request: Request, log: @Sendable (String) -> Void
    ) -> Response {
        if response.status == .notModified { return Self.weakened(response, for: request) }
        guard isWorthIt(response, for: request) else { return response }
        var response = response
        response.addVary(["Accept-Encoding"])
        guard let name = request.acceptsEncodings(names), let coding = codings.first(where: { $0.name == name }) else {
            return response
        }
        do {
            response = try Self.coded(response, coding)
        } catch let error as MissingLibraryError {
            if !hasWarned.exchange(true, ordering: .relaxed) { log("compression: off: \(error)") }
            return response
        } catch {
            // A body that was sent before: the host says so.
            return response
        }
        response.headers[.contentEncoding] = coding.name
        response.headers[.contentLength] = nil
        // Ranges would be those of the content in its coding, which is made anew each time.
        response.headers[.acceptRanges] = nil
        if let tag = response.headers[.etag], !tag.hasPrefix("W/") { response.headers[.etag] = "W/" + tag }
        return response
    }

    /// Whether the answer would be compressed for a client that takes it.
    private func isWorthIt(_ response: borrowing Response, for request: Request) -> Bool {
        let headers = response.headers
        switch response.status {
        case .noContent, .resetContent, .partialContent: return false
        default: break
        }
        guard headers[.contentEncoding] == nil, headers[.contentRange] == nil else { return false }
        for digest in ["content-digest", "repr-digest", "content-md5"] where headers[Headers.Name(digest)] != nil {
            return false
        }
        // A handler of HEAD says how long the content of GET is.
        let hasNoBody = response.hasNullBody
        guard !hasNoBody || request.method == .HEAD else { return false }
        let length = hasNoBody ? response.declaredLength ?? 0 : response.bodyLength ?? response.declaredLength
        guard length ?? .max >= minimumBytes else { return false }
        if let control = headers[.cacheControl],
            FieldElements(control).contains(where: { $0.lowercased() == "no-transform" })
        {
            return false
        }
        guard let type = headers[.contentType] else { return false }
        return isCompressible(type.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased())
    }

    /// The response with its body in a coding.
    private static func coded(_ response: Response, _ coding: Coding) throws -> Response {
        // A library that is missing shows here, before the head says otherwise.
        if response.hasNullBody {
            coding.pool.giveBack(try coding.pool.take())
            return response
        }
        guard let length = response.bufferedLength, length <= atOnceLimit else {
            let isLive = response.bodyLength == nil
            let deflater = try isLive ? coding.pool.make(.small) : coding.pool.take()
            let body = CompressedBody(
                try response.sourceForSending().makeSequence(), deflater, pool: isLive ? nil : coding.pool)
            return response.replacingBody(body)
        }
        let deflater = try coding.pool.take()
        response.withBufferedBytes { deflater.write(Array($0)) }
        deflater.finish()
        var bytes: [UInt8] = []
        while let piece = try deflater.read() {
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
        coding.pool.giveBack(deflater)
        return response.replacingBody(bytes)
    }

    /// A 304 for a client that has the compressed answer, whose tag is weak.
    private static func weakened(_ response: Response, for request: Request) -> Response {
        guard let tag = response.headers[.etag], !tag.hasPrefix("W/"), let known = request.headers[.ifNoneMatch],
            FieldElements(known).contains(where: { $0 == "W/" + tag })
        else { return response }
        var response = response
        response.headers[.etag] = "W/" + tag
        response.addVary(["Accept-Encoding"])
        return response
    }
}

extension CompressionFormat {
    /// What [RFC 9110 §8.4.1](https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1) calls it; nil for what it does not
    /// know.
    fileprivate var contentCoding: String? {
        switch self {
        case .gzip: "gzip"
        case .deflate: "deflate"
        case .brotli: "br"
        case .deflateRaw: nil
        }
    }
}
