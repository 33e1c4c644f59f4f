// swift-tools-version: 6.2
// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let strictness: [SwiftSetting] =
    Context.environment["WHIPPET_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + strictness

/// A product of the package that is tested.
func product(_ name: String) -> Target.Dependency {
    .product(name: name, package: "whippet")
}

let package = Package(
    name: "conformance",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "whippet", path: "..", traits: [])],
    targets: [
        .systemLibrary(
            name: "CJavaScriptCore",
            pkgConfig: "javascriptcoregtk-4.1",
            providers: [.apt(["libjavascriptcoregtk-4.1-dev"])]
        ),
        .executableTarget(
            name: "conformance",
            dependencies: [
                "CJavaScriptCore", product("WhippetInfra"), product("WhippetURL"), product("WhippetURLPattern"),
                product("WhippetLegacyEncodings"), product("WhippetJSON"), product("WhippetStreams"),
                product("WhippetFetch"), product("WhippetTesting"),
            ],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
