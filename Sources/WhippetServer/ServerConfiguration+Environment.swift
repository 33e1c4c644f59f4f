// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// The variables of the environment that a server's configuration reads.
///
/// A program that calls `App.listen` needs nothing of this; it is there for programs that start a server themselves.
/// ```swift
/// let configuration = try ServerConfiguration().reading(["WHIPPET_LOOPS": "2", "WHIPPET_DRAIN": "5"])
/// expect(configuration.loops == 2)
/// ```
extension ServerConfiguration {
    /// The configuration with what the environment says in place of what the program says.
    ///
    /// `WHIPPET_LOOPS`: event loops, 1 to 1,024. `WHIPPET_BODY_LIMIT`: bytes that are buffered of a body.
    /// `WHIPPET_DRAIN`: seconds that running requests may take after SIGTERM. `WHIPPET_TRUSTED_PROXIES`: addresses and
    /// blocks, separated by commas. `WHIPPET_WATCHDOG`: milliseconds, or `off`.
    /// - Parameter environment: The variables by name.
    /// - Throws: `ListenError` that names the variable and what it may be.
    public func reading(_ environment: [String: String]) throws(ListenError) -> ServerConfiguration {
        var configuration = self
        if let loops = try Self.number("WHIPPET_LOOPS", 1...1024, environment) { configuration.loops = loops }
        if let bytes = try Self.number("WHIPPET_BODY_LIMIT", 0...Int(Int32.max), environment) {
            configuration.limits.bufferedBodyBytes = bytes
        }
        if let seconds = try Self.number("WHIPPET_DRAIN", 0...86_400, environment) {
            configuration.drain = .seconds(seconds)
        }
        if let list = environment["WHIPPET_TRUSTED_PROXIES"], !list.isEmpty {
            let blocks = list.split(separator: ",").map { String($0.drop { $0 == " " }.prefix { $0 != " " }) }
            configuration.trustedProxies = TrustedProxies(blocks)
        }
        if environment["WHIPPET_WATCHDOG"] == "off" {
            configuration.watchdog = nil
        } else if let limit = try Self.number("WHIPPET_WATCHDOG", 1...3_600_000, environment) {
            configuration.watchdog = .milliseconds(limit)
        }
        return configuration
    }

    private static func number(
        _ name: String, _ range: ClosedRange<Int>, _ environment: [String: String]
    ) throws(ListenError) -> Int? {
        guard let text = environment[name], !text.isEmpty else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ListenError(
                "\(name) is \"\(text)\": give a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// The variables that `reading` knows, as the process has them.
    package static var processEnvironment: [String: String] {
        let names = [
            "WHIPPET_LOOPS", "WHIPPET_BODY_LIMIT", "WHIPPET_DRAIN", "WHIPPET_TRUSTED_PROXIES", "WHIPPET_WATCHDOG",
        ]
        var variables: [String: String] = [:]
        for name in names { variables[name] = environmentVariable(name) }
        return variables
    }
}
