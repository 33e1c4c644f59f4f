// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Bytes that a client sends, and what may come back.
struct WireCase: Sendable {
    /// What becomes of the connection after the answers.
    enum End: Sendable {
        /// It ends, and what is sent behind the request is not answered.
        case closes
        /// The request behind it is answered, too.
        case goesOn
        /// RFC 9110 and RFC 9112 leave it open.
        case either
    }

    var name: String
    var bytes: [UInt8]
    /// The statuses that each answer may have.
    var answers: [Set<Int>]
    var end: End
    /// The body of the first answer, where it is looked at.
    var body: String?
    /// Whether the first answer is one to `HEAD`.
    var isHEAD: Bool { bytes.starts(with: "HEAD ".utf8) }

    init(_ name: String, _ text: String, answers: [Set<Int>], _ end: End) {
        self.name = name
        // Each character is a byte.
        bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        self.answers = answers
        self.end = end
    }

    /// What comes behind each case.
    static let next = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    /// Why an exchange is not as it should be; nil if it is.
    func fault(in received: [UInt8]) -> String? {
        guard let all = WireAnswer.all(in: received, isHEAD: isHEAD) else {
            return "no row of answers: \(String(decoding: received.prefix(200), as: UTF8.self))"
        }
        let statuses = all.map(\.status)
        guard all.count >= answers.count, zip(statuses, answers).allSatisfy({ $1.contains($0) }) else {
            return "\(statuses) instead of \(answers)"
        }
        if let body, statuses.first == 200, all.first.map({ String(decoding: $0.body, as: UTF8.self) }) != body {
            return "another body"
        }
        switch end {
        case .closes:
            if all.count > answers.count { return "what follows is answered: \(statuses)" }
            if all.last?.saysClose != true { return "the last answer does not say that the connection ends" }
        case .goesOn:
            if Array(statuses.dropFirst(answers.count)) != [200] { return "what follows is not answered: \(statuses)" }
        case .either:
            if all.count > answers.count + 1 { return "too many answers: \(statuses)" }
        }
        return nil
    }
}

/// One answer among those that came on a connection.
struct WireAnswer {
    var status: Int
    var saysClose: Bool
    var body: ArraySlice<UInt8>

    /// The answers that these bytes are, nil if they are none or broken.
    static func all(in bytes: [UInt8], isHEAD: Bool) -> [WireAnswer]? {
        var rest = bytes[...]
        var answers: [WireAnswer] = []
        while !rest.isEmpty {
            guard let answer = take(&rest, hasContent: !(isHEAD && answers.isEmpty)) else { return nil }
            answers.append(answer)
        }
        return answers
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, hasContent: Bool) -> WireAnswer? {
        var fields: [String: String] = [:]
        guard let start = takeLine(&rest), start.hasPrefix("HTTP/1.1 "), let status = Int(start.dropFirst(9).prefix(3))
        else { return nil }
        while let line = takeLine(&rest), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            fields[line[..<colon].lowercased()] = line[colon...].dropFirst().drop { $0 == " " }.lowercased()
        }
        var answer = WireAnswer(status: status, saysClose: fields["connection"] == "close", body: [])
        guard fields["date"] != nil else { return nil }
        if !hasContent || status == 204 || status == 304 { return answer }
        if fields["transfer-encoding"] == "chunked" {
            while let size = takeLine(&rest).flatMap({ Int($0, radix: 16) }) {
                guard rest.count >= size else { return nil }
                answer.body += rest.prefix(size)
                rest = rest.dropFirst(size)
                guard takeLine(&rest) == "" else { return nil }
                if size == 0 { return answer }
            }
            return nil
        }
        let length = fields["content-length"].flatMap { Int($0) } ?? rest.count
        guard rest.count >= length else { return nil }
        answer.body = rest.prefix(length)
        rest = rest.dropFirst(length)
        return answer
    }

    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: 0x0D), rest.index(after: end) < rest.endIndex, rest[end + 1] == 0x0A else {
            return nil
        }
        defer { rest = rest[(end + 2)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
