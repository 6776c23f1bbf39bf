import Credential
import Errors
import Jobs
import Store

/// What is made of an issued batch by a job. The raw values are kinds of jobs.
package enum BatchFile: String, Sendable, CaseIterable {
    case documents
    case issuedList = "issued-list"
    case ledger
    case ledgerWorkbook = "ledger-workbook"
    case labels

    package var words: BilingualText {
        switch self {
        case .documents: BilingualText(zh: "证书文件（ZIP）", en: "Documents (ZIP)")
        case .issuedList: BilingualText(zh: "签发名单（CSV）", en: "Issued list (CSV)")
        case .ledger: BilingualText(zh: "领取登记表（PDF）", en: "Pickup ledger (PDF)")
        case .ledgerWorkbook: BilingualText(zh: "领取登记表（Excel）", en: "Pickup ledger (Excel)")
        case .labels: BilingualText(zh: "二维码标签（PDF）", en: "QR labels (PDF)")
        }
    }

    func fileName(of batch: BatchID) -> String {
        switch self {
        case .documents: "batch-\(batch.value)-documents.zip"
        case .issuedList: "batch-\(batch.value)-issued.csv"
        case .ledger: "batch-\(batch.value)-ledger.pdf"
        case .ledgerWorkbook: "batch-\(batch.value)-ledger.xlsx"
        case .labels: "batch-\(batch.value)-labels.pdf"
        }
    }

    var mediaType: String {
        switch self {
        case .documents: "application/zip"
        case .issuedList: "text/csv; charset=utf-8"
        case .ledger, .labels: "application/pdf"
        case .ledgerWorkbook: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }

    package static func subject(of batch: BatchID) -> String { "batch \(batch.value)" }

    func key(of batch: BatchID) -> String { "\(rawValue) \(Self.subject(of: batch))" }
}

/// Asks for a file of a batch. Asked for twice, it is one job.
package struct AskForBatchFile: Sendable {
    private let file: BatchFile
    private let batch: Batch
    private let isAnew: Bool

    /// - Parameter isAnew: made again although one is there, as certificates may have changed since.
    package init(_ file: BatchFile, of batch: Batch, isAnew: Bool = false) {
        (self.file, self.batch, self.isAnew) = (file, batch, isAnew)
    }

    package func callAsFunction(in office: Office, by account: AccountID, at time: Int) async throws -> JobID {
        try await office.requireCurrent()
        let asked = NewJob(
            kind: file.rawValue, subject: BatchFile.subject(of: batch.id), institution: batch.institution,
            key: file.key(of: batch.id), by: account, askedAt: time)
        return try await office.store.write { [isAnew] transaction in
            let job = try transaction.enqueue(asked)
            if job.state.isEnded, isAnew || job.result == nil {
                try transaction.requeueJob(job.id, by: account, at: time)
            }
            return job.id
        }
    }
}

extension Job {
    /// Of a job that is about a batch.
    package func batch(in store: any Store) async throws -> Batch {
        let words = asked.subject.split(separator: " ")
        guard words.count == 2, words[0] == "batch", let number = Int64(words[1]),
            let batch = try await store.read({ try $0.batch(BatchID(number)) })
        else {
            throw Refusal(.missing, zh: "没有\(asked.subject)", en: "there is no \(asked.subject)")
        }
        return batch
    }
}
