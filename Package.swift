// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// Read from top to bottom: words → plan → measure → wire → engine → tools. docs/architecture.md draws it.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], golden: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: golden, swiftSettings: strict)
}

// `package` access does not cross packages, so what is measured inside of the modules is part of this one, under Benchmarks/;
// but only when asked for, by Benchmarks/run: nobody's build should pay for it.
let benchmarks: [Target] =
    Context.environment["VAJRA_BENCHMARKS"] == nil
    ? []
    : [
        .target(name: "AllocationCount", path: "Benchmarks/AllocationCount"),
        .executableTarget(
            name: "vajra-bench",
            dependencies: [
                "AllocationCount", "VajraEngine", "VajraHTTP", "VajraLane", "VajraLifecycle", "VajraMetrics",
                "VajraModel", "VajraPlan", "VajraSystem", "VajraWire",
            ],
            path: "Benchmarks/VajraBench", swiftSettings: strict),
    ]

let package = Package(
    name: "vajrapulse",
    products: [
        .library(name: "VajraPulse", targets: ["VajraPulse"]),
        .executable(name: "vajra-gen", targets: ["vajra-gen"]),
        .executable(name: "vajra-agg", targets: ["vajra-agg"]),
        .executable(name: "vajra-export", targets: ["vajra-export"]),
        .executable(name: "vajra-ctl", targets: ["vajra-ctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
    ],
    targets: [
        // MARK: The system's own libraries
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CNghttp2", pkgConfig: "libnghttp2", providers: [.apt(["libnghttp2-dev"])]),

        // MARK: Words: no I/O, no clock
        module("VajraModel"),
        module("VajraJSON"),
        module("VajraHTTP"),
        module("VajraTemplate", ["VajraModel"]),
        module("VajraHTTP2", ["CNghttp2", "VajraHTTP"]),
        module("VajraLifecycle", ["VajraModel"]),

        // MARK: Plan: when iteration k is meant to start
        module("VajraConfig", ["CYaml", "VajraJSON", "VajraModel", "VajraTemplate"]),
        module("VajraPlan", ["VajraModel"]),

        // MARK: Measure: iterations → histograms → deltas that merge
        module("VajraMetrics", ["CZlib", "VajraModel"]),

        // MARK: Wire: one NDJSON line each way
        module("VajraWire", ["VajraJSON", "VajraMetrics", "VajraModel"]),
        module("VajraAggregate", ["VajraLifecycle", "VajraMetrics", "VajraModel", "VajraWire"]),
        module(
            "VajraReport",
            ["VajraAggregate", "VajraJSON", "VajraMetrics", "VajraModel", "VajraWire"]),

        // MARK: Engine: epoll lanes, the dispatcher on them, the built-in tasks
        module("VajraSystem", ["CLinux", "VajraModel"]),
        module("VajraControlSocket", ["CLinux", "VajraJSON", "VajraModel", "VajraSystem"]),
        module("VajraTLS", ["COpenSSL"]),
        module("VajraLane", ["CLinux", "VajraModel", "VajraSystem"]),
        module(
            "VajraEngine",
            ["VajraLane", "VajraLifecycle", "VajraMetrics", "VajraModel", "VajraPlan", "VajraSystem"]),
        module(
            "VajraTasks",
            [
                "VajraConfig", "VajraEngine", "VajraHTTP", "VajraHTTP2", "VajraJSON", "VajraLane", "VajraLifecycle",
                "VajraModel", "VajraSystem", "VajraTLS", "VajraTemplate",
            ]),

        // MARK: Export: lines → files
        module("VajraExport", ["CZlib", "VajraJSON", "VajraModel", "VajraWire"]),
        module("VajraExportFiles", ["VajraExport", "VajraJSON", "VajraModel", "VajraSystem"]),

        // MARK: Target: a small server to try things on
        module("VajraTarget", ["VajraHTTP", "VajraLane", "VajraModel", "VajraSystem"]),

        // MARK: Tools
        module("VajraCLI", ["VajraModel", "VajraSystem", argumentParser]),
        module(
            "VajraLive",
            [
                "VajraAggregate", "VajraCLI", "VajraJSON", "VajraModel", "VajraReport", "VajraSystem", "VajraWire",
                argumentParser,
            ]),
        module(
            "VajraStream",
            [
                "VajraAggregate", "VajraCLI", "VajraExport", "VajraJSON", "VajraLive", "VajraModel", "VajraSystem",
                "VajraWire",
            ]),
        module(
            "VajraRunPlan",
            [
                "VajraCLI", "VajraConfig", "VajraEngine", "VajraModel", "VajraPlan", "VajraSystem", "VajraTasks",
                argumentParser,
            ]),
        module(
            "VajraRun",
            [
                "VajraAggregate", "VajraCLI", "VajraConfig", "VajraControlSocket", "VajraEngine", "VajraLane",
                "VajraLifecycle", "VajraLive", "VajraMetrics", "VajraModel", "VajraPlan", "VajraReport",
                "VajraRunPlan", "VajraSystem", "VajraTasks", "VajraWire",
            ]),
        module(
            "VajraGenVerbs",
            [
                "VajraCLI", "VajraConfig", "VajraModel", "VajraRun", "VajraRunPlan", "VajraSystem", "VajraTasks",
                "VajraTemplate", argumentParser,
            ]),
        module(
            "VajraCtlVerbs",
            [
                "VajraAggregate", "VajraCLI", "VajraConfig", "VajraControlSocket", "VajraExport", "VajraExportFiles",
                "VajraJSON", "VajraLive", "VajraModel", "VajraReport", "VajraRunPlan", "VajraStream", "VajraSystem",
                "VajraWire", argumentParser,
            ]),
        module(
            "VajraPulse",
            ["VajraCLI", "VajraGenVerbs", "VajraLifecycle", "VajraRun", "VajraSystem", argumentParser]),
        tool("vajra-gen", ["VajraCLI", "VajraGenVerbs", argumentParser]),
        tool(
            "vajra-agg",
            [
                "VajraAggregate", "VajraCLI", "VajraExport", "VajraJSON", "VajraLive", "VajraModel", "VajraReport",
                "VajraStream", "VajraSystem", "VajraWire", argumentParser,
            ]),
        tool(
            "vajra-export",
            [
                "VajraCLI", "VajraExport", "VajraExportFiles", "VajraJSON", "VajraModel", "VajraStream", "VajraSystem",
                argumentParser,
            ]),
        tool(
            "vajra-ctl",
            ["VajraCLI", "VajraCtlVerbs", "VajraLane", "VajraModel", "VajraSystem", "VajraTarget", argumentParser]),

        // MARK: Tests
        .executableTarget(
            name: "histogram-probe", dependencies: ["VajraMetrics"], path: "Tests/HistogramProbe",
            swiftSettings: strict,
            linkerSettings: [.linkedLibrary("m")]),
        .target(
            name: "VajraTestSupport", dependencies: ["VajraMetrics", "VajraWire"], path: "Tests/VajraTestSupport",
            swiftSettings: strict),
        tests("VajraModelTests", ["VajraModel"]),
        tests("VajraControlSocketTests", ["VajraControlSocket", "VajraJSON", "VajraSystem"]),
        tests("VajraPlanTests", ["VajraModel", "VajraPlan", "VajraTestSupport"]),
        tests("VajraConfigTests", ["VajraConfig", "VajraJSON", "VajraModel", "VajraPlan"], golden: ["Golden"]),
        tests("VajraJSONTests", ["VajraJSON"]),
        tests("VajraHTTPTests", ["VajraHTTP"]),
        tests("VajraHTTP2Tests", ["VajraHTTP", "VajraHTTP2"]),
        tests("VajraTemplateTests", ["VajraTemplate"]),
        tests(
            "VajraExportTests",
            ["CZlib", "VajraExport", "VajraExportFiles", "VajraJSON", "VajraModel", "VajraWire"]),
        tests("VajraMetricsTests", ["CZlib", "VajraMetrics"]),
        tests("VajraWireTests", ["VajraJSON", "VajraMetrics", "VajraTestSupport", "VajraWire"], golden: ["Golden"]),
        tests(
            "VajraEngineTests",
            [
                "VajraEngine", "VajraLane", "VajraLifecycle", "VajraMetrics", "VajraModel", "VajraPlan", "VajraSystem",
                "VajraTestSupport",
            ]),
        tests(
            "VajraRunTests",
            [
                "VajraEngine", "VajraLifecycle", "VajraMetrics", "VajraModel", "VajraRun", "VajraTestSupport",
                "VajraWire",
            ]),
        tests("VajraLaneTests", ["VajraLane", "VajraModel", "VajraSystem", "VajraTestSupport"]),
        tests(
            "VajraAggregateTests",
            ["VajraAggregate", "VajraMetrics", "VajraModel", "VajraTestSupport", "VajraWire"]),
        tests(
            "VajraReportTests",
            [
                "VajraAggregate", "VajraMetrics", "VajraModel", "VajraReport", "VajraTestSupport", "VajraWire",
            ],
            golden: ["Golden"]),
        tests("VajraStreamTests", ["VajraExport", "VajraModel", "VajraStream"]),
        tests(
            "VajraCtlVerbsTests", ["VajraControlSocket", "VajraCtlVerbs", "VajraTestSupport"], golden: ["Golden"]),
        tests("VajraTargetTests", ["VajraModel", "VajraTarget"]),
        tests("VajraTasksTests", ["VajraModel", "VajraSystem", "VajraTasks"]),
        tests("VajraLifecycleTests", ["VajraLifecycle", "VajraModel"]),
        tests("VajraSystemTests", ["VajraModel", "VajraSystem"]),
    ] + benchmarks
)
