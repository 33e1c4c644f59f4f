// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The multi-byte encodings of the web's past: Big5, EUC-JP, EUC-KR, GBK, gb18030, ISO-2022-JP and Shift_JIS.
///
/// A program that has this module decodes them with `TextDecoder`, and carries 260 KB of tables for it; without the
/// module their labels are a `RangeError`.
///
/// ```swift
/// import WhippetInfra
/// import WhippetLegacyEncodings
///
/// func text(_ bytes: [UInt8]) throws -> String {
///     LegacyEncodings.register()
///     return try TextDecoder("shift_jis").decode(bytes)
/// }
/// ```
///
/// On Linux, from Swift 6.3 on, to depend on the module is enough: the program's loader notes it at start, which takes
/// one store, and the first `TextDecoder` that needs it does the rest. Elsewhere call `register()` once.
public enum LegacyEncodings {
    /// Makes the encodings known to `TextDecoder`; to call it again does no harm.
    public static func register() {
        MultiByteDecoders.register(decoder)
    }

    /// The decoder of an encoding of this module.
    static func decoder(of encoding: Encoding) -> (any EncodingDecoder)? {
        switch encoding {
        case .big5: QueueDecoder(Big5Decoder())
        case .eucJP: QueueDecoder(EUCJPDecoder())
        case .eucKR: QueueDecoder(EUCKRDecoder())
        // GBK's decoder is gb18030's: https://encoding.spec.whatwg.org/#gbk-decoder
        case .gb18030, .gbk: QueueDecoder(GB18030Decoder())
        case .iso2022JP: QueueDecoder(ISO2022JPDecoder())
        case .shiftJIS: QueueDecoder(ShiftJISDecoder())
        default: nil
        }
    }
}

#if os(Linux) && compiler(>=6.3)
/// One of the functions that the loader calls before `main`.
@section(".init_array")
@used
private let noteRegistration: @convention(c) () -> Void = whippetNoteLegacyEncodings

@c
private func whippetNoteLegacyEncodings() {
    MultiByteDecoders.note { LegacyEncodings.register() }
}
#endif
