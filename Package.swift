// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// The rooms and which way they may look: see ARCHITECTURE.md.
// SOLEUS_ROOMS=core builds Motion and Clinical alone, SOLEUS_ROOMS=store those and Store, so that a change
// there is built and tested in seconds and without the web stack. Unset: everything.
let rooms = Context.environment["SOLEUS_ROOMS"]
let hasStore = rooms != "core"
let hasWeb = hasStore && rooms != "store"

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault")
]

/// Data files (pathways, templates, styles) are compiled in, so that one binary is all a clinic installs.
let embed: [Target.PluginUsage] = [.plugin(name: "EmbedFilesPlugin")]

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2")
]

var targets: [Target] = [
    .executableTarget(name: "EmbedFiles", swiftSettings: settings),
    .plugin(name: "EmbedFilesPlugin", capability: .buildTool(), dependencies: ["EmbedFiles"]),
    .target(name: "Motion", swiftSettings: settings),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Recordings", dependencies: ["Motion", "CZlib"], swiftSettings: settings),
    .target(
        name: "Clinical",
        dependencies: ["Motion", .product(name: "Yams", package: "Yams")],
        exclude: ["Pathways"],
        swiftSettings: settings,
        plugins: embed),
    // What scripts/build-wasm compiles for the browser, here for the machine, so that tests can compare the bits.
    .target(name: "Browser", dependencies: ["Motion"], exclude: ["memory.c"], swiftSettings: settings),
    .target(
        name: "LabData", dependencies: ["Motion"], path: "Tests/LabData", exclude: ["Fixtures"],
        swiftSettings: settings),
    .executableTarget(
        name: "LabBench", dependencies: ["Motion", "Browser", "Recordings", "Clinical", "LabData"],
        path: "Benchmarks/Lab", swiftSettings: settings),
    .testTarget(name: "MotionTests", dependencies: ["Motion", "LabData"], swiftSettings: settings),
    .testTarget(
        name: "RecordingsTests", dependencies: ["Recordings", "Motion", "LabData", "CZlib"],
        swiftSettings: settings),
    .testTarget(name: "ClinicalTests", dependencies: ["Clinical"], swiftSettings: settings)
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

if hasStore {
    dependencies += [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ]
    let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
    targets += [
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Store",
            dependencies: ["Clinical", "CArgon2", "CPostgres", grdb, crypto],
            swiftSettings: settings),
        .testTarget(name: "StoreTests", dependencies: ["Store", "Clinical", grdb], swiftSettings: settings)
    ]
}

if hasWeb {
    dependencies += [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0")
    ]
    let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
    let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
    let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
    targets += [
        .target(
            name: "Web",
            dependencies: [
                "Clinical", "Store", "Motion", "Recordings", hummingbird, crypto, logging,
                .product(name: "Mustache", package: "swift-mustache")
            ],
            exclude: ["Files"],
            swiftSettings: settings,
            plugins: embed),
        .executableTarget(
            name: "soleus",
            dependencies: [
                "Clinical", "Store", "Web", "Motion", "Recordings", hummingbird, crypto, logging,
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Benchmarks", dependencies: ["Clinical", "Store"], path: "Benchmarks", exclude: ["Lab"],
            swiftSettings: settings),
        .testTarget(
            name: "WebTests",
            dependencies: ["Web", "Store", "Clinical", "Recordings", hummingbird, hummingbirdTesting],
            swiftSettings: settings)
    ]
}

let package = Package(
    name: "soleus",
    platforms: [.macOS(.v15)],
    dependencies: dependencies,
    targets: targets,
    swiftLanguageModes: [.v6])
