import Accounts
import Acts
import Credential
import HTTPTypes
import HomeFolder
import Hummingbird
import Jobs
import NIOCore
import Store

/// Issued batches, and what is made of them.
enum BatchRoutes {
    static let all: [StaffRoute] =
        [
            .get("/batches", .act(.batchRead)) { visit in try await BatchesPage.answer(visit) },
            .get("/batches/{id}", .act(.batchRead)) { visit in
                try await BatchPage.answer(visit, batch(visit, for: .batchRead))
            },
            .post("/batches/{id}/files", .act(.batchFiles)) { visit in
                let batch = try await batch(visit, for: .batchFiles)
                guard let file = BatchFile(rawValue: visit.form["file"]) else { throw PortalRefusal.missing }
                let ask = AskForBatchFile(file, of: batch, isAnew: !visit.form["anew"].isEmpty)
                let job = try await ask(in: visit.portal.office, by: visit.account.id, at: visit.time)
                return visit.redirect("/jobs/\(job.value)")
            },
            .post("/batches/{id}/invitations", .act(.holdersInvite), invite),
        ]
        + BatchFile.allCases.map { file in
            .get("/batches/{id}/files/\(file.rawValue)", .act(.batchFiles)) { visit in try await download(visit, file) }
        }

    /// - Throws: ``PortalRefusal/missing`` for one that is none, and one that is another institution's.
    private static func batch(_ visit: Visit, for act: StaffAct) async throws -> Batch {
        guard let number = visit.parameter.flatMap({ Int64($0) }),
            let batch = try await visit.portal.store.read({ try $0.batch(BatchID(number)) })
        else { throw PortalRefusal.missing }
        try visit.require(act, at: batch.institution)
        return batch
    }

    private static func download(_ visit: Visit, _ file: BatchFile) async throws -> Response {
        let batch = try await batch(visit, for: .batchFiles)
        guard let job = try await visit.perform(TakeBatchFile(file, of: batch)), let result = job.result else {
            throw PortalRefusal.missing
        }
        return try visit.file(result, of: job.id)
    }

    /// The links are in the answer alone: nobody keeps them.
    @Sendable private static func invite(_ visit: Visit) async throws -> Response {
        let batch = try await batch(visit, for: .holdersInvite)
        let versions = try await visit.portal.store.read {
            try $0.newestSealedVersions(of: batch.id, after: nil, limit: Int(Int32.max))
        }
        let links = try HolderLinks(to: versions, at: visit.time)
        let table = try links.table(host: visit.portal.office.home.config.host)
        try await visit.perform(InviteHolders(links, toBatch: batch.id))
        return Response(
            status: .ok, headers: .attachment("text/csv; charset=utf-8", fileName: "batch-\(batch.id.value)-links.csv"),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: table)))
    }
}

extension Visit {
    /// A job's file, piece by piece as the reader takes it.
    func file(_ result: JobResult, of job: JobID) throws -> Response {
        let (pieces, store) = (JobPieces(try portal.office.home.dataKeys()), portal.store)
        let body = ResponseBody(contentLength: result.byteCount) { writer in
            for position in 0..<result.pieceCount {
                guard let piece = try await pieces.piece(position, of: job, in: store) else {
                    throw PortalRefusal.missing
                }
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: .attachment(result.mediaType, fileName: result.fileName), body: body)
    }
}

extension HTTPFields {
    /// - Parameter fileName: of letters, digits, dots and hyphens.
    fileprivate static func attachment(_ type: String, fileName: String) -> HTTPFields {
        [.contentType: type, .contentDisposition: "attachment; filename=\"\(fileName)\""]
    }
}
