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
                .trustListStale, zh: "信任列表已过下次更新时间；请公布新的",
                en: "the trust list is past its next update; publish a new one", remedy: .publishTrust)
        }
        guard let record = trust.key(key.kid), record.institution == institution.id else {
            throw IssuanceError(
                .keyNotTrusted, zh: "机构 \(institution.id) 的密钥 \(key.kid) 不在已公布的信任列表中；请先公布",
                en:
                    "key \(key.kid) of institution \(institution.id) is not on the published trust list; publish it first",
                remedy: .publishTrust)
        }
        guard record.state == .active, record.from <= now, record.to.map({ now < $0 }) ?? true else {
            throw IssuanceError(
                .keyNotTrusted, zh: "按已公布的信任列表，密钥 \(key.kid) 目前不在有效期内；请使用有效的密钥",
                en: "key \(key.kid) is not active now by the published trust list; use an active key")
        }
        guard trust.hasActiveStatusKey(at: now) else {
            throw IssuanceError(
                .statusKeyNotTrusted, zh: "已公布的信任列表中没有状态列表的密钥，因此没有人能核对证书是否仍然有效",
                en: "the published trust list has no key for status lists, so nobody could check whether a certificate "
                    + "still stands", remedy: .createStatusKey)
        }
        guard let name = institution.name(on: awardDate) else {
            throw IssuanceError(
                .institutionUnknown, zh: "机构 \(institution.id) 在 \(awardDate) 没有备案的名称；请核对日期",
                en: "institution \(institution.id) has no filed name on \(awardDate); check the date")
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
                .awardBeforeExam, zh: "发证日期 \(awardDate) 早于 \(latestExam) 的考试；请改用较晚的日期",
                en: "the award date \(awardDate) lies before an exam on \(latestExam); give a later one")
        }
        guard isValidFromAwardDate || awardStart <= now else {
            throw IssuanceError(
                .awardAhead, zh: "发证日期 \(awardDate) 晚于今天；请填写今天或更早的日期，或用 --valid-from-award-date 表明证书从该日起有效",
                en: "the award date \(awardDate) lies ahead of today; give today or an earlier day, or choose with "
                    + "--valid-from-award-date that the certificates are valid from that day")
        }
        let outside = plan.scopes.filter {
            refusal(of: claims($0, issuedAt: now), now: now)?.name == .scope
        }
        if let scope = outside.min(by: { $0.occupation.code < $1.occupation.code }) {
            throw IssuanceError(
                .notFiledOnAwardDate,
                zh: "在发证日期 \(awardDate)，信任列表中没有 \(institution.id) 对 "
                    + "\(scope.occupation.code) \(scope.occupation.name)\(scope.level.printedName)"
                    + (outside.count > 1 ? "（以及另外 \(outside.count - 1) 项）" : "") + "的备案；请改用其他发证日期，或公布该备案",
                en: "on the award date \(awardDate) the trust list has no filing of \(institution.id) for "
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
        let cause = reason?.rawValue ?? refused.name.rawValue
        let unsigned = BilingualText(
            zh: "证书 \(certificate.number) 没有签名，因为核验时不会被认可（\(cause)）：\(reason?.text.zh ?? "")",
            en: "certificate \(certificate.number) was not signed, as a verifier would refuse it (\(cause)): "
                + (reason?.text.en ?? ""))
        switch refused.name {
        case .scope:
            self.init(
                .notFiledOnAwardDate,
                zh: "在 \(certificate.awardDate)，信任列表中没有 \(certificate.occupation.code) "
                    + "\(certificate.level.printedName)的备案；请公布该备案，或不签发此证书",
                en: "the trust list has no filing for \(certificate.occupation.code), "
                    + "\(certificate.level.printedName), on \(certificate.awardDate); publish the filing or leave the "
                    + "certificate out")
        case .issuer,
            .signature where reason != .malformedSeal:
            self.init(.keyNotTrusted, unsigned)
        default: self.init(.sealRefused, unsigned)
        }
    }
}
