// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a `multipart/form-data` body; the number is that of the part, from 1 on.
enum MultipartError: Error, Equatable {
    /// The Content-Type has no boundary that RFC 2046 allows.
    case noBoundary
    /// The body does not begin with the delimiter.
    case noDelimiter
    /// A delimiter is followed by something else than a line break or `--`.
    case malformedDelimiter(part: Int)
    /// A header line is not a name, a colon and a value.
    case malformedHeader(part: Int, line: String)
    /// `Content-Disposition` or `Content-Type` is there twice: readers would not agree on which one counts.
    case repeatedHeader(part: Int, name: String)
    /// There is no `Content-Disposition`.
    case noDisposition(part: Int)
    /// `Content-Disposition` is not `form-data` with well-formed parameters.
    case malformedDisposition(part: Int, value: String)
    /// `Content-Disposition` has no `name`.
    case noName(part: Int)
    /// The body ends before its closing delimiter.
    case incomplete(part: Int)
    /// Something follows the closing delimiter.
    case trailingBytes
    case tooManyParts(limit: Int)
    case headersTooLarge(part: Int, limit: Int)
    case partTooLarge(part: Int, limit: Int)
    case tooLarge(limit: Int)

    /// Whether the body is too large, not wrong.
    var isLimit: Bool {
        switch self {
        case .tooManyParts, .headersTooLarge, .partTooLarge, .tooLarge: true
        default: false
        }
    }

    /// What is wrong, in one sentence.
    var message: String {
        switch self {
        case .noBoundary: "the Content-Type has no valid boundary"
        case .noDelimiter: "the body does not begin with the boundary's delimiter"
        case .malformedDelimiter(0): "the first delimiter is followed by other characters"
        case .malformedDelimiter(let part): "the delimiter after part \(part) is followed by other characters"
        case .malformedHeader(let part, let line): "part \(part) has the malformed header line \(quoted(line))"
        case .repeatedHeader(let part, let name): "part \(part) has two headers \(name)"
        case .noDisposition(let part): "part \(part) has no Content-Disposition"
        case .malformedDisposition(let part, let value):
            "part \(part) has the malformed Content-Disposition \(quoted(value))"
        case .noName(let part): "part \(part) has no name"
        case .incomplete(0): "the body is empty or ends within its first delimiter"
        case .incomplete(let part): "the body ends within part \(part), before the closing delimiter"
        case .trailingBytes: "something follows the closing delimiter"
        case .tooManyParts(let limit): "there are more than \(limit) parts"
        case .headersTooLarge(let part, let limit): "the headers of part \(part) are larger than \(limit) bytes"
        case .partTooLarge(let part, let limit): "part \(part) is larger than \(limit) bytes"
        case .tooLarge(let limit): "the body is larger than \(limit) bytes"
        }
    }
}
