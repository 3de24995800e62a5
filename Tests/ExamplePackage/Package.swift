// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A user's own package, as it would stand in a repository of its own; there the dependency has a URL and a version.
let package = Package(
    name: "checkout-load",
    dependencies: [.package(name: "vajrapulse", path: "../..")],
    targets: [
        .executableTarget(name: "checkout", dependencies: [.product(name: "VajraPulse", package: "vajrapulse")])
    ]
)
