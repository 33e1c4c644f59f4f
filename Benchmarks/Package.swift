// swift-tools-version: 6.2
// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// The flags of the library's own targets: a benchmark stands where a user's module stands.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// How a small binary is linked, see docs/deployment.md: `link-order.txt` is what `Scripts/link-order` saw.
let small: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--no-export-dynamic",
            "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/link-order.txt",
            "-Xlinker", "--no-warn-symbol-ordering",
        ], .when(platforms: [.linux]))
]

func whippet(_ modules: String...) -> [Target.Dependency] {
    modules.map { .product(name: $0, package: "whippet") }
}

let package = Package(
    name: "whippet-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "whippet", path: "..")],
    targets: [
        // Counts calls of malloc and its sisters in the whole process.
        .target(name: "CAllocationCount"),
        // Single operations in this process, beside Foundation and Node.
        .executableTarget(
            name: "micro",
            dependencies: ["CAllocationCount"]
                + whippet(
                    "WhippetInfra", "WhippetURL", "WhippetJSON", "WhippetStreams", "WhippetFetch", "WhippetHTTP1",
                    "WhippetRouting"),
            path: "Sources/Micro",
            swiftSettings: settings),

        // Whole servers beside each other: starts them, drives them with `load`, and makes the table. It does not depend
        // on what it compares; it builds that itself.
        .executableTarget(name: "compare", path: "Sources/Compare", swiftSettings: settings),
        // The application that is compared, on the public API alone.
        .executableTarget(
            name: "server-whippet", dependencies: whippet("Whippet"), path: "Sources/ServerWhippet",
            swiftSettings: settings, linkerSettings: small),
        // The limit: one thread, epoll, no more than the wire needs.
        .executableTarget(name: "server-c", path: "Sources/ServerC"),
        // The clients: one thread, epoll, every answer checked.
        .executableTarget(name: "load", path: "Sources/Load"),

        // A server of event streams; listeners.py asks it what they cost.
        .executableTarget(
            name: "listeners",
            dependencies: whippet("Whippet"),
            path: "Sources/Listeners",
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
