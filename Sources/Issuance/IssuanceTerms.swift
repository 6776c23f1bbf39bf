import Credential
import Signing
import Trust

/// What all certificates of a batch share; checked against the published trust list, so that nothing
/// is signed that no verifier would accept.
struct IssuanceTerms: Sendable {
    let institution: Institution
    /// Frozen: the name filed on the award date.
    let institutionName: String
    let awardDate: CalendarDate
    let key: PublicKey
    let status: StatusTerms

    /// - Parameters:
    ///   - key: of the institution, with which its new certificates are signed.
    ///   - now: seconds since 1970.
    init(
        institution: Institution, awardDate: CalendarDate, key: PublicKey, status: StatusTerms,
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
        self.key = key
        self.status = status
    }

    /// Whether verifiers, who know only the award date, will find a filing for all of the plan.
    func check(_ plan: BatchPlan, trust: VerifiedTrustList) throws(IssuanceError) {
        if let latestExam = plan.latestExam, awardDate < latestExam {
            throw IssuanceError(
                .awardBeforeExam, "the award date \(awardDate) lies before an exam on \(latestExam); give a later one")
        }
        // Present: initialisation has looked it up.
        guard let record = trust.key(key.kid) else { return }
        let outside = plan.scopes.filter {
            !trust.isFiled(record, occupationCode: $0.occupation.code, level: $0.level, on: awardDate)
        }
        if let scope = outside.min(by: { $0.occupation.code < $1.occupation.code }) {
            throw IssuanceError(
                .notFiledOnAwardDate,
                "on the award date \(awardDate) the trust list has no filing of \(institution.id) for "
                    + "\(scope.occupation.code) \(scope.occupation.name), \(scope.level.printedName)"
                    + (outside.count > 1 ? " and \(outside.count - 1) more" : "")
                    + "; give another award date or publish the filing")
        }
    }
}
