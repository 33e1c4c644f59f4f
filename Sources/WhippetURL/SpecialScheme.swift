// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Which [special scheme](https://url.spec.whatwg.org/#special-scheme) a URL has, if any.
enum SpecialScheme: UInt8, Sendable {
    case other
    case http
    case https
    case ws
    case wss
    case ftp
    case file

    /// Recognises a scheme, written in either case.
    init(_ bytes: Span<UInt8>) {
        func letter(_ index: Int) -> UInt8 { bytes[index] | 0x20 }
        switch bytes.count {
        case 2 where letter(0) == 0x77 && letter(1) == 0x73: self = .ws
        case 3 where letter(0) == 0x77 && letter(1) == 0x73 && letter(2) == 0x73: self = .wss
        case 3 where letter(0) == 0x66 && letter(1) == 0x74 && letter(2) == 0x70: self = .ftp
        case 4 where letter(0) == 0x68 && letter(1) == 0x74 && letter(2) == 0x74 && letter(3) == 0x70: self = .http
        case 4 where letter(0) == 0x66 && letter(1) == 0x69 && letter(2) == 0x6C && letter(3) == 0x65: self = .file
        case 5
        where letter(0) == 0x68 && letter(1) == 0x74 && letter(2) == 0x74 && letter(3) == 0x70 && letter(4) == 0x73:
            self = .https
        default: self = .other
        }
    }

    /// Whether this is a special scheme at all.
    var isSpecial: Bool { self != .other }

    /// The scheme's [default port](https://url.spec.whatwg.org/#default-port).
    var defaultPort: UInt16? {
        switch self {
        case .http, .ws: 80
        case .https, .wss: 443
        case .ftp: 21
        case .file, .other: nil
        }
    }
}
