// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Byte classes, in this module so that they are inlined: the parser asks them of every byte.
extension UInt8 {
    var isASCIIDigit: Bool { self &- 0x30 < 10 }

    var isASCIIAlpha: Bool { (self | 0x20) &- 0x61 < 26 }

    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The value of a hex digit, nil for another byte.
    var hexDigitValue: UInt8? {
        if self &- 0x30 < 10 { return self &- 0x30 }
        let letter = self | 0x20
        return letter &- 0x61 < 6 ? letter &- 0x57 : nil
    }
}
