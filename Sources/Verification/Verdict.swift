import Credential

/// The three answers, never collapsed into two.
package enum Outcome: String, Sendable {
    case valid
    case notValid = "not-valid"
    case couldNotCheck = "could-not-check"
}

/// One of the five checks of docs/formats/seal.md, or that of docs/formats/document.md, reported apart from
/// the others.
package struct Check: Equatable, Sendable {
    package enum Name: String, Sendable, CaseIterable {
        case document, signature, issuer, scope, status, dates

        /// The checks of a seal, which has no document around it.
        static let ofSeal = allCases.filter { $0 != .document }
    }

    package enum Result: Equatable, Sendable {
        case pass
        case fail(Reason)
        case unknown(Reason)
        /// There was nothing to check, such as a status that the seal does not name, or nothing that
        /// could be relied on, as when the signature failed.
        case none
    }

    package let name: Name
    package let result: Result
}

/// Why a check failed or could not be made. The raw values are part of the API.
package enum Reason: String, Sendable, CaseIterable {
    case notASeal = "not-a-seal"
    case sealDamaged = "seal-damaged"
    case severalSeals = "several-seals"
    case malformedSeal = "malformed-seal"
    case unknownKey = "unknown-key"
    case algorithmMismatch = "algorithm-mismatch"
    case badSignature = "bad-signature"
    case issuerMismatch = "issuer-mismatch"
    case keyNotInForce = "key-not-in-force"
    case keyCompromised = "key-compromised"
    case notRecorded = "not-recorded"
    case recordedSealsUnavailable = "recorded-seals-unavailable"
    case notFiled = "not-filed"
    case notYetValid = "not-yet-valid"
    case expired
    case datesContradict = "dates-contradict"
    case clockBehind = "clock-behind"
    case trustListUnavailable = "trust-list-unavailable"
    case trustListInvalid = "trust-list-invalid"
    case trustListStale = "trust-list-stale"
    case trustListRolledBack = "trust-list-rolled-back"
    case trustListOlderThanSeal = "trust-list-older-than-seal"
    case algorithmUnsupported = "algorithm-unsupported"
    case revoked
    case suspended
    case superseded
    case statusUnavailable = "status-unavailable"
    case statusListInvalid = "status-list-invalid"
    case statusSignatureInvalid = "status-signature-invalid"
    case statusAddressMismatch = "status-address-mismatch"
    case statusListStale = "status-list-stale"
    case statusListRolledBack = "status-list-rolled-back"
    case statusIndexOutOfRange = "status-index-out-of-range"
    case statusValueUnknown = "status-value-unknown"
    case statusUnsupported = "status-unsupported"
    case documentNotOriginal = "document-not-original"
    case documentCopy = "document-copy"
    case documentSeveralCodes = "document-several-codes"
    case documentEmpty = "document-empty"
    case documentDamaged = "document-damaged"
    case documentEncrypted = "document-encrypted"
    case documentMerged = "document-merged"
    case documentSpaceBehind = "document-space-behind"
    case documentUnreadable = "document-unreadable"
    case documentChanged = "document-changed"
    case documentAppended = "document-appended"
    case documentAnnotated = "document-annotated"
    case documentOverlaid = "document-overlaid"
    case attachmentReplaced = "attachment-replaced"
    case documentSignerUnknown = "document-signer-unknown"
    case documentSignerMismatch = "document-signer-mismatch"
    case documentKeyCompromised = "document-key-compromised"
    case sealMissing = "seal-missing"
    case documentContradictsSeal = "document-contradicts-seal"
}

/// The answer about one seal.
package struct Verdict: Equatable, Sendable {
    package let outcome: Outcome
    /// Of the first check that failed, else of the first that could not be made.
    package let reason: Reason?
    package let checks: [Check]
    /// What the seal says. Nil when its signature is not right: unsigned words are not passed on.
    package let certificate: Certificate?
    /// The list that the status check looked at, or the last one known; nil when there was none.
    package let statusBasis: StatusBasis?

    /// The day from which a certificate is valid that is not yet; nil for others.
    package let validFrom: CalendarDate?

    /// - Parameter notBefore: seconds since 1970.
    init(checks: [Check], certificate: Certificate?, statusBasis: StatusBasis? = nil, notBefore: Int? = nil) {
        self.checks = checks
        self.statusBasis = statusBasis
        self.certificate = certificate
        let failure = checks.lazy.compactMap { if case .fail(let reason) = $0.result { reason } else { nil } }.first
        let gap = checks.lazy.compactMap { if case .unknown(let reason) = $0.result { reason } else { nil } }.first
        reason = failure ?? gap
        // The day that begins then where the certificate was issued, whatever zone that is.
        validFrom =
            (failure ?? gap) == .notYetValid
            ? notBefore.map { CalendarDate(daysSinceEpoch: ($0 + 43_200) / 86_400) } : nil
        outcome = failure != nil ? .notValid : gap != nil ? .couldNotCheck : .valid
    }
}
