import Audit
import Credential
import Documents
import Errors
import Issuance
import Store

/// Approves how a batch's documents look now, where that is not what was approved with its results.
package struct ApproveLook: Sendable {
    package let batch: Batch
    /// Parts that are others now; none when nothing is to be approved.
    package let differing: [DocumentLook.Part]
    package let statement: BatchStatement
    /// SHA-256 of each row's photo.
    package let photos: [Int: [UInt8]]
    private let office: Office

    package init(_ batch: Batch, in office: Office, look: LookChoice, photos desk: PhotoDesk?) async throws {
        guard var statement = batch.statement else {
            throw Refusal(
                .damaged, zh: "批次 \(batch.id.value) 的批准内容无法读取",
                en: "what was approved of batch \(batch.id.value) cannot be read")
        }
        let photos = try await desk?.digests(of: batch) ?? [:]
        let look = try InstitutionLooks(in: office).look(of: batch.institution, look).with(photos: photos)
        differing = look.differences(from: statement.look)
        statement.look = look
        (self.batch, self.statement, self.photos, self.office) = (batch, statement, photos, office)
    }

    package var proposal: Proposal {
        get throws {
            let parts = differing.map(\.rawValue).joined(separator: ", ")
            return Proposal(
                .look, digest: try statement.digest, count: 1,
                summary: [
                    BilingualText(
                        zh: "批次 \(batch.id.value) 的证书样式有变：\(parts)",
                        en: "the look of batch \(batch.id.value) changes: \(parts)")
                ])
        }
    }

    package func callAsFunction(_ approval: Approval, by actor: Actor) async throws {
        try await office.authority.requireSignature(.approveDocuments, by: actor)
        try await office.carryOut(.approveDocuments, by: actor) {
            _ = try await BatchReapproval(store: office.store.forIssuing).approve(
                batch, statement, photos: photos, approval)
        }
    }
}
