import Encodings
import Errors
import Files
import FoundationEssentials
import Signing
import Trust
import Verification

/// What a machine of the authority vouches for after checking a file: docs/formats/receipt.md. It names no person.
package struct VerificationReceipt: Codable, Equatable, Sendable {
    /// A file by its digest and length.
    package struct File: Codable, Equatable, Sendable {
        /// Base64url.
        package var sha256: String
        package var bytes: Int

        package init(digest: [UInt8], byteCount: Int) {
            sha256 = Base64URL.encode(digest)
            bytes = byteCount
        }

        /// Read in blocks, so that its length never matters.
        package init(path: String) throws {
            let (digest, byteCount) = try FileDigest.of(path)
            self.init(digest: digest, byteCount: byteCount)
        }
    }

    package struct List: Codable, Equatable, Sendable {
        package var uri: String
        package var iat: Int
    }

    package struct Trust: Codable, Equatable, Sendable {
        package var sequence: Int
        package var iat: Int
    }

    package struct Counts: Codable, Equatable, Sendable {
        package var valid: Int
        package var notValid: Int
        package var couldNotCheck: Int

        package init(_ counts: VerdictCounts) {
            (valid, notValid, couldNotCheck) = (counts.valid, counts.notValid, counts.couldNotCheck)
        }

        enum CodingKeys: String, CodingKey {
            case valid
            case notValid = "not-valid"
            case couldNotCheck = "could-not-check"
        }
    }

    /// The authority's name.
    package var iss: String
    /// When the rows were checked, in seconds since 1970.
    package var iat: Int
    package var jti: String
    package var tool: String
    package var input: File
    package var result: File
    package var rows: Int
    package var verdicts: Counts
    package var trustList: Trust
    package var statusLists: [List]

    enum CodingKeys: String, CodingKey {
        case iss, iat, jti, tool, input, result, rows, verdicts
        case trustList = "trust_list"
        case statusLists = "status_lists"
    }

    package init(
        of input: File, result: File, counts: VerdictCounts, trust: TrustList, status: StatusSource, time: Int,
        tool: String
    ) throws {
        iss = trust.iss
        iat = time
        jti = Base64URL.encode(try SecureRandom.bytes(16))
        self.tool = tool
        self.input = input
        self.result = result
        rows = counts.total
        verdicts = Counts(counts)
        trustList = Trust(sequence: trust.sequence, iat: trust.iat)
        statusLists = status.issuedAt.sorted { $0.key < $1.key }.map { List(uri: $0.key, iat: $0.value) }
    }
}

enum FileDigest {
    static func of(_ path: String) throws -> (digest: [UInt8], byteCount: Int) {
        let hasher = try SHA256Hasher()
        let byteCount = try DurableFile.forEachBlock(of: path) { block throws(FileError) in
            do { try hasher.update(block) } catch {
                throw FileError(.fileAccess, zh: "无法计算 \(path) 的摘要", en: "cannot digest \(path)")
            }
        }
        return (try hasher.finalize(), byteCount)
    }
}
