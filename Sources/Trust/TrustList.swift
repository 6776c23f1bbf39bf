import Errors
import Signing

/// Who may certify what, as the authority publishes it. docs/formats/trust-list.md specifies it.
package struct TrustList: Codable, Equatable, Sendable {
    /// The authority's name.
    package var iss: String
    /// Raised with every publication, never lowered.
    package var sequence: Int
    /// Seconds since 1970, as all instants here.
    package var iat: Int
    package var nextUpdate: Int
    package var institutions: [Institution]
    /// Keys that sign status lists and nothing else; a list published before there were any has none.
    package var statusKeys: [Key]?
    /// Keys that sign verification receipts and nothing else.
    package var receiptKeys: [Key]?

    package struct Institution: Codable, Equatable, Sendable {
        package var id: String
        package var names: [Name]
        package var keys: [Key]
        package var filings: [Filing]
        /// Whom to ask about a certificate; as published, not checked.
        package var phone: String?
        package var website: String?

        package init(
            id: String, names: [Name], keys: [Key], filings: [Filing], phone: String? = nil, website: String? = nil
        ) {
            self.id = id
            self.names = names
            self.keys = keys
            self.filings = filings
            self.phone = phone
            self.website = website
        }
    }

    /// A filed name and the days on which it holds, `YYYY-MM-DD`, both included.
    package struct Name: Codable, Equatable, Sendable {
        package var name: String
        package var from: String
        package var to: String?

        package init(name: String, from: String, to: String? = nil) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    package struct Key: Codable, Equatable, Sendable {
        package enum State: String, Codable, Sendable { case active, retired, compromised }

        package var kid: String
        package var alg: String
        package var jwk: JWK
        package var from: Int
        package var to: Int?
        package var state: State
        package var compromisedSince: Int?
        /// The seals of a compromised key that stand; without it none does.
        package var recorded: Recorded?

        /// A file of ``RecordedSeals``, by its digest.
        package struct Recorded: Codable, Equatable, Sendable {
            package var count: Int
            package var sha256: String
        }

        package init(
            _ key: PublicKey, from: Int, to: Int? = nil, state: State = .active, compromisedSince: Int? = nil,
            recorded: Recorded? = nil
        ) {
            self.recorded = recorded
            kid = key.kid.description
            alg = key.algorithm.name
            jwk = key.jwk
            self.from = from
            self.to = to
            self.state = state
            self.compromisedSince = compromisedSince
        }

        enum CodingKeys: String, CodingKey {
            case kid, alg, jwk, from, to, state, recorded
            case compromisedSince = "compromised_since"
        }
    }

    /// Permission for one occupation at some levels between two days, both included.
    package struct Filing: Codable, Equatable, Sendable {
        package var occupation: String
        package var name: String
        package var levels: [Int]
        package var from: String
        package var to: String?

        package init(occupation: String, name: String, levels: [Int], from: String, to: String? = nil) {
            self.occupation = occupation
            self.name = name
            self.levels = levels
            self.from = from
            self.to = to
        }
    }

    enum CodingKeys: String, CodingKey {
        case iss, sequence, iat, institutions
        case nextUpdate = "next_update"
        case statusKeys = "status_keys"
        case receiptKeys = "receipt_keys"
    }

    package init(
        iss: String, sequence: Int, iat: Int, nextUpdate: Int, institutions: [Institution], statusKeys: [Key]? = nil,
        receiptKeys: [Key]? = nil
    ) {
        self.iss = iss
        self.sequence = sequence
        self.iat = iat
        self.nextUpdate = nextUpdate
        self.institutions = institutions
        self.statusKeys = statusKeys
        self.receiptKeys = receiptKeys
    }
}

/// Why a trust list is refused. Equal by code.
package typealias TrustError = CodedError<TrustErrorCode>

package enum TrustErrorCode: String, ErrorCode {
    case malformed, wrongType, wrongKey, invalidSignature, inconsistent

    package var category: ErrorCategory { .refused }
}
