import Accounts
import Acts
import Credential
import Hummingbird
import Store

/// The jobs that one may see, the newest first.
enum JobsPage {
    private static let most = 50

    static func answer(_ visit: Visit) async throws -> Response {
        let jobs = try await visit.portal.store.read { try $0.jobs(limit: 500) }
            .filter { visit.may(.jobsRead, with: $0) }.prefix(most)
        let rows = jobs.map { job -> [String: Any] in
            [
                "id": job.id.value, "label": JobWords.name(job, visit), "state": JobWords.state(job, visit),
                "detail": Clock.text(job.asked.askedAt),
            ]
        }
        return try visit.page(.jobs, .jobs, ["jobs": rows, "isEmpty": rows.isEmpty])
    }
}

/// One job: how far it has come, and what one may do with it.
enum JobPage {
    static func answer(_ visit: Visit, _ job: Job) async throws -> Response {
        let asker = try await visit.portal.store.read { reading in
            try job.asked.by.flatMap { try reading.account($0)?.name }
        }
        let mayChange = visit.may(.jobsChange, with: job)
        let words = { (name: String) in Catalogue.job.text(name, visit.language) }
        let batch = job.asked.subject.hasPrefix("batch ") ? String(job.asked.subject.dropFirst("batch ".count)) : ""
        let mayFollow = !batch.isEmpty && (job.asked.institution.map { visit.may(.batchRead, at: $0) } ?? false)
        let problem = job.problem.split(separator: "\n").map(String.init)
        return try visit.page(
            .job, .job,
            [
                "id": job.id.value, "name": JobWords.name(job, visit), "state": JobWords.state(job, visit),
                "askedBy": asker ?? words("bySignet"), "askedAt": Clock.text(job.asked.askedAt),
                "done": job.done, "total": max(job.total, 1), "isEnded": job.state.isEnded,
                "isUnderWay": !job.state.isEnded, "refreshes": !job.state.isEnded && job.state != .paused,
                "hasProblem": job.state == .failed,
                "problem": (visit.language == .zh ? problem.first : problem.last) ?? "",
                "mayFollow": mayFollow, "batch": batch, "isReady": job.result != nil && mayFollow,
                "hasFile": job.result != nil && job.sheet != nil,
                "mayPause": mayChange && (job.state == .queued || job.state == .running),
                "mayResume": mayChange && (job.state == .paused || job.state == .failed || job.state == .cancelled),
                "mayCancel": mayChange && !job.state.isEnded,
                "waitsForSigner": job.state == .queued && job.asked.kind == BatchFile.documents.rawValue,
            ], title: JobWords.name(job, visit))
    }
}

enum JobWords {
    static func name(_ job: Job, _ visit: Visit) -> String {
        let words = { (name: String) in Catalogue.job.text(name, visit.language) }
        let known = BatchFile(rawValue: job.asked.kind).map { visit.language.of($0.words) }
        let kind = known ?? (job.asked.kind == AnnotateWork.kind ? words("annotate") : job.asked.kind)
        let subject = job.asked.subject.replacing("batch", with: Catalogue.batch.text("batch", visit.language))
            .replacing("sheet", with: words("sheet"))
        return "\(kind) · \(subject)"
    }

    static func state(_ job: Job, _ visit: Visit) -> String {
        let words = Catalogue.job.text(job.state.rawValue, visit.language)
        guard !job.state.isEnded, job.total > 0 else { return words }
        return "\(words) \(job.done)/\(job.total)"
    }

    /// In whole KB or MB of 1,000 and 1,000,000 bytes.
    static func size(_ byteCount: Int) -> String {
        byteCount < 1_000_000 ? "\(max(1, byteCount / 1000)) KB" : "\(byteCount / 1_000_000) MB"
    }
}
