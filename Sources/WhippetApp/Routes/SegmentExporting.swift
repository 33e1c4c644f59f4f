// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A part of a config that a file exports: written by the build plugin, not by hand.
public struct SegmentSetting {
    /// Sets it; returns what is wrong with it.
    let apply: (inout ScopeSettings) -> String?

    /// A part that can't be wrong.
    fileprivate init(_ set: @escaping (inout ScopeSettings) -> Void) {
        apply = { settings in
            set(&settings)
            return nil
        }
    }

    /// A part that is wrong, and why.
    fileprivate init(wrong reason: String) {
        apply = { _ in reason }
    }
}

/// What exports a config: the file of a route, for itself, or a folder's, for the routes below.
public protocol SegmentExporting {
    /// Exports a part of the config.
    mutating func export(_ setting: SegmentSetting, line: Int)
}

extension ScopeSettings {
    /// Takes over a part of the config; the first that is wrong is kept with its place.
    mutating func apply(_ setting: SegmentSetting, place: String) {
        guard let reason = setting.apply(&self), problem == nil else { return }
        problem = "\(place): \(reason)"
    }
}

extension SegmentExporting {
    /// Exports `dynamic`.
    public mutating func export(dynamic: Dynamic, line: Int) {
        export(SegmentSetting { $0.segment.dynamic = dynamic }, line: line)
    }

    /// Exports `dynamic` as Next spells it.
    public mutating func export(dynamic: String, line: Int) {
        if let value = Dynamic(rawValue: dynamic) { return export(dynamic: value, line: line) }
        let reason = "dynamic: \"\(dynamic)\" is none of auto, force-dynamic, error and force-static"
        export(SegmentSetting(wrong: reason), line: line)
    }

    /// Exports `revalidate`.
    public mutating func export(revalidate: Revalidate, line: Int) {
        if case .seconds(let seconds) = revalidate, seconds < 0 {
            return export(SegmentSetting(wrong: "revalidate: \(seconds) is negative"), line: line)
        }
        export(SegmentSetting { $0.segment.revalidate = revalidate }, line: line)
    }

    /// Exports `revalidate` in seconds.
    public mutating func export(revalidate: Int, line: Int) {
        export(revalidate: .seconds(revalidate), line: line)
    }

    /// Exports `revalidate` as `false`: never.
    public mutating func export(revalidate: Bool, line: Int) {
        if !revalidate { return export(revalidate: .never, line: line) }
        let reason = "revalidate: true has no meaning; give seconds, or false for never"
        export(SegmentSetting(wrong: reason), line: line)
    }

    /// Exports `dynamicParams`.
    public mutating func export(dynamicParams: Bool, line: Int) {
        export(SegmentSetting { $0.segment.dynamicParams = dynamicParams }, line: line)
    }

    /// Exports `fetchCache`, which is checked and changes nothing: a handler's own requests are not cached.
    public mutating func export(fetchCache: FetchCache, line: Int) {
        export(SegmentSetting { $0.segment.fetchCache = fetchCache }, line: line)
    }

    /// Exports `fetchCache` as Next spells it.
    public mutating func export(fetchCache: String, line: Int) {
        if let value = FetchCache(rawValue: fetchCache) { return export(fetchCache: value, line: line) }
        let reason = "fetchCache: \"\(fetchCache)\" is none of the values that Next has"
        export(SegmentSetting(wrong: reason), line: line)
    }

    /// Exports `runtime`, which is checked and changes nothing: there is one.
    public mutating func export(runtime: Runtime, line: Int) {
        export(SegmentSetting { $0.segment.runtime = runtime }, line: line)
    }

    /// Exports `runtime` as Next spells it.
    public mutating func export(runtime: String, line: Int) {
        if let value = Runtime(rawValue: runtime) { return export(runtime: value, line: line) }
        export(SegmentSetting(wrong: "runtime: \"\(runtime)\" is neither nodejs nor edge"), line: line)
    }

    /// Exports `preferredRegion`, which changes nothing: that is for who deploys.
    public mutating func export(preferredRegion: String, line: Int) {
        export(preferredRegion: [preferredRegion], line: line)
    }

    /// Exports `preferredRegion`, which changes nothing.
    public mutating func export(preferredRegion: [String], line: Int) {
        export(SegmentSetting { $0.segment.preferredRegion = preferredRegion }, line: line)
    }

    /// Exports `maxDuration` in seconds.
    public mutating func export(maxDuration: Int, line: Int) {
        if maxDuration > 0 { return export(maxDuration: .seconds(maxDuration), line: line) }
        let reason = "maxDuration: \(maxDuration) is not a positive number of seconds"
        export(SegmentSetting(wrong: reason), line: line)
    }

    /// Exports `maxDuration`.
    public mutating func export(maxDuration: Duration, line: Int) {
        guard maxDuration > .zero else {
            return export(SegmentSetting(wrong: "maxDuration: it is not positive"), line: line)
        }
        export(SegmentSetting { $0.maxDuration = maxDuration }, line: line)
    }

    /// Exports `bodyLimit` in bytes.
    public mutating func export(bodyLimit: Int, line: Int) {
        guard bodyLimit >= 0 else {
            return export(SegmentSetting(wrong: "bodyLimit: \(bodyLimit) is negative"), line: line)
        }
        export(SegmentSetting { $0.bodyLimit = bodyLimit }, line: line)
    }

    /// Exports `cors`.
    public mutating func export(cors: CORS, line: Int) {
        export(SegmentSetting { $0.cors = cors }, line: line)
    }
}
