// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetStreams

// What becomes of a handler's answer.
extension CacheOutcome {
    /// Why an answer is for one client alone; nil if it is for everybody.
    static func privacy(of response: Response) -> String? {
        if !response.headers.getSetCookie().isEmpty { return "it sets a cookie" }
        if let control = response.headers[.cacheControl] {
            for directive in ["private", "no-store"] where control.hasListMember(directive) {
                return "its Cache-Control says \(directive)"
            }
        }
        if let vary = response.headers[.vary] {
            for name in vary.split(separator: ",") {
                let name = name.trimmingBlanks().lowercased()
                if !name.isEmpty, name != "accept-encoding", name != "origin" { return "it varies by \(name)" }
            }
        }
        return response.status == .partialContent ? "it is a part" : nil
    }

    /// Whether answers of a status are kept: those of success, redirects and what is not there.
    static func isKept(_ status: Status) -> Bool {
        switch status.rawValue {
        case 206, 304: false
        case 200...399, 404, 410: true
        default: false
        }
    }

    /// The bytes of a body, in one piece or as far as they may be kept.
    enum Contents {
        case whole([UInt8])
        /// It is longer: what was read, and the rest.
        case longer([[UInt8]], any BodySequence)
    }

    /// Reads a body up to a number of bytes.
    ///
    /// - Throws: What its source throws: then it is not complete.
    static func contents(of response: Response, limit: Int) async throws -> Contents {
        let source = try response.sourceForSending()
        switch source {
        case .empty: return .whole([])
        case .string(let text) where text.utf8.count <= limit: return .whole(Array(text.utf8))
        case .bytes(let bytes) where bytes.count <= limit: return .whole(bytes)
        default: break
        }
        let sequence = try source.makeSequence()
        var chunks: [[UInt8]] = []
        var count = 0
        while count <= limit {
            try Task.checkCancellation()
            guard let chunk = try await sequence.next() else { return .whole(Array(chunks.joined())) }
            chunks.append(chunk)
            count += chunk.count
        }
        return .longer(chunks, sequence)
    }
}

/// Chunks that were read already, and those behind them.
final class ResumedSequence: BodySequence {
    private let chunks: Locked<[[UInt8]]>
    private let rest: any BodySequence

    init(_ chunks: [[UInt8]], _ rest: any BodySequence) {
        self.chunks = Locked(chunks.reversed())
        self.rest = rest
    }

    var length: Int? { nil }

    func next() async throws -> [UInt8]? {
        if let chunk = chunks.withLock({ $0.popLast() }) { return chunk }
        return try await rest.next()
    }

    func cancel(_ reason: any Error) {
        rest.cancel(reason)
    }
}

extension StringProtocol {
    /// Whether a list such as that of `Cache-Control` has a member, whatever its value.
    fileprivate func hasListMember(_ name: String) -> Bool {
        split(separator: ",").contains { member in
            let word = member.prefix { $0 != "=" }
            return ASCII.equalsIgnoringCase(String(word.trimmingBlanks()), name)
        }
    }

    func trimmingBlanks() -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
