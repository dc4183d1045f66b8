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
  traits: [
    .trait(
      name: "Service",
      description:
        "`plumb controller` and `plumb serve`: releases and tests have them; without, the build is shorter."
    )
  ],
  dependencies: [
    // The command line: help, completion scripts, exit code 64 for wrong usage.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SHA-256 of observations, catalog and plans.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // The HTTP client of the observers: pooled connections, streamed bodies, proxies, TLS.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    // Signed assertions of service accounts and apps: RS256 and ES256 from PEM keys.
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    // Structured logs of what is asked of whom.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    // Byte buffers of the HTTP client; the listener of connect --authorize, and vendors of tests, on the loopback interface.
    .package(url: "https://github.com/apple/swift-nio", from: "2.86.0"),
    // The bound on what a compressed answer may unpack to.
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    // A vendor that speaks HTTP/2, in tests: the HTTP client brings it anyway.
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    // The trust that --ca-file adds; TLS servers in tests.
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.34.0"),
    // Scores are exact fractions; sums over a large tenant's denominators outgrow Int128.
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    // The listeners of the controller and of the served page: routes, middleware, bounds on what is received.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    // The order in which those start and end, and what a signal does to them.
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .executableTarget(
      name: "plumb",
      dependencies: [
        "Reconciler", "Reports", "SecureScore", "Observation", "Posture", "Connectors", "Catalog",
        "CEL", "JSON", "YAML", "Git", "Text",
        .target(name: "Service", condition: .when(traits: ["Service"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    // Every file of it is behind the trait: without, the module is empty.
    .target(
      name: "Service",
      dependencies: [
        "Reconciler", "Reports", "Observation", "Posture", "JSON", "YAML", "Git", "Text",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(
          name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Service"])),
        .product(
          name: "ServiceLifecycle", package: "swift-service-lifecycle",
          condition: .when(traits: ["Service"])),
        .product(
          name: "UnixSignals", package: "swift-service-lifecycle",
          condition: .when(traits: ["Service"])),
      ],
      swiftSettings: settings),
    .target(
      name: "Reconciler",
      dependencies: [
        "Reports", "SecureScore", "Observation", "Posture", "Connectors", "JSON", "YAML", "Git",
        "Text",
      ],
      swiftSettings: settings),
    .target(
      name: "Reports", dependencies: ["Posture", "Connectors", "JSON", "YAML", "Text"],
      // The page's stylesheet and script: embedded, so that `plumb` stays one file.
      exclude: ["HTML/Assets"], swiftSettings: settings, plugins: ["EmbedCatalog"]),
    .target(
      name: "SecureScore",
      dependencies: ["Observation", "Posture", "Connectors", "JSON", "YAML", "Text"],
      swiftSettings: settings),
    .target(
      name: "Observation",
      dependencies: [
        "Posture", "Connectors", "JSON", "YAML", "Text", "CFaults", "CFiles",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: settings),
    .target(
      name: "Posture",
      dependencies: [
        "Connectors", "Catalog", "CEL", "JSON", "YAML", "Text",
        .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: settings),
    .target(
      name: "Connectors",
      dependencies: [
        "CEL", "JSON", "YAML", "Text", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings),
    .target(
      name: "Catalog",
      exclude: [
        "connectors", "coverage", "exports", "frameworks", "recommendations", "initiatives",
      ],
      swiftSettings: settings,
      plugins: ["EmbedCatalog"]),
    .target(
      name: "CEL", dependencies: ["JSON", "Text", "CRE2"], exclude: ["README.md"],
      swiftSettings: settings),
    .target(name: "JSON", dependencies: ["CSimdjson"], swiftSettings: settings),
    .target(name: "YAML", dependencies: ["Text", "CYAML"], swiftSettings: settings),
    .target(
      name: "Git", dependencies: ["Text", "CGit2", "CGitLines", "CLooseObjects"],
      swiftSettings: settings),
    // What the modules above each need of words, dates and encodings: nothing but Swift below it.
    .target(name: "Text", swiftSettings: settings),

    // The built-in YAML becomes string literals of the Catalog module, and the page's stylesheet and script
    // those of Reports, so that `plumb` is one file that runs from anywhere.
    .plugin(
      name: "EmbedCatalog", capability: .buildTool(), dependencies: ["embed-catalog"],
      path: "Sources/EmbedCatalog"),
    .executableTarget(name: "embed-catalog", swiftSettings: settings),

    // The C libraries: a module map and what Swift cannot call by itself, nothing more.
    .systemLibrary(
      name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // The handler of a fault of Plumb's own: what it does may be done in C alone.
    .target(name: "CFaults"),
    .target(name: "CFiles"),
    // zlib, which libgit2 brings: a loose object that was cut off is found before libgit2 reads it.
    .target(name: "CLooseObjects", linkerSettings: [.linkedLibrary("git2"), .linkedLibrary("z")]),
    // The connections to git's remotes: bounded in time, and to the port that was named.
    .target(name: "CGitLines", linkerSettings: [.linkedLibrary("git2")]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

    // How tests start programs: what closes every file that the program has no use for is declared to GNU sources alone.
    .target(name: "CSpawn", path: "Tests/CSpawn"),
    // What several test targets share: scratch repositories, runs of programs, observations, servers.
    .target(
      name: "TestSupport",
      dependencies: [
        "Posture", "Connectors", "JSON", "YAML", "CSpawn",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    // Reads the sources: which module uses which.
    .testTarget(name: "HouseTests", swiftSettings: settings),
    .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: settings),
    .testTarget(name: "CELTests", dependencies: ["CEL", "JSON"], swiftSettings: settings),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
    .testTarget(name: "YAMLTests", dependencies: ["YAML", "Text"], swiftSettings: settings),
    .testTarget(name: "GitTests", dependencies: ["Git", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "CatalogTests",
      dependencies: [
        "Catalog", "CEL", "Connectors", "Observation", "Posture", "Reports", "JSON", "YAML",
        "TestSupport",
      ],
      // Read by their place beside the tests.
      exclude: ["Resources"],
      swiftSettings: settings),
    .testTarget(
      name: "PostureTests",
      dependencies: [
        "Posture", "Connectors", "Reports", "CEL", "JSON", "YAML", "Text", "TestSupport",
        .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "SecureScoreTests",
      dependencies: ["SecureScore", "Posture", "JSON", "YAML", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ObservationTests",
      dependencies: [
        "Observation", "SecureScore", "Posture", "Connectors", "Reports", "JSON", "YAML",
        "TestSupport",
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      // Read by their place beside the tests.
      exclude: ["Resources"],
      swiftSettings: settings),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Posture", "Connectors", "JSON", "YAML", "Text", "TestSupport"],
      exclude: ["Snapshots"], swiftSettings: settings),
    .testTarget(
      name: "ReconcilerTests",
      dependencies: [
        "Reconciler", "Reports", "SecureScore", "Observation", "Posture", "Connectors", "CEL",
        "Git", "JSON", "Text", "YAML", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Service", "Reconciler", "Observation", "Posture", "JSON", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(
          name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Service"])),
        .product(
          name: "ServiceLifecycle", package: "swift-service-lifecycle",
          condition: .when(traits: ["Service"])),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PlumbTests",
      dependencies: [
        "plumb", "Observation", "Posture", "JSON", "YAML", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // Built by the tests that preload it into the program.
      exclude: ["Kills/Resources"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
