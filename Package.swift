// swift-tools-version: 6.2
// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// The flags of every Swift target.
///
/// CI sets `WHIPPET_STRICT`, which makes warnings errors.
let strictness: [SwiftSetting] =
    Context.environment["WHIPPET_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + strictness

/// A module of the library.
///
/// This file alone grants imports: a module may import what stands in `uses`, and nothing else.
func module(_ name: String, uses: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: uses, swiftSettings: settings)
}

/// The tests of one module.
func tests(_ name: String, uses: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: uses, swiftSettings: settings)
}

let package = Package(
    name: "whippet",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Whippet", targets: ["Whippet"]),
        .library(name: "WhippetTesting", targets: ["WhippetTesting"]),
        .library(name: "WhippetInfra", targets: ["WhippetInfra"]),
        .library(name: "WhippetURL", targets: ["WhippetURL"]),
        .library(name: "WhippetURLPattern", targets: ["WhippetURLPattern"]),
        .library(name: "WhippetLegacyEncodings", targets: ["WhippetLegacyEncodings"]),
        .library(name: "WhippetJSON", targets: ["WhippetJSON"]),
        .library(name: "WhippetFoundation", targets: ["WhippetFoundation"]),
        .library(name: "WhippetStreams", targets: ["WhippetStreams"]),
        .library(name: "WhippetFetch", targets: ["WhippetFetch"]),
        .library(name: "WhippetHTTP1", targets: ["WhippetHTTP1"]),
        .library(name: "WhippetServer", targets: ["WhippetServer"]),
        .library(name: "WhippetRouting", targets: ["WhippetRouting"]),
        .library(name: "WhippetApp", targets: ["WhippetApp"]),
        .plugin(name: "RoutesPlugin", targets: ["RoutesPlugin"]),
    ],
    traits: [
        .default(enabledTraits: ["Foundation"]),
        .trait(name: "Foundation", description: "JSON forms for Foundation's Date, Data, Decimal and URL."),
    ],
    targets: [
        // The system calls that Glibc's module map leaves out; headers only, no C code of ours.
        .target(name: "CWhippetSystem"),

        module("WhippetInfra"),
        module("WhippetURL", uses: ["WhippetInfra"]),
        module("WhippetURLPattern", uses: ["WhippetInfra", "WhippetURL"]),
        module("WhippetLegacyEncodings", uses: ["WhippetInfra"]),
        module("WhippetJSON", uses: ["WhippetInfra"]),
        module("WhippetFoundation", uses: ["WhippetInfra", "WhippetJSON"]),
        module("WhippetStreams", uses: ["CWhippetSystem", "WhippetInfra"]),
        module("WhippetFetch", uses: ["WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams"]),
        module("WhippetHTTP1", uses: ["WhippetInfra"]),
        module(
            "WhippetServer",
            uses: ["CWhippetSystem", "WhippetInfra", "WhippetHTTP1", "WhippetFetch", "WhippetStreams"]
        ),
        module("WhippetRouting", uses: ["WhippetInfra"]),
        module(
            "WhippetApp",
            uses: [
                "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetServer",
                "WhippetRouting",
            ]
        ),
        module(
            "Whippet",
            uses: [
                "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetServer",
                "WhippetApp", .target(name: "WhippetFoundation", condition: .when(traits: ["Foundation"])),
            ]
        ),
        module(
            "WhippetTesting",
            uses: ["CWhippetSystem", "WhippetInfra", "WhippetHTTP1", "WhippetFetch", "WhippetServer", "WhippetApp"]
        ),

        // Routes by file: the plugin lists the files, its tool writes the sources.
        module("RouteFiles"),
        .executableTarget(name: "RoutesTool", dependencies: ["RouteFiles"], swiftSettings: settings),
        .plugin(name: "RoutesPlugin", capability: .buildTool(), dependencies: ["RoutesTool"]),

        .executableTarget(
            name: "Demo", dependencies: ["Whippet"], path: "Examples/Demo", exclude: ["app"], swiftSettings: settings,
            plugins: ["RoutesPlugin"]),

        // What the tests of several modules share.
        .target(name: "WhippetTestSupport", path: "Tests/WhippetTestSupport", swiftSettings: settings),
        tests("WhippetInfraTests", uses: ["WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetURLTests", uses: ["WhippetURL", "WhippetInfra", "WhippetTestSupport"]),
        tests(
            "WhippetURLPatternTests",
            uses: ["WhippetURLPattern", "WhippetURL", "WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetLegacyEncodingsTests", uses: ["WhippetLegacyEncodings", "WhippetInfra"]),
        tests("WhippetJSONTests", uses: ["WhippetJSON", "WhippetInfra"]),
        tests("WhippetFoundationTests", uses: ["WhippetFoundation", "WhippetJSON"]),
        tests("WhippetStreamsTests", uses: ["WhippetStreams", "WhippetInfra"]),
        tests(
            "WhippetFetchTests",
            uses: ["WhippetFetch", "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams"]),
        tests("WhippetHTTP1Tests", uses: ["WhippetHTTP1", "WhippetInfra"]),
        tests("WhippetRoutingTests", uses: ["WhippetRouting", "WhippetInfra"]),
        tests("WhippetServerTests", uses: ["WhippetServer", "WhippetTesting", "Whippet"]),
        tests("RouteFilesTests", uses: ["RouteFiles"]),
        tests("WhippetAppTests", uses: ["WhippetApp", "WhippetTesting", "Whippet"]),
        tests("BehaviourTests", uses: ["Whippet", "WhippetTesting"]),
    ],
    swiftLanguageModes: [.v6]
)
