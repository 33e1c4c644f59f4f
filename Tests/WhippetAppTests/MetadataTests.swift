// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// Answers about the site itself: sitemaps, rules for robots, manifests, icons.
struct MetadataTests {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let urlset = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""

    private static let video: SitemapVideo = {
        var video = SitemapVideo(
            title: "example", thumbnailLocation: "https://example.com/image.jpg", description: "this")
        video.contentLocation = "http://a/v.mp4"
        video.playerLocation = "https://a/player?video=123&b"
        video.duration = 2
        video.viewCount = 50
        video.tag = "summer"
        video.rating = 4
        video.expirationDate = "2025-09-16"
        video.publicationDate = "2024-09-16"
        video.familyFriendly = true
        video.requiresSubscription = false
        video.live = false
        video.restriction = SitemapVideo.Limit(.allow, "IE GB")
        video.platform = SitemapVideo.Limit(.deny, "web")
        video.uploader = "Grilly"
        video.uploaderInfo = "https://a/users/g"
        return video
    }()

    @Test(
        "A sitemap is the text that Next writes, escaped",
        arguments: [
            (Sitemap([]), "\(urlset)>\n"),
            (
                Sitemap([
                    Sitemap.Entry("https://a", lastModified: "2021-01-01", changeFrequency: .weekly, priority: 0.5),
                    Sitemap.Entry("https://b", priority: 1),
                ]),
                """
                \(urlset)>
                <url>
                <loc>https://a</loc>
                <lastmod>2021-01-01</lastmod>
                <changefreq>weekly</changefreq>
                <priority>0.5</priority>
                </url>
                <url>
                <loc>https://b</loc>
                <priority>1</priority>
                </url>

                """
            ),
            (
                Sitemap([Sitemap.Entry("https://a", alternates: ["es": "https://a/es", "de": "https://a/de"])]),
                """
                \(urlset) xmlns:xhtml="http://www.w3.org/1999/xhtml">
                <url>
                <loc>https://a</loc>
                <xhtml:link rel="alternate" hreflang="es" href="https://a/es" />
                <xhtml:link rel="alternate" hreflang="de" href="https://a/de" />
                </url>

                """
            ),
            (
                Sitemap([Sitemap.Entry("https://a", images: ["https://a/i.jpg"])]),
                """
                \(urlset) xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
                <url>
                <loc>https://a</loc>
                <image:image>
                <image:loc>https://a/i.jpg</image:loc>
                </image:image>
                </url>

                """
            ),
            (
                Sitemap([Sitemap.Entry("https://a", videos: [video])]),
                """
                \(urlset) xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
                <url>
                <loc>https://a</loc>
                <video:video>
                <video:title>example</video:title>
                <video:thumbnail_loc>https://example.com/image.jpg</video:thumbnail_loc>
                <video:description>this</video:description>
                <video:content_loc>http://a/v.mp4</video:content_loc>
                <video:player_loc>https://a/player?video=123&amp;b</video:player_loc>
                <video:duration>2</video:duration>
                <video:view_count>50</video:view_count>
                <video:tag>summer</video:tag>
                <video:rating>4</video:rating>
                <video:expiration_date>2025-09-16</video:expiration_date>
                <video:publication_date>2024-09-16</video:publication_date>
                <video:family_friendly>yes</video:family_friendly>
                <video:requires_subscription>no</video:requires_subscription>
                <video:live>no</video:live>
                <video:restriction relationship="allow">IE GB</video:restriction>
                <video:platform relationship="deny">web</video:platform>
                <video:uploader info="https://a/users/g">Grilly</video:uploader>
                </video:video>
                </url>

                """
            ),
            (
                Sitemap([Sitemap.Entry("https://a/?x=1&y=<2>\"'\u{0}\u{1F}\n")]),
                "\(urlset)>\n<url>\n<loc>https://a/?x=1&amp;y=&lt;2&gt;&quot;&apos;\n</loc>\n</url>\n"
            ),
        ] as [(Sitemap, String)])
    func sitemap(_ sitemap: Sitemap, _ body: String) async throws {
        let response = sitemap.response
        #expect(response.headers["content-type"] == "application/xml")
        #expect(response.headers["cache-control"] == "public, max-age=0, must-revalidate")
        #expect(try await response.text() == Self.head + body + "</urlset>\n")
    }

    @Test(
        "Rules for robots are the text that Next writes",
        arguments: [
            (Robots(), "User-Agent: *\n\n"),
            (
                Robots(
                    [Robots.Rule(userAgent: ["Googlebot"], allow: ["/"], disallow: ["/admin"], crawlDelay: 2)],
                    sitemap: ["https://a/sitemap.xml"], host: "https://a"),
                """
                User-Agent: Googlebot
                Allow: /
                Disallow: /admin
                Crawl-delay: 2

                Host: https://a
                Sitemap: https://a/sitemap.xml

                """
            ),
            (
                Robots([
                    Robots.Rule(userAgent: [], allow: ["/"]),
                    Robots.Rule(userAgent: ["A", "B"], allow: ["/1", "/2"], other: ["Request-Rate": "1/5"]),
                ]),
                "User-Agent: *\nAllow: /\n\nUser-Agent: A\nUser-Agent: B\nAllow: /1\nAllow: /2\nRequest-Rate: 1/5\n\n"
            ),
            (Robots(disallow: ["/a\nAllow: /b\r"]), "User-Agent: *\nDisallow: /a Allow: /b \n\n"),
        ] as [(Robots, String)])
    func robots(_ robots: Robots, _ body: String) async throws {
        let response = robots.response
        #expect(response.headers["content-type"] == "text/plain")
        #expect(response.headers["cache-control"] == "public, max-age=0, must-revalidate")
        #expect(try await response.text() == body)
    }

