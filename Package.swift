// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// What every room of the portal stands on.
let floors: [Target.Dependency] = [
  "Ground", "Pages", "Domain", "HTML", "Postgres", "Web", httpTypes, logging,
]

/// A room of the portal: a target, so that an arrow against the flow does not compile.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Portal/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "portal",
  products: [.executable(name: "portal", targets: ["PortalCommand"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    // A target of C and no module of the library's headers: the toolchain has an ICU too.
    .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc")]),
    .target(name: "Domain", dependencies: ["CICU"], swiftSettings: strict),
    .target(
      name: "Spreadsheet", dependencies: ["CZip", "CExpat", "CXLSXWriter", "Domain"],
      swiftSettings: strict),
    .target(name: "Postgres", dependencies: ["CLibPQ", crypto, logging], swiftSettings: strict),
    .target(name: "HTML", swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "CZlib", "Domain", "HTML", hummingbird, crypto, logging,
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    // The portal, from its ground to its roof. Dependencies point from a room to those before it.
    room(
      "Ground",
      [
        "Domain", "HTML", "Postgres", "Web", crypto, logging, lifecycle,
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    room(
      "Pages", ["Ground", "Domain", "HTML", "Postgres", "Spreadsheet", "Web", httpTypes, logging]),
    room("FindingLedger", ["Ground", "Domain", "Postgres"]),
    room("Files", floors + [crypto, lifecycle]),
    room("Accounts", floors + [crypto, cryptoExtras, "Spreadsheet"]),
    room("Counties", floors + ["Accounts"]),
    room("Clocks", floors + [crypto, "Spreadsheet"]),
    room("Campaigns", floors),
    room("Register", floors + ["FindingLedger", "Spreadsheet", lifecycle]),
    room("Imports", floors + ["FindingLedger", "Register", "Spreadsheet"]),
    room("Reviews", floors + ["Campaigns", "Register", "Spreadsheet"]),
    room("Deliveries", floors + ["Register", "Reviews", "Spreadsheet"]),
    room(
      "Visits", floors + ["Files", "Clocks", "Campaigns", "Register", "Spreadsheet", crypto]),
    room("Complaints", floors + ["Files", crypto, lifecycle]),
    room("Counter", floors + ["FindingLedger", "Register", "Spreadsheet"]),
    room(
      "Findings",
      floors + [
        "FindingLedger", "Campaigns", "Register", "Reviews", "Deliveries", "Visits", "Spreadsheet",
      ]),
    room(
      "Cases",
      floors + [
        crypto, "Clocks", "FindingLedger", "Files", "Campaigns", "Register", "Reviews",
        "Visits", "Complaints", "Findings", "Spreadsheet",
      ]),
    room("Figures", floors + ["Campaigns", "Register", lifecycle]),
    room("API", floors + ["Reviews", "Deliveries", "Counter", "Findings", "Figures"]),
    room(
      "Desk",
      floors + [
        "Accounts", "Clocks", "Campaigns", "Register", "Imports", "Reviews", "Deliveries",
        "Visits", "Complaints", "Counter", "Findings", "Cases", "Figures",
      ]),
    room(
      "Demo",
      ["Ground", "Accounts", "Register", "Reviews", "Complaints", "Domain", "Postgres", crypto]),
    .target(
      name: "Portal",
      dependencies: floors + [
        "Files", "Accounts", "Counties", "Clocks", "Campaigns", "Register", "Imports", "Reviews",
        "Deliveries", "Visits", "Complaints",
        "Counter", "Findings", "Cases", "Figures", "API", "Desk", hummingbird, lifecycle,
      ], path: "Sources/Portal/Roof", swiftSettings: strict),
    .executableTarget(
      name: "PortalCommand",
      dependencies: [
        "Portal", "Ground", "Accounts", "Counties", "Register", "Imports", "Deliveries",
        "Complaints",
        "Findings", "Figures", "Demo", "Domain", "Postgres", "Spreadsheet", "Web", hummingbird,
        crypto, logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "EmptyRoute",
      dependencies: [hummingbird, .product(name: "NIOCore", package: "swift-nio")],
      path: "Sources/Bench/EmptyRoute", swiftSettings: strict),
    .executableTarget(
      name: "WorkbookSpeed", dependencies: ["Spreadsheet"], path: "Sources/Bench/WorkbookSpeed",
      swiftSettings: strict),
    .target(
      name: "WebTesting",
      dependencies: [
        "Web", hummingbird, logging,
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], path: "Tests/WebTesting", swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "Domain", "Postgres", "Web", "Portal", "Ground", "Accounts", "Counties", "Complaints",
        "Figures", "Demo", "WebTesting", logging,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: strict),
    .testTarget(name: "HTMLTests", dependencies: ["HTML"], swiftSettings: strict),
    .testTarget(
      name: "SpreadsheetTests", dependencies: ["Spreadsheet", "Domain"], swiftSettings: strict),
    .testTarget(
      name: "PostgresTests", dependencies: ["Postgres", "TestSupport", logging],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Web", "Domain", "HTML", "WebTesting", crypto, logging,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ], swiftSettings: strict),
    .testTarget(
      name: "PortalTests",
      dependencies: [
        "Portal", "Ground", "Pages", "FindingLedger", "Files", "Accounts", "Counties", "Clocks",
        "Campaigns", "Register",
        "Imports", "Reviews",
        "Deliveries", "Visits", "Complaints", "Counter", "Findings", "Cases", "Figures", "API",
        "Desk", "Demo",
        "Domain", "Postgres", "HTML", "Spreadsheet", "Web", "TestSupport", crypto, logging,
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
