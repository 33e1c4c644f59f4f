// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

extension URLPattern {
    /// The names of each component's groups, in the order of the API's attributes: a script sees those that did not
    /// match as `undefined`.
    @_spi(Conformance) public var groupNames: [[String]] {
        [
            protocolComponent, usernameComponent, passwordComponent, hostnameComponent, portComponent,
            pathnameComponent, searchComponent, hashComponent,
        ].map(\.groupNames)
    }
}
