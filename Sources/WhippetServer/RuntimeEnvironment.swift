// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Whether the program runs for its developer or for its users.
public enum RuntimeEnvironment: String, Sendable {
    /// Errors are shown, Ctrl-C ends at once.
    case development
    /// Errors are logged and not shown.
    case production

    /// What `WHIPPET_ENV` of the environment says; else development in debug builds, production in release builds.
    public static let current: RuntimeEnvironment = {
        if let named = environmentVariable("WHIPPET_ENV").flatMap(RuntimeEnvironment.init) { return named }
        #if DEBUG
        return .development
        #else
        return .production
        #endif
    }()
}
