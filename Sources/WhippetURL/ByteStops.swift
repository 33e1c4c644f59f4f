// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// Sets of bytes at which the parser's loops have to look closer; like every set of its type they hold all bytes that
/// are not ASCII.
extension PercentEncodeSet {
    /// What may end an authority or its credentials: `/`, `?`, `#`, `\`, `@`.
    static let authorityStops = PercentEncodeSet(low: 0x8000_8008_0000_0000, high: 0x0000_0000_1000_0001)
    /// The [forbidden domain code points](https://url.spec.whatwg.org/#forbidden-domain-code-point), `%` among them.
    static let domainStops = PercentEncodeSet(low: 0xD400_8029_FFFF_FFFF, high: 0x9000_0000_7800_0001)
    /// The path set, `/` and `\`.
    static let pathStops = PercentEncodeSet(low: 0xD000_800D_FFFF_FFFF, high: 0xA800_0001_5000_0000)
}
