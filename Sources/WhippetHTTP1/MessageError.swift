// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A rule of HTTP/1.1 that a received message broke.
///
/// The connection ends after the answer: what follows on it can't be told apart from the broken message any more.
package enum MessageError: Error, Hashable, Sendable, CaseIterable {
    // The lines.
    case bareLineFeed
    case bareCarriageReturn

    // The request line.
    case tooManyEmptyLines
    case malformedRequestLine
    case invalidMethod
    case methodTooLong
    case invalidTarget
    case invalidTargetForm
    case targetTooLong
    case malformedVersion
    case unsupportedVersion

    // The status line.
    case malformedStatusLine

    // The fields.
    case emptyFieldName
    case invalidFieldName
    case whitespaceBeforeColon
    case missingColon
    case obsoleteLineFolding
    case invalidFieldValue
    case fieldBlockTooLarge
    case tooManyFields

    // The fields that decide.
    case missingHost
    case repeatedHost
    case invalidHost
    case invalidContentLength
    case repeatedContentLength
    case contentLengthWithTransferEncoding
    case transferEncodingWithoutHTTP11
    case chunkedNotFinal
    case unsupportedTransferCoding
    case unsupportedExpectation

    // The chunked coding.
    case invalidChunkSize
    case chunkSizeOverflow
    case invalidChunkExtension
    case chunkExtensionsTooLarge
    case unterminatedChunk
    case trailersTooLarge

    /// The status that answers a request that broke this rule.
    package var status: UInt16 {
        switch self {
        case .targetTooLong: 414
        case .unsupportedExpectation: 417
        case .fieldBlockTooLarge, .tooManyFields, .trailersTooLarge: 431
        case .methodTooLong, .unsupportedTransferCoding: 501
        case .unsupportedVersion: 505
        default: 400
        }
    }

    /// The rule, in one sentence that may be shown to the peer.
    package var sentence: String {
        switch self {
        case .bareLineFeed: "A line ends with CR LF, not with LF alone."
        case .bareCarriageReturn: "CR stands only before LF."
        case .tooManyEmptyLines: "Too many empty lines stand before the request line."
        case .malformedRequestLine: "A request line is method, target and version with one space between them."
        case .invalidMethod: "A method is a token."
        case .methodTooLong: "The method is longer than any that is implemented."
        case .invalidTarget: "The target has a byte that a URI may not have."
        case .invalidTargetForm: "The target is not of a form that its method may have."
        case .targetTooLong: "The target is longer than the limit."
        case .malformedVersion: "A version is HTTP/ and two digits with a point between them."
        case .unsupportedVersion: "Only HTTP/1.1 and HTTP/1.0 are spoken here."
        case .malformedStatusLine: "A status line is version, three digits and a reason with one space between them."
        case .emptyFieldName: "A field name is not empty."
        case .invalidFieldName: "A field name is a token."
        case .whitespaceBeforeColon: "No white space stands between a field name and its colon."
        case .missingColon: "A field line has a colon."
        case .obsoleteLineFolding: "A field line does not begin with white space."
        case .invalidFieldValue: "A field value has no control bytes except tab."
        case .fieldBlockTooLarge: "The fields together are larger than the limit."
        case .tooManyFields: "There are more fields than the limit."
        case .missingHost: "A request of HTTP/1.1 has a Host field."
        case .repeatedHost: "A request has one Host field."
        case .invalidHost: "Host is a host name or address, with a port or without."
        case .invalidContentLength: "Content-Length is one number in decimal digits, below 2^63."
        case .repeatedContentLength: "A message has one Content-Length field."
        case .contentLengthWithTransferEncoding: "A message has Content-Length or Transfer-Encoding, not both."
        case .transferEncodingWithoutHTTP11: "Transfer-Encoding is a field of HTTP/1.1."
        case .chunkedNotFinal: "The last transfer coding, and no other, is chunked."
        case .unsupportedTransferCoding: "No transfer coding but chunked is implemented."
        case .unsupportedExpectation: "No expectation but 100-continue can be met."
        case .invalidChunkSize: "A chunk size is a number in hexadecimal digits."
        case .chunkSizeOverflow: "A chunk size is below 2^63."
        case .invalidChunkExtension: "A chunk extension is a semicolon, a name, and maybe an equals sign and a value."
        case .chunkExtensionsTooLarge: "The chunk extensions together are larger than the limit."
        case .unterminatedChunk: "A chunk's data ends with CR LF."
        case .trailersTooLarge: "The trailer fields together are larger than the limit."
        }
    }
}
