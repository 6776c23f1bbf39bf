import Accounts
import Acts
import Approvals
import Credential
import Encodings
import Hummingbird
import Store

/// One batch: what it is, and what is made of it.
enum BatchPage {
    static func answer(_ visit: Visit, _ batch: Batch) async throws -> Response {
        let (progress, institutions, jobs, approver) = try await visit.portal.store.read { reading in
            (
                try reading.progress(of: batch.id), try reading.institutions(),
                try reading.jobs(of: BatchFile.subject(of: batch.id)), try BatchWords.approver(batch, reading)
            )
        }
        let mayTake = visit.may(.batchFiles, at: batch.institution)
        let name = BatchWords.name(batch, institutions, visit)
        let isFresh = visit.signedIn?.isFresh(at: visit.time) == true
        return try visit.page(
            .batch, .batch,
            [
                "id": batch.id.value, "name": name, "institution": batch.institution.description,
                "awardDate": batch.awardDate.description, "count": BatchWords.count(progress.sealed, visit),
                "state": BatchWords.state(batch, progress, visit), "approver": approver,
                "approvedAt": Clock.text(batch.approval.time), "digest": batch.digest.inGroups,
                "mayTake": mayTake && batch.completedAt != nil, "isUnderWay": batch.completedAt == nil,
                "files": mayTake ? BatchFile.allCases.map { file($0, jobs, visit) } : [],
                "mayInvite": batch.completedAt != nil && isFresh && visit.may(.holdersInvite, at: batch.institution),
                "mayInviteLater": batch.completedAt != nil && !isFresh && invites(visit, batch),
            ], title: name)
    }

    /// After a fresh sign-in.
    private static func invites(_ visit: Visit, _ batch: Batch) -> Bool {
        visit.signedIn?.decide(.holdersInvite, at: batch.institution, time: visit.time) == .needsFreshSignIn
    }

    private static func file(_ file: BatchFile, _ jobs: [Job], _ visit: Visit) -> [String: Any] {
        let job = jobs.first { $0.asked.kind == file.rawValue }
        let isUnderWay = job.map { !$0.state.isEnded } ?? false
        let result = job?.result
        let words = { (name: String) in Catalogue.batch.text(name, visit.language) }
        let detail =
            if let job, let result {
                "\(JobWords.size(result.byteCount)) · \(words("madeAt")) \(Clock.text(job.changedAt)) · \(words("kept"))"
            } else if let job, isUnderWay || job.state == .failed { JobWords.state(job, visit) } else {
                words("notMade")
            }
        return [
            "kind": file.rawValue, "label": visit.language.of(file.words), "detail": detail,
            "isReady": result != nil && !isUnderWay, "mayMake": !isUnderWay && result == nil,
            "isWatched": isUnderWay && job.map { visit.may(.jobsRead, with: $0) } == true,
            "job": job.map { "\($0.id.value)" } ?? "",
        ]
    }
}

extension [UInt8] {
    /// Hexadecimal in groups of four digits, to be compared by eye.
    var inGroups: String { StatementLines.grouped(Hex.encode(self)) }
}
