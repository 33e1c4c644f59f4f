// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What a `route.swift` exports: written by the build plugin, not by hand.
public struct RouteFile {
    let source: String
    var handlers: [MethodHandler] = []
    var settings = ScopeSettings()
    var segment = SegmentConfig()
    /// The first value that the config may not have, with its line.
    var problem: String?

    init(source: String) {
        self.source = source
    }

    mutating func add(_ method: HTTPMethod, _ line: Int, _ run: @escaping Handler) {
        handlers.append(MethodHandler(method: method, run: run))
    }

    private mutating func fail(_ line: Int, _ sentence: String) {
        if problem == nil { problem = "\(source):\(line): \(sentence)" }
    }

    /// Exports `dynamic`.
    public mutating func export(dynamic: Dynamic, line: Int) {
        segment.dynamic = dynamic
    }

    /// Exports `dynamic` as Next spells it.
    public mutating func export(dynamic: String, line: Int) {
        guard let value = Dynamic(rawValue: dynamic) else {
            return fail(line, "dynamic: \"\(dynamic)\" is none of auto, force-dynamic, error and force-static")
        }
        segment.dynamic = value
    }

    /// Exports `revalidate`.
    public mutating func export(revalidate: Revalidate, line: Int) {
        if case .seconds(let seconds) = revalidate, seconds < 0 {
            return fail(line, "revalidate: \(seconds) is negative")
        }
        segment.revalidate = revalidate
    }

    /// Exports `revalidate` in seconds.
    public mutating func export(revalidate: Int, line: Int) {
        export(revalidate: .seconds(revalidate), line: line)
    }

    /// Exports `revalidate` as `false`: never.
    public mutating func export(revalidate: Bool, line: Int) {
        if revalidate { return fail(line, "revalidate: true has no meaning; give seconds, or false for never") }
        segment.revalidate = .never
    }

    /// Exports `dynamicParams`.
    public mutating func export(dynamicParams: Bool, line: Int) {
        segment.dynamicParams = dynamicParams
    }

    /// Exports `fetchCache`, which is accepted and changes nothing: a handler's own requests are not cached.
    public mutating func export(fetchCache: String, line: Int) {}

    /// Exports `runtime`, which is accepted and changes nothing: there is one.
    public mutating func export(runtime: String, line: Int) {}

    /// Exports `preferredRegion`, which is accepted and changes nothing: that is for who deploys.
    public mutating func export(preferredRegion: String, line: Int) {}

    /// Exports `preferredRegion`, which is accepted and changes nothing.
    public mutating func export(preferredRegion: [String], line: Int) {}

    /// Exports `maxDuration` in seconds.
    public mutating func export(maxDuration: Int, line: Int) {
        guard maxDuration > 0 else {
            return fail(line, "maxDuration: \(maxDuration) is not a positive number of seconds")
        }
        settings.maxDuration = .seconds(maxDuration)
    }

    /// Exports `maxDuration`.
    public mutating func export(maxDuration: Duration, line: Int) {
        guard maxDuration > .zero else { return fail(line, "maxDuration: it is not positive") }
        settings.maxDuration = maxDuration
    }

    /// Exports `bodyLimit` in bytes.
    public mutating func export(bodyLimit: Int, line: Int) {
        guard bodyLimit >= 0 else { return fail(line, "bodyLimit: \(bodyLimit) is negative") }
        settings.bodyLimit = bodyLimit
    }

    /// Exports `cors`.
    public mutating func export(cors: CORS, line: Int) {
        settings.cors = cors
    }
}
