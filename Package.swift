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
        .library(name: "WhippetCache", targets: ["WhippetCache"]),
        .library(name: "WhippetApp", targets: ["WhippetApp"]),
        .library(name: "WhippetH3", targets: ["WhippetH3"]),
        .library(name: "WhippetMustache", targets: ["WhippetMustache"]),
        .library(name: "WhippetPagesAPI", targets: ["WhippetPagesAPI"]),
        .library(name: "WhippetExpress", targets: ["WhippetExpress"]),
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
        module("WhippetCache", uses: ["WhippetInfra", "WhippetFetch"]),
        module(
            "WhippetApp",
            uses: [
                "CWhippetSystem", "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch",
                "WhippetServer", "WhippetRouting", "WhippetCache",
            ]
        ),
        module(
            "Whippet",
            uses: [
                "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetServer",
                "WhippetCache", "WhippetApp",
                .target(name: "WhippetFoundation", condition: .when(traits: ["Foundation"])),
            ]
        ),
        // Front doors: other ways to answer a request, over the same host.
        module(
            "WhippetH3",
            uses: [
                "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetServer",
                "WhippetRouting", "WhippetApp",
            ]
        ),
        module(
            "WhippetPagesAPI",
            uses: [
                "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetServer",
                "WhippetApp",
            ]
        ),
        module("WhippetMustache", uses: ["WhippetInfra", "WhippetJSON"]),

        module(
            "WhippetTesting",
            uses: [
                "CWhippetSystem", "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetHTTP1",
                "WhippetFetch", "WhippetServer", "WhippetApp",
            ]
        ),

        // A front door: never part of the umbrella, so that it costs nothing where nobody imports it.
        module(
            "WhippetExpress",
            uses: [
                "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetServer",
                "WhippetApp",
            ]
        ),

        // Routes by file: the plugin lists the files, its tool writes the sources.
        module("RouteFiles"),
        .executableTarget(name: "RoutesTool", dependencies: ["RouteFiles"], swiftSettings: settings),
        .plugin(name: "RoutesPlugin", capability: .buildTool(), dependencies: ["RoutesTool"]),

        .executableTarget(
            name: "Demo", dependencies: ["Whippet"], path: "Examples/Demo", exclude: ["app"], swiftSettings: settings,
            plugins: ["RoutesPlugin"]),

        .executableTarget(
            name: "Notes", dependencies: ["Whippet"], path: "Examples/Notes", exclude: ["app", "README.md"],
            swiftSettings: settings, plugins: ["RoutesPlugin"]),

        .executableTarget(
            name: "FrontDoors", dependencies: ["Whippet", "WhippetH3", "WhippetPagesAPI"], path: "Examples/FrontDoors",
            exclude: ["Express", "pages"], swiftSettings: settings, plugins: ["RoutesPlugin"]),
        .executableTarget(
            name: "ExpressDoor", dependencies: ["Whippet", "WhippetExpress", "WhippetMustache"],
            path: "Examples/FrontDoors/Express", exclude: ["public", "views"], swiftSettings: settings),

        // What the tests of several modules share.
        .target(
            name: "WhippetTestSupport", dependencies: ["WhippetInfra"], path: "Tests/WhippetTestSupport",
            swiftSettings: settings),
        tests("WhippetInfraTests", uses: ["WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetURLTests", uses: ["WhippetURL", "WhippetInfra", "WhippetTestSupport"]),
        tests(
            "WhippetURLPatternTests",
            uses: ["WhippetURLPattern", "WhippetURL", "WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetLegacyEncodingsTests", uses: ["WhippetLegacyEncodings", "WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetJSONTests", uses: ["WhippetJSON", "WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetFoundationTests", uses: ["WhippetFoundation", "WhippetJSON"]),
        tests("WhippetStreamsTests", uses: ["WhippetStreams", "WhippetInfra", "WhippetTestSupport"]),
        tests(
            "WhippetFetchTests",
            uses: ["WhippetFetch", "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams"]),
        tests("WhippetHTTP1Tests", uses: ["WhippetHTTP1", "WhippetInfra", "WhippetTestSupport"]),
        tests("WhippetRoutingTests", uses: ["WhippetRouting", "WhippetInfra"]),
        // What `Scripts/check-cache-crashes` runs.
        .executableTarget(
            name: "CacheCrashes", dependencies: ["Whippet", "WhippetCache", "WhippetFetch"], path: "Tests/CacheCrashes",
            swiftSettings: settings),
        // What `Scripts/check-faults` starves, floods and kills.
        .executableTarget(
            name: "FaultServer", dependencies: ["Whippet"], path: "Tests/FaultServer", swiftSettings: settings),
        tests("WhippetCacheTests", uses: ["WhippetCache", "WhippetFetch"]),
        tests("WhippetServerTests", uses: ["WhippetServer", "WhippetTesting", "Whippet"]),
        tests("RouteFilesTests", uses: ["RouteFiles"]),
        tests("WhippetAppTests", uses: ["WhippetApp", "WhippetTesting", "Whippet", "WhippetTestSupport"]),
        tests("WhippetH3Tests", uses: ["WhippetH3", "Whippet"]),
        tests("WhippetMustacheTests", uses: ["WhippetMustache", "WhippetJSON", "WhippetTestSupport"]),
        tests(
            "WhippetPagesAPITests",
            uses: ["WhippetPagesAPI", "WhippetApp", "WhippetTesting", "Whippet", "WhippetTestSupport"]),
        tests("NotesTests", uses: ["Notes", "Whippet", "WhippetTesting"]),
        tests("WhippetExpressTests", uses: ["WhippetExpress", "WhippetTesting", "Whippet", "WhippetTestSupport"]),
        // The applications that the tables of Conformance/Behaviours are asked of, and a program that serves them.
        .target(
            name: "BehaviourFixture", dependencies: ["Whippet", "WhippetH3", "WhippetPagesAPI", "WhippetExpress"],
            path: "Tests/BehaviourFixture", swiftSettings: settings),
        .executableTarget(
            name: "BehaviourHost", dependencies: ["BehaviourFixture", "Whippet"], path: "Tests/BehaviourHost",
            swiftSettings: settings),
        tests(
            "BehaviourTests",
            uses: ["BehaviourFixture", "Whippet", "WhippetTesting", "WhippetH3", "WhippetPagesAPI", "WhippetExpress"]),
    ],
    swiftLanguageModes: [.v6]
)
