import Credential
import Errors
import Seal
import Signing
import StatusList
import Trust
import Verification

/// What all certificates of a batch share; checked against the published trust list, so that nothing
/// is signed that no verifier would accept.
struct IssuanceTerms: Sendable {
    let institution: Institution
    /// Frozen: the name filed on the award date.
    let institutionName: String
    let awardDate: CalendarDate
    /// When the award date begins, in seconds since 1970.
    let awardStart: Int
    let key: PublicKey
    let status: StatusTerms
    let trust: VerifiedTrustList

    /// - Parameters:
    ///   - key: of the institution, with which its new certificates are signed.
    ///   - now: seconds since 1970.
    init(
        institution: Institution, awardDate: CalendarDate, awardStart: Int, key: PublicKey, status: StatusTerms,
        trust: VerifiedTrustList, now: Int
    ) throws(IssuanceError) {
        guard now <= trust.list.nextUpdate else {
            throw IssuanceError(
                .trustListStale, "the trust list is past its next update; publish a new one: signet trust publish")
        }
        guard let record = trust.key(key.kid), record.institution == institution.id else {
            throw IssuanceError(
                .keyNotTrusted,
                "key \(key.kid) of institution \(institution.id) is not on the published trust list; "
                    + "publish it first: signet trust publish")
        }
        guard record.state == .active, record.from <= now, record.to.map({ now < $0 }) ?? true else {
            throw IssuanceError(
                .keyNotTrusted, "key \(key.kid) is not active now by the published trust list; use an active key")
        }
        guard trust.hasActiveStatusKey(at: now) else {
            throw IssuanceError(
                .statusKeyNotTrusted,
                "the published trust list has no key for status lists, so nobody could check whether a certificate "
                    + "still stands; run: signet keys create --status, then signet trust publish")
        }
        guard let name = institution.name(on: awardDate) else {
            throw IssuanceError(
                .institutionUnknown, "institution \(institution.id) has no filed name on \(awardDate); check the date")
        }
        self.institution = institution
        institutionName = name
        self.awardDate = awardDate
        self.awardStart = awardStart
        self.trust = trust
        self.key = key
        self.status = status
    }

    /// From when a certificate is valid whose award date lies ahead of its signature; nil for all others.
    func notBefore(issuedAt: Int) -> Int? { awardStart > issuedAt ? awardStart : nil }

    /// Whether verifiers, who know only the award date, will accept all of the plan.
    func check(_ plan: BatchPlan, isValidFromAwardDate: Bool, now: Int) throws(IssuanceError) {
        if let latestExam = plan.latestExam, awardDate < latestExam {
            throw IssuanceError(
                .awardBeforeExam, "the award date \(awardDate) lies before an exam on \(latestExam); give a later one")
        }
        guard isValidFromAwardDate || awardStart <= now else {
            throw IssuanceError(
                .awardAhead,
                "the award date \(awardDate) lies ahead of today; give today or an earlier day, or choose with "
                    + "--valid-from-award-date that the certificates are valid from that day")
        }
        let outside = plan.scopes.filter {
            refusal(of: claims($0, issuedAt: now), now: now)?.name == .scope
        }
        if let scope = outside.min(by: { $0.occupation.code < $1.occupation.code }) {
            throw IssuanceError(
                .notFiledOnAwardDate,
                "on the award date \(awardDate) the trust list has no filing of \(institution.id) for "
                    + "\(scope.occupation.code) \(scope.occupation.name), \(scope.level.printedName)"
                    + (outside.count > 1 ? " and \(outside.count - 1) more" : "")
                    + "; give another award date or publish the filing")
        }
        for scope in plan.scopes { try require(claims(scope, issuedAt: now), now: now) }
    }

    /// What a verifier would refuse is not signed.
    func require(_ claims: CertificateClaims, now: Int) throws(IssuanceError) {
        guard let refused = refusal(of: claims, now: now) else { return }
        throw IssuanceError(refused, claims.certificate)
    }

    private func refusal(of claims: CertificateClaims, now: Int) -> Check? {
        ClaimsChecks(trust, now: now).refusal(of: claims, signedBy: key.kid)
    }

    /// As a certificate of this scope will be, but for its holder.
    private func claims(_ scope: BatchPlan.Scope, issuedAt: Int) -> CertificateClaims {
        CertificateClaims(
            certificate: Certificate(
                // As many bytes as an id has.
                id: CertificateID(bytes: [UInt8](repeating: 0, count: CertificateID.byteCount))!,
                number: CertificateNumber("-"), version: 1, institution: institution.id,
                institutionName: institutionName, holderName: "-", occupation: scope.occupation, specialisation: nil,
                level: scope.level, awardDate: awardDate),
            issuedAt: issuedAt, notBefore: notBefore(issuedAt: issuedAt),
            status: CertificateClaims.StatusReference(index: 0, uri: StatusListURI.text(host: status.host, list: 1)))
    }
}

extension IssuanceError {
    /// In words, why a verifier would refuse a certificate.
    init(_ refused: Check, _ certificate: Certificate) {
        let reason: Reason? =
            switch refused.result {
            case .fail(let reason), .unknown(let reason): reason
            case .pass, .none: nil
            }
        let what = "a verifier would refuse it (\(reason?.rawValue ?? refused.name.rawValue)): \(reason?.text.en ?? "")"
        switch refused.name {
        case .scope:
            self.init(
                .notFiledOnAwardDate,
                "the trust list has no filing for \(certificate.occupation.code), "
                    + "\(certificate.level.printedName), on \(certificate.awardDate); publish the filing or leave the "
                    + "certificate out")
        case .issuer,
            .signature where reason != .malformedSeal:
            self.init(.keyNotTrusted, "certificate \(certificate.number) was not signed, as \(what)")
        default: self.init(.sealRefused, "certificate \(certificate.number) was not signed, as \(what)")
        }
    }
}
