// swift-tools-version: 6.2
import PackageDescription

// Every target is built in the Swift 6 language mode. `dev/check-imports` compares each
// target's imports with the dependencies declared here; the arrows are explained in DESIGN.md.
var settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// Set by `dev/test`. A newer compiler's warnings must not keep others from building.
if Context.environment["SIGNET_STRICT"] != nil { settings.append(.treatAllWarnings(as: .error)) }

/// The verification page is part of the program, so that a server needs no folder beside it.
let pageAssets = [
    "bulk.css", "bulk.html", "bulk.js", "exceptions.js", "bulk-texts.js", "holder.css", "holder.html", "holder.js",
    "holder-texts.js", "inputs.js", "inputs-texts.js", "language.js", "old.js", "old-loader.js", "openapi.json",
    "page.css", "page.html", "page.js", "seal.js", "status.js", "sw.js", "symbols.svg", "texts.js", "trust.js",
    "verify.js",
]

/// The staff's pages, likewise.
let portalAssets = [
    "account.mustache",
    "accounts.mustache",
    "approve.mustache",
    "batch.mustache",
    "batches.mustache",
    "codes.mustache",
    "enrol.mustache",
    "home.mustache",
    "idle.js",
    "job.mustache",
    "jobs.mustache",
    "layout.mustache",
    "link.mustache",
    "passkey.js",
    "password.mustache",
    "person.mustache",
    "portal.css",
    "problem.mustache",
    "progress.js",
    "review.mustache",
    "reviews.mustache",
    "sample.mustache",
    "sheet-findings.mustache",
    "sheet-history.mustache",
    "sheet-new.mustache",
    "sheet-row.mustache",
    "sheet-submit.mustache",
    "sheet.mustache",
    "sheets.mustache",
    "sign-in.mustache",
]

/// The looks that every installation has.
let templates = ["landscape.json", "portrait.json", "sheets.json"]

