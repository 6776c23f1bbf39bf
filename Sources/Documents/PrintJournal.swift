import AuditLog
import Credential
import Signing
import Store

/// Puts prints on record before anybody has them: a PDF that somebody may hold is never unknown.
package struct PrintJournal: Sendable {
    private let store: any HolderStore

    package init(store: any HolderStore) { self.store = store }

    package func record(_ documents: [MadeDocument], of batch: BatchID, _ approval: Approval) async throws {
        guard let serial = documents.map(\.serial).max() else { return }
        let prints = Self.prints(documents, approval)
        let digest = try SHA256.digest(Array(documents.map(\.digest).joined()))
        let subject = AuditSubject.batch(batch).with(.documents, .number(documents.count))
            .with(.print, serial > 1 ? .number(serial) : nil)
        try await store.write { transaction in
            try transaction.save(prints)
            try transaction.append(AuditAct(.documentsPrinted, approval, subject: subject, digest: digest))
        }
    }

    /// The prints alone, where the acts are counted and written down together.
    package func keep(_ documents: [MadeDocument], _ approval: Approval) async throws {
        let prints = Self.prints(documents, approval)
        try await store.write { try $0.save(prints) }
    }

    private static func prints(_ documents: [MadeDocument], _ approval: Approval) -> [PrintRecord] {
        documents.map { PrintRecord(key: $0.key, serial: $0.serial, digest: $0.digest, approval: approval) }
    }
}
