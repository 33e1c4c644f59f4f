// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Why the parser fails: the standard's [validation errors](https://url.spec.whatwg.org/#validation-error) that end it.
enum URLFailure: Error {
    case missingSchemeNonRelativeURL
    case hostMissing
    case hostInvalidCodePoint
    case domainToASCII
    case domainInvalidCodePoint
    case portOutOfRange
    case portInvalid
    case ipv4TooManyParts
    case ipv4NonNumericPart
    case ipv4OutOfRangePart
    case ipv6Unclosed
    case ipv6InvalidCompression
    case ipv6TooManyPieces
    case ipv6MultipleCompression
    case ipv6InvalidCodePoint
    case ipv6TooFewPieces
    case ipv4InIPv6InvalidCodePoint
    case ipv4InIPv6TooManyPieces
    case ipv4InIPv6OutOfRangePart
    case ipv4InIPv6TooFewParts
    case inputTooLong

    /// The rule that the input breaks.
    var rule: String {
        switch self {
        case .missingSchemeNonRelativeURL: "it has no scheme, and no base URL completes it"
        case .hostMissing: "the host is missing"
        case .hostInvalidCodePoint: "the host has a forbidden character"
        case .domainToASCII: "the domain can't be converted to ASCII"
        case .domainInvalidCodePoint: "the domain has a forbidden character"
        case .portOutOfRange: "the port is above 65535"
        case .portInvalid: "the port is not a number"
        case .ipv4TooManyParts: "the IPv4 address has more than four parts"
        case .ipv4NonNumericPart: "a part of the IPv4 address is not a number"
        case .ipv4OutOfRangePart: "a part of the IPv4 address is too large"
        case .ipv6Unclosed: "the IPv6 address has no closing bracket"
        case .ipv6InvalidCompression: "the IPv6 address begins with a single colon"
        case .ipv6TooManyPieces: "the IPv6 address has more than eight pieces"
        case .ipv6MultipleCompression: "the IPv6 address is compressed twice"
        case .ipv6InvalidCodePoint: "the IPv6 address has an invalid character"
        case .ipv6TooFewPieces: "the IPv6 address has fewer than eight pieces"
        case .ipv4InIPv6InvalidCodePoint: "the IPv4 address in the IPv6 address has an invalid character"
        case .ipv4InIPv6TooManyPieces: "the IPv4 address in the IPv6 address follows more than six pieces"
        case .ipv4InIPv6OutOfRangePart: "a part of the IPv4 address in the IPv6 address is above 255"
        case .ipv4InIPv6TooFewParts: "the IPv4 address in the IPv6 address has fewer than four parts"
        case .inputTooLong: "it is too long"
        }
    }

    /// The error that the constructor throws for an input, of which a long one is cut.
    func typeError(_ input: String) -> TypeError {
        let shown = input.utf8.count <= 200 ? input : "\(input.prefix(100))…"
        return TypeError("URL: \"\(shown)\" is not a valid URL: \(rule)")
    }
}