let package = Package(
    name: "signet",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "signet", targets: ["signet"]),
        .executable(name: "signet-bench", targets: ["signet-bench"]),
    ],
    // Exact versions, so that a clone of another day builds the same program; each new one is a change of its own.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // Without its default traits: neither its configuration support nor all of Foundation is used.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "COpenCC", pkgConfig: "opencc", providers: [.apt(["libopencc-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),

        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

        .target(name: "Errors"),
        .target(name: "Encodings", dependencies: ["CZlib", "Errors"]),
        .target(name: "Files", dependencies: ["Errors"]),
        .target(name: "Pipelines"),
        .target(name: "Signing", dependencies: ["COpenSSL", "Encodings", "Errors", "Files"]),
        .target(name: "WebAuthn", dependencies: ["Encodings", "Errors", "Signing"]),
        .target(name: "Credential", dependencies: ["Encodings", "Errors"]),
        .target(
            name: "Spreadsheets",
            dependencies: [
                "CXLSXWriter", "CXML2", "CZip", "Credential", "Errors", "Files",
            ]),
        .target(name: "Results", dependencies: ["Credential", "Errors", "Files", "Spreadsheets"]),
        .target(name: "Eligibility", dependencies: ["Credential", "Encodings", "Errors", "Results"]),
        .target(name: "Seal", dependencies: ["Credential", "Encodings", "Errors", "Signing"]),
        .target(name: "Trust", dependencies: ["Credential", "Encodings", "Errors", "Files", "Signing"]),
        .target(name: "PDFSignature", dependencies: ["Encodings", "Errors", "Signing"]),
        .target(
            name: "Verification",
            dependencies: [
                "Credential", "Encodings", "Errors", "Files", "PDFSignature", "Seal", "Signing", "StatusList",
                "Trust",
            ]),
        .target(
            name: "Bulk",
            dependencies: [
                "COpenCC", "Credential", "Encodings", "Errors", "Files", "PDFSignature", "Parsing", "Photos",
                "Pipelines", "Results", "Seal", "Signing", "Spreadsheets", "Trust", "Verification",
            ]),
        .target(name: "StatusList", dependencies: ["Encodings", "Errors", "Seal", "Signing"]),
        .target(
            name: "Store",
            dependencies: [
                "AuditLog", "Credential", "Encodings", "Errors", "Signing", "StatusList",
            ]),
        .target(name: "AuditLog", dependencies: ["Credential", "Encodings", "Errors", "Files", "Signing"]),
        .target(
            name: "StoreSQLite",
            dependencies: [
                "AuditLog", "Credential", "Encodings", "Errors", "Signing", "StatusList", "Store",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "Audit",
            dependencies: [
                "Approvals", "AuditLog", "Credential", "Encodings", "Errors", "Files", "Seal", "Signing",
                "StatusList", "Store", "Trust",
            ]),
        .target(
            name: "Keyring",
            dependencies: [
                "Credential", "Encodings", "Errors", "Files", "Signing", "Trust",
            ]),
        .target(
            name: "Publishing",
            dependencies: [
                "AuditLog", "Encodings", "Errors", "Files", "Signing", "StatusList", "Store", "Trust",
                "Verification",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Accounts",
            dependencies: [
                "Credential", "Encodings", "Errors", "PersonalData", "Signing", "Store", "WebAuthn",
            ], resources: [.embedInCode("Resources/common-passwords.txt")]),
        .target(
            name: "Approvals",
            dependencies: [
                "AuditLog", "Credential", "Encodings", "Errors", "Files", "Signing", "Store", "WebAuthn",
            ]),
        .target(
            name: "Jobs",
            dependencies: [
                "Encodings", "Errors", "Files", "PersonalData", "Signing", "Store",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "HomeFolder",
            dependencies: [
                "Audit", "AuditLog", "Credential", "Errors", "Files", "Issuance", "Keyring", "PersonalData",
                "Signing", "Store", "Trust",
            ]),
        .target(
            name: "Notices",
            dependencies: [
                "CCurl", "Encodings", "Errors", "HomeFolder", "Signing", "Store",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Acts",
            dependencies: [
                "Accounts", "Approvals", "Audit", "AuditLog", "Credential", "Documents", "Eligibility",
                "Encodings", "Errors", "Files", "HomeFolder", "Issuance", "Jobs", "Keyring", "Lookup",
                "PDFSignature", "Parsing", "PersonalData", "Publishing", "Rendering", "Results", "Seal", "Signing",
                "Spreadsheets", "StatusList", "Store", "Trust", "WebAuthn",
            ]),
        .target(
            name: "Lookup",
            dependencies: [
                "Audit", "AuditLog", "Credential", "Encodings", "Errors", "PersonalData", "Seal", "Signing",
                "StatusList", "Store", "Trust", "Verification",
            ]),
        .target(
            name: "Installation",
            dependencies: [
                "Acts", "Audit", "AuditLog", "Credential", "Encodings", "Errors", "Files", "HomeFolder", "Keyring",
                "Parsing", "PersonalData", "Signing", "Store", "StoreSQLite",
            ]),
        .target(
            name: "HTTPSupport",
            dependencies: [
                "Credential", "Encodings", "Errors", "Files",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(name: "PersonalData", dependencies: ["Credential", "Encodings", "Errors", "Seal", "Signing"]),
        .target(
            name: "Issuance",
            dependencies: [
                "Audit", "AuditLog", "Credential", "Eligibility", "Encodings", "Errors", "Files", "PersonalData",
                "Pipelines", "Results", "Seal", "Signing", "StatusList", "Store", "Trust", "Verification",
            ]
        ),
        .target(
            name: "CPhotoReader",
            linkerSettings: ["ZXing", "jpeg", "png16", "webp", "webpdemux", "zbar"].map { .linkedLibrary($0) }
        ),
        .target(name: "Photos", dependencies: ["CPhotoReader"]),
        .target(name: "Pages", dependencies: ["CPoppler", "Photos"]),
        .target(
            name: "Rendering",
            dependencies: [
                "CPNG", "CPango", "CQRencode", "CTurboJPEG", "Credential", "Encodings", "Errors",
            ],
            resources: templates.map { .embedInCode("Resources/\($0)") }
        ),
        .target(
            name: "Documents",
            dependencies: [
                "Audit", "AuditLog", "CArchive", "CCurl", "Credential", "Encodings", "Errors", "Files", "Issuance",
                "Lookup", "PDFSignature", "Parsing", "PersonalData", "Photos", "Pipelines", "Rendering", "Results",
                "Seal", "Signing", "Store",
            ]
        ),
        .target(name: "CSandbox", linkerSettings: [.linkedLibrary("seccomp")]),
        .target(
            name: "Parsing",
            dependencies: [
                "CSandbox", "Errors", "Files", "PDFSignature", "Pages", "Photos", "Results", "Seal", "Signing",
                "Spreadsheets",
            ]),
        .target(name: "SampleData", dependencies: ["Credential", "Errors"]),
        .target(
            name: "SignetServer",
            dependencies: [
                "Acts", "Audit", "AuditLog", "Bulk", "Credential", "Documents", "Encodings", "Errors", "Files",
                "HTTPSupport", "HomeFolder", "Issuance", "Lookup", "Parsing", "Photos", "Publishing", "Results",
                "Seal", "Signing", "StatusList", "Store", "Trust", "Verification",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: pageAssets.map { .embedInCode("Resources/\($0)") }
        ),
        .target(
            name: "Portal",
            dependencies: [
                "Accounts", "Acts", "Approvals", "Audit", "Credential", "Encodings", "Errors", "HTTPSupport",
                "HomeFolder", "Issuance", "Jobs", "Lookup", "Rendering", "Results", "Signing", "Store", "WebAuthn",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: portalAssets.map { .embedInCode("Resources/\($0)") }
        ),
        .executableTarget(
            name: "signet",
            dependencies: [
                "Accounts", "Acts", "Approvals", "Audit", "AuditLog", "Bulk", "CSandbox", "Credential",
                "Documents", "Eligibility", "Encodings", "Errors", "Files", "HTTPSupport", "HomeFolder",
                "Installation", "Issuance", "Jobs", "Keyring", "Lookup", "Notices", "PDFSignature", "Parsing",
                "PersonalData", "Portal", "Publishing", "Rendering", "Results", "SampleData", "Seal",
                "SignetServer", "Signing", "Spreadsheets", "StatusList", "Store", "Trust", "Verification",
                "WebAuthn",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        // Reaches OpenSSL directly and makes its own keys and data: no part of the product.
        .executableTarget(
            name: "signet-bench",
            dependencies: [
                "Acts", "Bulk", "COpenSSL", "Credential", "Eligibility", "Errors", "Files", "Issuance", "Lookup",
                "Parsing", "PersonalData", "Publishing", "Results", "SampleData", "Seal", "Signing", "StatusList",
                "Store", "StoreSQLite", "Trust", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        .target(
            name: "TestSupport",
            dependencies: [
                "Credential", "Encodings", "Results", "Seal", "Signing", "Store", "Trust", "WebAuthn",
            ],
            path: "Tests/TestSupport"),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Approvals", "Credential", "Encodings", "Errors", "Files", "HTTPSupport", "Lookup", "PDFSignature",
                "Parsing", "Photos", "Portal", "Rendering", "Results", "Seal", "SignetServer", "Signing",
                "Spreadsheets", "StatusList", "Store", "TestSupport", "Trust", "Verification", "WebAuthn",
            ], path: "Tests/FuzzTargets"),
        .testTarget(
            name: "ApprovalsTests",
            dependencies: [
                "Approvals", "AuditLog", "Credential", "Encodings", "Errors", "Signing", "Store", "TestSupport",
                "WebAuthn",
            ]),
        .testTarget(
            name: "AccountsTests",
            dependencies: [
                "Accounts", "Acts", "Audit", "AuditLog", "Credential", "Encodings", "Errors", "PersonalData",
                "Signing", "Store", "StoreSQLite", "TestSupport", "WebAuthn",
            ], exclude: ["roles.csv"]),
        .testTarget(
            name: "PortalTests",
            dependencies: [
                "Accounts", "Acts", "Audit", "AuditLog", "Credential", "Encodings", "Errors", "Files",
                "HTTPSupport", "HomeFolder", "Issuance", "Jobs", "Parsing", "PersonalData", "Portal", "Results",
                "Signing", "Store", "StoreSQLite", "TestSupport", "WebAuthn",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        .testTarget(
            name: "ActsTests",
            dependencies: [
                "Accounts", "Acts", "Approvals", "Audit", "AuditLog", "Credential", "Documents", "Encodings",
                "Errors", "Files", "HomeFolder", "Installation", "Issuance", "Jobs", "Keyring", "Lookup",
                "PDFSignature", "Parsing", "Rendering", "Results", "SampleData", "Seal", "Signing", "StatusList",
                "Store", "StoreSQLite", "TestSupport", "Trust", "Verification", "WebAuthn",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "JobsTests",
            dependencies: [
                "Errors", "Files", "Jobs", "PersonalData", "Store", "StoreSQLite", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "NoticesTests",
            dependencies: [
                "Errors", "HomeFolder", "Notices", "Store", "StoreSQLite", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "FilesTests", dependencies: ["Errors", "Files", "TestSupport"]),
        .testTarget(name: "EncodingsTests", dependencies: ["Credential", "Encodings", "Errors", "TestSupport"]),
        .testTarget(name: "WebAuthnTests", dependencies: ["Errors", "Signing", "TestSupport", "WebAuthn"]),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"]),
        .testTarget(name: "CredentialTests", dependencies: ["Credential"]),
        .testTarget(
            name: "SigningTests",
            dependencies: [
                "Credential", "Encodings", "Errors", "Files", "Signing", "TestSupport",
            ]),
        .testTarget(name: "SpreadsheetsTests", dependencies: ["Spreadsheets", "TestSupport"]),
        .testTarget(name: "ResultsTests", dependencies: ["Credential", "Errors", "Files", "Results", "TestSupport"]),
        .testTarget(name: "EligibilityTests", dependencies: ["Credential", "Eligibility", "Results"]),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "Acts", "Errors", "Files", "HTTPSupport", "TestSupport", "signet",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], exclude: ["Scripts"]),
        .testTarget(
            name: "StoreContractTests",
            dependencies: [
                "AuditLog", "Credential", "Encodings", "Errors", "Signing", "StatusList", "Store", "StoreSQLite",
                "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "StatusListTests",
            dependencies: [
                "CZlib", "Encodings", "Errors", "Signing", "StatusList", "TestSupport",
            ]),
        .testTarget(name: "PDFSignatureTests", dependencies: ["Errors", "PDFSignature", "Signing", "TestSupport"]),
        .testTarget(name: "TrustTests", dependencies: ["Credential", "Encodings", "Errors", "Signing", "Trust"]),
        .testTarget(
            name: "VerificationTests",
            dependencies: [
                "Credential", "Encodings", "Errors", "PDFSignature", "Seal", "Signing", "StatusList",
                "TestSupport", "Trust", "Verification",
            ]
        ),
        .testTarget(
            name: "IssuanceTests",
            dependencies: [
                "Acts", "Audit", "AuditLog", "Credential", "Eligibility", "Encodings", "Errors", "Files",
                "Issuance", "PersonalData", "Publishing", "Rendering", "Results", "SampleData", "Seal", "Signing",
                "StatusList", "Store", "StoreSQLite", "TestSupport", "Trust", "Verification",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "SignetServerTests",
            dependencies: [
                "Credential", "Files", "HTTPSupport", "Lookup", "Parsing", "Publishing", "Seal", "SignetServer",
                "Signing", "StatusList", "TestSupport", "Trust", "Verification",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "RenderingTests", dependencies: ["CQRencode", "Credential", "Rendering", "TestSupport"],
            exclude: ["decode_qr.py"]
        ),
        .testTarget(
            name: "PhotosTests", dependencies: ["Photos", "Rendering", "TestSupport"], exclude: ["photograph.py"]
        ),
        .testTarget(
            name: "BulkTests",
            dependencies: [
                "Bulk", "Credential", "Errors", "Parsing", "Results", "Seal", "Signing", "TestSupport", "Trust",
                "Verification",
            ]),
        .testTarget(
            name: "ParsingTests",
            dependencies: [
                "Errors", "Files", "PDFSignature", "Parsing", "Photos", "Rendering", "Results", "Spreadsheets",
                "TestSupport",
            ],
            exclude: ["bombs.py", "impostor.py", "probe.c"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents"]),
        .testTarget(name: "PersonalDataTests", dependencies: ["Credential", "Errors", "PersonalData", "Signing"]),
        .testTarget(name: "SampleDataTests", dependencies: ["Credential", "SampleData"]),
        .testTarget(
            name: "SealTests",
            dependencies: [
                "Credential", "Encodings", "Errors", "Seal", "Signing", "TestSupport",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// libFuzzer brings its own main; see dev/fuzz.
if Context.environment["SIGNET_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzMain", dependencies: ["FuzzTargets"], path: "Tests/FuzzMain",
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

for target in package.targets where target.type != .system && !["CPhotoReader", "CSandbox"].contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
