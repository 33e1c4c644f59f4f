// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetLegacyEncodings

/// Registers the encodings where nothing else does: no test calls `register()` where the loader is to have noted them.
func registerWhereNeeded() {
    #if !(os(Linux) && compiler(>=6.3))
    LegacyEncodings.register()
    #endif
}
