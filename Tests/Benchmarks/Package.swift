// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that what benchmarks need never reaches a user's build.
// swift run -c release --package-path Tests/Benchmarks CELBenchmarks
let package = Package(
  name: "plumb-benchmarks",
  dependencies: [.package(name: "plumb", path: "../..")],
  targets: [
    .executableTarget(
      name: "CELBenchmarks",
      dependencies: [
        "AllocationCounter", .product(name: "CEL", package: "plumb"),
        .product(name: "JSON", package: "plumb"),
      ]),
    // Counts calls of malloc, by standing before the C library's.
    .target(name: "AllocationCounter"),
  ],
  swiftLanguageModes: [.v6]
)
