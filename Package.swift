// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "plumb",
  products: [
    .executable(name: "plumb", targets: ["plumb"]),
    .library(name: "CEL", targets: ["CEL"]),
    .library(name: "JSON", targets: ["JSON"]),
    .library(name: "YAML", targets: ["YAML"]),
    .library(name: "Git", targets: ["Git"]),
  ],
  dependencies: [
    // The command line: help, completion scripts, exit code 64 for wrong usage.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SHA-256 of observations, catalog and plans.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // Scores are exact fractions; sums over a large tenant's denominators outgrow Int128.
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
  ],
  targets: [
    .executableTarget(
      name: "plumb",
      dependencies: [
        "Reconciler", "Reports", "Observation", "Posture", "Catalog", "CEL", "JSON", "YAML", "Git",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(
      name: "Reconciler",
      dependencies: ["Reports", "Observation", "Posture", "Catalog", "CEL", "JSON", "YAML", "Git"],
      swiftSettings: settings),
    .target(
      name: "Reports", dependencies: ["Posture", "JSON", "YAML"], swiftSettings: settings),
    .target(
      name: "Observation",
      dependencies: [
        "Posture", "JSON", "YAML", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .target(
      name: "Posture",
      dependencies: [
        "Catalog", "CEL", "JSON", "YAML",
        .product(name: "BigInt", package: "BigInt"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .target(
      name: "Catalog",
      exclude: ["connectors", "exports", "recommendations", "initiatives"],
      swiftSettings: settings,
      plugins: ["EmbedCatalog"]),
    .target(
      name: "CEL", dependencies: ["JSON", "CRE2"], exclude: ["README.md"], swiftSettings: settings),
    .target(name: "JSON", dependencies: ["CSimdjson"], swiftSettings: settings),
    .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: settings),
    .target(name: "Git", dependencies: ["CGit2"], swiftSettings: settings),

    // The built-in YAML becomes string literals of the Catalog module, so that `plumb` is one file
    // that runs from anywhere.
    .plugin(
      name: "EmbedCatalog", capability: .buildTool(), dependencies: ["embed-catalog"],
      path: "Sources/EmbedCatalog"),
    .executableTarget(name: "embed-catalog", swiftSettings: settings),

    // The C libraries: a module map and what Swift cannot call by itself, nothing more.
    .systemLibrary(
      name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

    // What several test targets share: scratch repositories, runs of programs, observations.
    .target(
      name: "TestSupport",
      dependencies: ["Posture", "JSON", .product(name: "Crypto", package: "swift-crypto")],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "CELTests", dependencies: ["CEL", "JSON"], swiftSettings: settings),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: settings),
    .testTarget(name: "GitTests", dependencies: ["Git"], swiftSettings: settings),
    .testTarget(
      name: "CatalogTests", dependencies: ["Catalog", "Posture", "YAML"], swiftSettings: settings),
    .testTarget(
      name: "PostureTests",
      dependencies: [
        "Posture", "CEL", "JSON", "YAML", "TestSupport",
        .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ObservationTests",
      dependencies: ["Observation", "Posture", "JSON", "YAML", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Posture", "JSON", "YAML"],
      exclude: ["Snapshots"], swiftSettings: settings),
    .testTarget(
      name: "ReconcilerTests",
      dependencies: [
        "Reconciler", "Reports", "Observation", "Posture", "Git", "JSON", "YAML", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PlumbTests", dependencies: ["plumb", "Git", "JSON", "TestSupport"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
