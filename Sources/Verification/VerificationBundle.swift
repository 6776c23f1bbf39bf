import Encodings
import FoundationEssentials

/// All that checking a day's certificates without a network needs, in one file (docs/formats/bundle.md).
/// Each part is signed by itself, so the file needs no signature; the root stays pinned apart.
package struct VerificationBundle: Codable, Equatable, Sendable {
    package static let format = "signet-bundle"
    package static let maximumByteCount = 256 << 20

    package var format: String
    package var version: Int
    /// A trust list as published.
    package var trustList: String
    /// Status list tokens in their JWT form.
    package var statusLists: [String]

    package init(trustList: String, statusLists: [String]) {
        format = Self.format
        version = 1
        self.trustList = trustList
        self.statusLists = statusLists
    }

    /// Nil when it is not such a file.
    package init?(decoding bytes: [UInt8]) {
        guard bytes.count <= Self.maximumByteCount,
            let bundle = try? JSONDecoder().decode(Self.self, from: Data(bytes)), bundle.format == Self.format,
            bundle.version == 1
        else { return nil }
        self = bundle
    }

    package func encoded() throws -> [UInt8] {
        try StableJSON.encode(self) + [0x0A]
    }
}
