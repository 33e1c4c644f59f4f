// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The place where the module WhippetLegacyEncodings leaves its decoders.
///
/// That module stands above this one, so it registers itself: by a call, or by a function that the program's loader
/// notes at start and that runs when somebody asks for such an encoding for the first time.
package enum MultiByteDecoders {
    /// Makes a decoder, nil for an encoding that the maker does not know.
    package typealias Make = @Sendable (Encoding) -> (any EncodingDecoder)?

    private static let registered = Locked<Make?>(nil)
    private static let noted = Atomic<Int>(0)

    /// Registers the maker of decoders; the last one counts.
    package static func register(_ make: @escaping Make) {
        registered.withLock { $0 = make }
    }

    /// Notes a function that will call `register`, and does nothing more: the loader runs this before `main`.
    package static func note(_ registration: @convention(c) () -> Void) {
        // SAFETY: a C function's pointer has the size of an Int, and `make` turns it back into the same type.
        noted.store(unsafeBitCast(registration, to: Int.self), ordering: .releasing)
    }

    /// The registered maker, nil where WhippetLegacyEncodings is not part of the program.
    static var make: Make? {
        if let make = registered.withLock({ $0 }) { return make }
        let registration = noted.load(ordering: .acquiring)
        guard registration != 0 else { return nil }
        // SAFETY: only `note` stores other numbers than 0, and each is such a function.
        unsafeBitCast(registration, to: (@convention(c) () -> Void).self)()
        return registered.withLock { $0 }
    }
}
