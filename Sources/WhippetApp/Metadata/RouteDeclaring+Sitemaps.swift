// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetURL

extension RouteDeclaring {
    /// Declares a sitemap in parts: one below each `sitemap/<id>.xml`, and `sitemap.xml` that lists them.
    ///
    /// A part may have 50,000 pages: [limits](https://www.sitemaps.org/faq.html#faq_sitemap_size).
    /// ```swift
    /// app.sitemaps(
    ///     "/products", ids: { ["0", "1"] },
    ///     sitemap: { id in [Sitemap.Entry("https://example.com/products/\(id)")] })
    /// ```
    /// - Parameters:
    ///   - path: What stands before `/sitemap.xml` and `/sitemap/<id>.xml`; empty for the root.
    ///   - ids: The parts that there are.
    ///   - sitemap: Makes one of them.
    public func sitemaps(
        _ path: String = "", ids: @escaping @Sendable () async throws -> [String],
        sitemap: @escaping @Sendable (String) async throws -> Sitemap, file: StaticString = #fileID,
        line: UInt = #line
    ) {
        let prefix = path == "/" ? "" : path
        let declarations = SitemapParts(ids: ids, sitemap: sitemap).declarations(place: .line(file, line))
        routes.declare { scope in
            for var declaration in declarations {
                declaration.path = prefix + declaration.path
                scope.routes.append(declaration)
            }
        }
    }
}

/// A sitemap in parts.
struct SitemapParts: Sendable {
    /// The name of the parameter, which no folder should have.
    private static let parameter = "__metadata_id__"

    var ids: @Sendable () async throws -> [String]
    var sitemap: @Sendable (String) async throws -> Sitemap

    /// The routes of the parts and of their list.
    func declarations(place: DeclarationPlace, _ settings: ScopeSettings = ScopeSettings()) -> [RouteDeclaration] {
        let part = MethodHandler(method: .GET) { _, context in
            let name = context.params[Self.parameter] ?? ""
            guard let id = try await ids().first(where: { $0 + ".xml" == name }) else { throw HTTPError.notFound }
            return try await sitemap(id).response
        }
        let list = MethodHandler(method: .GET) { request, _ in
            // Of the host that was asked: no program knows all of its names.
            var url = request.url
            url.search = ""
            url.pathname = request.basePath + String(url.pathname.dropLast(".xml".count))
            var xml = XMLText()
            xml.append("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
            for id in try await ids() {
                xml.append("<sitemap>\n")
                var part = url
                part.pathname += "/\(id).xml"
                xml.element("loc", part.href)
                xml.append("</sitemap>\n")
            }
            xml.append("</sitemapindex>\n")
            return .metadata(xml.text, type: "application/xml")
        }
        // It names the host that was asked.
        var listSettings = settings
        listSettings.segment.dynamic = .forceDynamic
        return [
            RouteDeclaration(path: "/sitemap/[\(Self.parameter)]", handlers: [part], settings: settings, place: place),
            RouteDeclaration(path: "/sitemap.xml", handlers: [list], settings: listSettings, place: place),
        ]
    }
}
