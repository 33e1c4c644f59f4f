// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON

/// What `sitemap.swift`, `robots.swift` or `manifest.swift` exports.
struct MetadataExports: Sendable {
    /// Below the folder.
    var path: String
    /// Nil for a sitemap in parts.
    var make: Handler?
    var sitemap: (@Sendable (String) async throws -> Sitemap)?
    var ids: (@Sendable () async throws -> [String])?
}

extension RouteFile {
    /// The routes of what the file exports.
    var declarations: [RouteDeclaration] {
        var problem: String?
        var declarations: [RouteDeclaration]
        var settings = settings
        // Next's rule: what looks at no request is made once.
        if metadata != nil, settings.segment.dynamic == nil { settings.segment.dynamic = .forceStatic }
        switch metadata {
        case nil:
            declarations = [
                RouteDeclaration(
                    path: "", handlers: handlers, settings: settings, staticParams: staticParams, place: .text(source))
            ]
        case let metadata? where metadata.ids != nil || metadata.sitemap != nil:
            if let ids = metadata.ids, let sitemap = metadata.sitemap {
                declarations = SitemapParts(ids: ids, sitemap: sitemap).declarations(place: .text(source), settings)
            } else {
                declarations = [RouteDeclaration(path: metadata.path, handlers: [], place: .text(source))]
                problem = "\(source): generateSitemaps and func sitemap(id: String) belong together"
            }
        case let metadata?:
            let handlers = metadata.make.map { [MethodHandler(method: .GET, run: $0)] } ?? []
            declarations = [
                RouteDeclaration(path: metadata.path, handlers: handlers, settings: settings, place: .text(source))
            ]
        }
        for index in declarations.indices { declarations[index].problem = problem }
        return declarations
    }

    private mutating func exportMetadata(_ path: String, _ change: (inout MetadataExports) -> Void) {
        var exports = metadata ?? MetadataExports(path: path)
        change(&exports)
        metadata = exports
    }

    private mutating func export(
        _ path: String, _ make: @escaping @Sendable () async throws -> some ResponseConvertible
    ) {
        exportMetadata(path) { $0.make = { _, _ in try await make().response } }
    }

    /// Exports `sitemap`.
    public mutating func export(sitemap: @escaping @Sendable () async throws -> Sitemap, line: Int) {
        export("/sitemap.xml", sitemap)
    }

    /// Exports `sitemap` as a list of pages.
    public mutating func export(sitemap: @escaping @Sendable () async throws -> [Sitemap.Entry], line: Int) {
        export("/sitemap.xml") { Sitemap(try await sitemap()) }
    }

    /// Exports `sitemap` of one of the parts that `generateSitemaps` names.
    public mutating func export(sitemap: @escaping @Sendable (String) async throws -> Sitemap, line: Int) {
        exportMetadata("/sitemap.xml") { $0.sitemap = sitemap }
    }

    /// Exports `sitemap` of one of the parts that `generateSitemaps` names, as a list of pages.
    public mutating func export(sitemap: @escaping @Sendable (String) async throws -> [Sitemap.Entry], line: Int) {
        exportMetadata("/sitemap.xml") { $0.sitemap = { Sitemap(try await sitemap($0)) } }
    }

    /// Exports `generateSitemaps`: the parts of the sitemap, each a file below `sitemap`.
    public mutating func export(
        generateSitemaps: @escaping @Sendable () async throws -> [some CustomStringConvertible & SendableMetatype],
        line: Int
    ) {
        exportMetadata("/sitemap.xml") { $0.ids = { try await generateSitemaps().map(\.description) } }
    }

    /// Exports `robots`.
    public mutating func export(robots: @escaping @Sendable () async throws -> Robots, line: Int) {
        export("/robots.txt", robots)
    }

    /// Exports `manifest`.
    public mutating func export(manifest: @escaping @Sendable () async throws -> Manifest, line: Int) {
        export("/manifest.webmanifest", manifest)
    }

    /// Exports `manifest` as JSON.
    public mutating func export(manifest: @escaping @Sendable () async throws -> JSON, line: Int) {
        export("/manifest.webmanifest") { Manifest(try await manifest()) }
    }
}