    @Test("A manifest has its members in the order of the standard, and others behind them")
    func manifest() async throws {
        let manifest = Manifest(
            name: "App", shortName: "A", startURL: "/",
            icons: [Manifest.Icon("/favicon.ico", sizes: "any", type: "image/x-icon")], other: ["x": true])
        let response = manifest.response
        #expect(response.headers["content-type"] == "application/manifest+json")
        #expect(
            try await response.text() == """
                {"name":"App","short_name":"A","start_url":"/",\
                "icons":[{"src":"/favicon.ico","sizes":"any","type":"image/x-icon"}],"x":true}
                """)
    }

    @Test("A sitemap in parts has a list of them, of the host that was asked")
    func parts() async throws {
        let app = App(basePath: "/docs", environment: .production, log: { _ in })
        app.sitemaps("/products", ids: { ["0", "a b"] }, sitemap: { id in [Sitemap.Entry("https://a/\(id)")] })
        let list = await app.fetch(Request("https://shop.example/docs/products/sitemap.xml?x=1"))
        #expect(list.headers["content-type"] == "application/xml")
        #expect(
            try await list.text() == Self.head + """
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <sitemap>
                <loc>https://shop.example/docs/products/sitemap/0.xml</loc>
                </sitemap>
                <sitemap>
                <loc>https://shop.example/docs/products/sitemap/a%20b.xml</loc>
                </sitemap>
                </sitemapindex>

                """)
        let part = await app.fetch(Request("/docs/products/sitemap/a%20b.xml"))
        #expect(try await part.text().contains("<loc>https://a/a b</loc>"))
        for path in ["/docs/products/sitemap/1.xml", "/docs/products/sitemap/0", "/docs/products/sitemap"] {
            #expect(await app.fetch(Request(path)).status == .notFound)
        }
    }

    // MARK: - Files

    private func app(_ declare: (Routes) -> Void) -> App {
        let routes = Routes()
        declare(routes)
        return App(routes: routes, environment: .production, log: { _ in })
    }

    @Test("RT-12, RT-38: metadata files have the paths that Next gives them")
    func files() async throws {
        let app = app { routes in
            routes.file("", source: "app/robots.swift") { $0.export(robots: { Robots() }, line: 1) }
            routes.file("", source: "app/manifest.swift") { file in
                file.export(manifest: { () -> JSON in ["name": "App"] }, line: 1)
            }
            routes.file("(shop)/blog", source: "app/(shop)/blog/sitemap.swift") { file in
                file.export(sitemap: { [Sitemap.Entry("https://a")] }, line: 1)
            }
            routes.file("items", source: "app/items/sitemap.swift") { file in
                file.export(sitemap: { (id: String) -> Sitemap in [Sitemap.Entry("https://a/\(id)")] }, line: 1)
                file.export(generateSitemaps: { [1, 2] }, line: 2)
            }
        }
        for (path, type, part) in [
            ("/robots.txt", "text/plain", "User-Agent"),
            ("/manifest.webmanifest", "application/manifest+json", "{\"name\""),
            ("/blog/sitemap.xml", "application/xml", "<loc>https://a</loc>"),
            ("/items/sitemap/2.xml", "application/xml", "<loc>https://a/2</loc>"),
            ("/items/sitemap.xml", "application/xml", "/items/sitemap/1.xml</loc>"),
        ] {
            let response = await app.fetch(Request(path))
            #expect(response.headers["content-type"] == type, "\(path)")
            #expect(try await response.text().contains(part), "\(path)")
            #expect(await app.fetch(Request(path, method: .POST, body: "")).status == .methodNotAllowed, "\(path)")
        }
        #expect(await app.fetch(Request("/items/sitemap/3.xml")).status == .notFound)
    }

    @Test("generateSitemaps and the sitemap of an id belong together")
    func halves() {
        let app = app { routes in
            routes.file("", source: "app/sitemap.swift") { $0.export(generateSitemaps: { ["1"] }, line: 1) }
        }
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("generateSitemaps and func sitemap(id: String) belong together") == true)
    }

    @Test(
        "RT-12: a file that is sent as it is has its type and a tag",
        arguments: [
            ("favicon.ico", "image/x-icon"), ("icon.png", "image/png"), ("apple-icon.jpg", "image/jpeg"),
            ("icon1.svg", "image/svg+xml"), ("opengraph-image.gif", "image/gif"), ("robots.txt", "text/plain"),
            ("sitemap.xml", "application/xml"), ("manifest.json", "application/manifest+json"),
        ])
    func assets(_ name: String, _ type: String) async throws {
        let app = app { $0.asset("(x)", name, source: "app/(x)/\(name)", base64: "AQID/w==") }
        let response = await app.fetch(Request("/" + name))
        #expect(response.headers["content-type"] == type)
        #expect(response.headers["cache-control"] == "public, max-age=0, must-revalidate")
        #expect(try await response.bytes() == [1, 2, 3, 255])
        let tag = try #require(response.headers["etag"])
        let again = await app.fetch(Request("/" + name, headers: ["if-none-match": tag]))
        #expect(again.status == .notModified)
    }
}
