// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// What a `route.swift` exports: written by the build plugin, not by hand.
public struct RouteFile: SegmentExporting {
    let source: String
    var handlers: [MethodHandler] = []
    var settings = ScopeSettings()
    /// What a metadata file exports; nil for a route file.
    var metadata: MetadataExports?
    var staticParams: StaticParamsFunction?

    init(source: String) {
        self.source = source
    }

    @usableFromInline
    mutating func add(_ method: HTTPMethod, _ line: Int, _ run: @escaping Handler) {
        handlers.append(MethodHandler(method: method, run: run))
    }

    /// Exports a part of the config.
    public mutating func export(_ setting: SegmentSetting, line: Int) {
        settings.apply(setting, place: "\(source):\(line)")
    }

    /// Exports `generateStaticParams`.
    public mutating func export(
        generateStaticParams: @escaping @Sendable () async throws -> [StaticParams], line: Int
    ) {
        staticParams = StaticParamsFunction(run: generateStaticParams)
    }

    /// Exports `generateStaticParams` of a route whose parameters are all segments.
    public mutating func export(
        generateStaticParams: @escaping @Sendable () async throws -> [[String: String]], line: Int
    ) {
        staticParams = StaticParamsFunction {
            try await generateStaticParams().map { StaticParams($0.mapValues { .segment($0) }) }
        }
    }

    /// Exports `generateStaticParams` of a route whose parameter is a catch-all.
    public mutating func export(
        generateStaticParams: @escaping @Sendable () async throws -> [[String: [String]]], line: Int
    ) {
        staticParams = StaticParamsFunction {
            try await generateStaticParams().map { StaticParams($0.mapValues { .segments($0) }) }
        }
    }
}
