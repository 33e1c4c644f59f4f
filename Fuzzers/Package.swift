// swift-tools-version: 6.2
// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// A fuzz entry: one executable with libFuzzer's driver in it.
///
/// `Sources/CFuzzDriver/driver.c` lists them as well.
func entry(_ name: String, uses modules: String...) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["CFuzzDriver"] + modules.map { .product(name: $0, package: "whippet") },
        // One file without top-level code; `run` says which sanitizers go into all modules.
        swiftSettings: [.enableUpcomingFeature("MemberImportVisibility"), .unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "whippet-fuzzers",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "whippet", path: "..")],
    targets: [
        .target(name: "CFuzzDriver"),
        entry("FuzzRequestHead", uses: "WhippetHTTP1"),
        entry("FuzzResponseHead", uses: "WhippetHTTP1"),
        entry("FuzzChunked", uses: "WhippetHTTP1"),
        entry("FuzzURL", uses: "WhippetURL"),
        entry("FuzzURLEncoded", uses: "WhippetURL"),
        entry("FuzzMIMEType", uses: "WhippetInfra"),
        entry("FuzzStructuredFields", uses: "WhippetInfra"),
        entry("FuzzTextDecoder", uses: "WhippetInfra", "WhippetLegacyEncodings"),
        entry("FuzzCompression", uses: "WhippetStreams"),
        entry("FuzzJSON", uses: "WhippetJSON"),
        entry("FuzzJSONLines", uses: "WhippetFetch", "WhippetJSON", "WhippetStreams"),
        entry("FuzzMustache", uses: "WhippetMustache", "WhippetJSON"),
        entry("FuzzCookies", uses: "WhippetFetch"),
        entry("FuzzConditions", uses: "WhippetFetch", "WhippetInfra"),
        entry("FuzzSetCookie", uses: "WhippetFetch"),
        entry("FuzzMultipart", uses: "WhippetFetch"),
        entry("FuzzHeaders", uses: "WhippetFetch"),
        entry("FuzzPaths", uses: "WhippetRouting"),
        entry("FuzzExpressPaths", uses: "WhippetExpress"),
        entry("FuzzRules", uses: "WhippetApp", "WhippetFetch", "WhippetURL"),
        entry("FuzzStreams", uses: "WhippetStreams"),
        entry("FuzzCacheFiles", uses: "WhippetCache"),
    ],
    swiftLanguageModes: [.v6]
)
