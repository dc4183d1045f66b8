// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that what benchmarks need never reaches a user's build.
// swift run -c release --package-path Tests/Benchmarks CELBenchmarks
let package = Package(
  name: "plumb-benchmarks",
  dependencies: [
    .package(name: "plumb", path: "../.."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // The vendor's server, and the client alone as the baseline.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.86.0"),
  ],
  targets: [
    .executableTarget(
      name: "CELBenchmarks",
      dependencies: [
        "AllocationCounter", .product(name: "CEL", package: "plumb"),
        .product(name: "JSON", package: "plumb"),
      ]),
    // Runs a built plumb over generated desired states and observations:
    // swift run -c release --package-path Tests/Benchmarks PlumbBenchmarks .build/release/plumb
    .executableTarget(
      name: "PlumbBenchmarks",
      dependencies: [
        .product(name: "JSON", package: "plumb"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ], swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]),
    // Counts calls of malloc, by standing before the C library's.
    .target(name: "AllocationCounter"),
  ],
  swiftLanguageModes: [.v6]
)
