import Audit
import Credential
import Errors
import Issuance
import Publishing
import StatusList
import Store

/// Corrects one certificate: a campaign of one, under the same number.
package struct CorrectCertificate: Sendable {
    private let number: CertificateNumber
    private let change: CertificateChange
    private let reason: String

    package init(_ number: CertificateNumber, _ change: CertificateChange, reason: String) {
        (self.number, self.change, self.reason) = (number, change, reason)
    }

    package func plan(in office: Office) async throws -> ReissuePlan {
        let plan = try await CertificateSelection.numbers([number]).plan(change, in: office.store)
        guard plan.refused.isEmpty, !plan.versions.isEmpty else { throw revoked }
        return plan
    }

    /// - Returns: the new version.
    package func callAsFunction(
        _ plan: ReissuePlan, with run: inout RunCampaign, by actor: Actor,
        onProgress: @escaping (IssuanceProgress) -> Void, onPublished: ([StatusPublisher.Published]) -> Void
    ) async throws -> Int {
        guard let version = plan.versions.first else { throw revoked }
        _ = try await run.begin(
            plan, named: "correction \(number) version \(version.version + 1)", cause: .corrected, reason: reason,
            by: actor, onProgress: onProgress, onPublished: onPublished)
        return version.version + 1
    }

    private var revoked: Refusal {
        Refusal(
            .refused, zh: "证书 \(number) 已被撤销；已撤销的证书不能更正",
            en: "certificate \(number) is revoked; a revoked one is not corrected")
    }
}
