import Audit
import Credential
import Documents
import Errors
import Issuance
import Signing
import Store

/// Prints a lost or damaged certificate again (补证): number and version stay, the print serial goes up.
package struct ReprintDocument: Sendable {
    private let number: CertificateNumber
    private let look: LookChoice
    private let photos: PhotoDesk?
    private let reason: String

    package init(_ number: CertificateNumber, look: LookChoice, photos: PhotoDesk?, reason: String) {
        (self.number, self.look, self.photos, self.reason) = (number, look, photos, reason)
    }

    /// The print is on record before anybody has the document.
    package func callAsFunction(in office: Office, by actor: Actor, passphrase: Passphrase) async throws -> MadeDocument
    {
        let (number, store) = (number, office.store)
        guard let version = try await store.read({ try $0.sealedVersions(number: number) }).first else {
            throw Refusal(.missing, zh: "没有编号为 \(number) 的证书", en: "no certificate has the number \(number)")
        }
        guard let batch = try await store.read({ try $0.batch(version.batch) }) else {
            throw Refusal(
                .damaged, zh: "证书 \(number) 所属批次缺失", en: "the batch of certificate \(number) is missing")
        }
        // A corrected certificate's first print replaces nothing.
        let printed = try await store.read { try $0.prints(of: version.key.certificate) }
            .filter { $0.key == version.key }
        let settings = try InstitutionLooks(in: office).settings(of: batch.institution, look, passphrase: passphrase)
        let look = try await ApprovedLook(
            of: batch, row: version.sheetRow, settings, photos: photos, in: store.forHolders)
        // A first version that never was on record had its first print elsewhere.
        let before = printed.map(\.serial).max() ?? (version.key.version == 1 ? 1 : 0)
        let document = try DocumentMaker(settings).make(version, serial: before + 1, look: look, now: Clock.now())
        let approval = Approval(actor: actor.name, reason: reason, time: Clock.now())
        try await office.carryOut(.print, by: actor) {
            try await PrintJournal(store: store.forHolders).record([document], of: batch.id, approval)
        }
        return document
    }
}
