// swift-tools-version: 6.2
// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let package = Package(
    name: "browser",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "whippet", path: "../..")],
    targets: [
        .executableTarget(
            name: "BrowserFixture",
            dependencies: [.product(name: "Whippet", package: "whippet")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
                .treatAllWarnings(as: .error),
            ])
    ],
    swiftLanguageModes: [.v6]
)
