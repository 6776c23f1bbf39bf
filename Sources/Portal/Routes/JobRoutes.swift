import Accounts
import Acts
import Encodings
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Signing
import Store

/// What takes longer than a request, and how far it has come.
enum JobRoutes {
    private struct Progress: Encodable {
        let text: String
        let done, total: Int
        let isEnded: Bool
    }

    static let all: [StaffRoute] = [
        .get("/jobs", .act(.jobsRead)) { visit in try await JobsPage.answer(visit) },
        .get("/jobs/{id}", .act(.jobsRead)) { visit in try await JobPage.answer(visit, job(visit, for: .jobsRead)) },
        // Asked for once a second by the page's script.
        .get("/jobs/{id}/progress", .act(.jobsRead)) { visit in
            let job = try await job(visit, for: .jobsRead)
            let progress = Progress(
                text: JobWords.state(job, visit), done: job.done, total: job.total, isEnded: job.state.isEnded)
            let encoder = JSONEncoder()
            // One text for one state, so that its tag stays.
            encoder.outputFormatting = .sortedKeys
            let body = try encoder.encode(progress)
            var headers: HTTPFields = [.eTag: try "\"" + Base64URL.encode(SHA256.digest(Array(body)).prefix(12)) + "\""]
            // No store has it, but the page keeps the tag itself.
            headers[.contentType] = "application/json"
            if let tag = headers[.eTag], visit.request.holds(tag) {
                return Response(status: .notModified, headers: headers)
            }
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: Array(body))))
        },
        // What the own sheet became; files of batches are taken at their batch, which is on record.
        .get("/jobs/{id}/file", .act(.sheetRead)) { visit in
            let job = try await job(visit, for: .jobsRead)
            guard let result = job.result, job.sheet != nil, let institution = job.asked.institution,
                visit.may(.sheetRead, at: institution)
            else { throw PortalRefusal.missing }
            return try visit.file(result, of: job.id)
        },
        .post("/sheets/{id}/annotated", .act(.sheetEdit)) { visit in
            let sheet = try await visit.sheet(for: .sheetEdit)
            let asked = AnnotateWork.job(for: sheet, by: try visit.account.id, at: visit.time)
            let id = try await visit.portal.store.write { transaction in
                let job = try transaction.enqueue(asked)
                if job.state.isEnded, job.result == nil {
                    try transaction.requeueJob(job.id, by: asked.by, at: asked.askedAt)
                }
                return job.id
            }
            return visit.redirect("/jobs/\(id.value)")
        },
        change("pause") { try $0.pauseJob($1, at: $3) },
        change("cancel") { try $0.cancelJob($1, at: $3) },
        change("resume") { try $0.requeueJob($1, by: $2, at: $3) },
    ]

    private static func change(
        _ name: String,
        _ body: @escaping @Sendable (any StoreWriting, JobID, AccountID, Int) throws -> Void
    ) -> StaffRoute {
        .post("/jobs/{id}/\(name)", .act(.jobsChange)) { visit in
            let job = try await job(visit, for: .jobsChange)
            let (account, time) = (try visit.account.id, visit.time)
            try await visit.portal.store.write { try body($0, job.id, account, time) }
            return visit.redirect("/jobs/\(job.id.value)")
        }
    }

    /// - Throws: ``PortalRefusal/missing`` for one that is none, another institution's, or a colleague's where only the own
    ///   are seen.
    private static func job(_ visit: Visit, for act: StaffAct) async throws -> Job {
        guard let number = visit.parameter.flatMap({ Int64($0) }),
            let job = try await visit.portal.store.read({ try $0.job(JobID(number)) }), visit.may(act, with: job)
        else { throw PortalRefusal.missing }
        return job
    }
}

extension Visit {
    func may(_ act: StaffAct, with job: Job) -> Bool {
        guard case .allowed(let grant) = signedIn?.decide(act, at: job.asked.institution, time: time) else {
            return false
        }
        return grant.limit != .own || job.asked.by == signedIn?.account.id
    }
}
