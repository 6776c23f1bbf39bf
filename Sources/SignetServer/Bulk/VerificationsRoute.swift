import Bulk
import Encodings
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import NIOCore
import Signing
import Synchronization

/// `/v1/verifications`: a file in, its rows with their verdicts out, some time later.
struct VerificationsRoute: Sendable {
    static let maximumByteCount = 32 << 20
    /// Seconds for a file to arrive.
    private static let maximumSeconds = 60.0
    /// Files arriving at a time: of all, of all strangers, of one owner.
    private static let (mostArriving, mostOfStrangers, mostOfOwner) = (24, 12, 4)

    static let mediaTypes: Set<String> = [
        "text/csv", "text/plain", "application/octet-stream", "application/zip", "application/x-zip-compressed",
        "application/pdf", "image/jpeg", "image/png", "image/webp", ResultFile.Format.xlsx.mediaType,
    ]

    let desk: VerificationDesk
    let gate: Gate
    private let arriving = Arriving()

    private final class Arriving: Sendable {
        /// By owner.
        private let counts = Mutex<[String: Int]>([:])

        func enter(_ asker: Asker) -> Bool {
            counts.withLock { counts in
                let strangers = counts.filter { !Asker.isKey(named: $0.key) }.values.reduce(0, +)
                guard counts.values.reduce(0, +) < mostArriving, counts[asker.name] ?? 0 < mostOfOwner,
                    Asker.isKey(named: asker.name) || strangers < mostOfStrangers
                else { return false }
                counts[asker.name, default: 0] += 1
                return true
            }
        }

        func leave(_ asker: Asker) {
            counts.withLock { counts in
                let left = (counts[asker.name] ?? 1) - 1
                counts[asker.name] = left > 0 ? left : nil
            }
        }
    }

    init(desk: VerificationDesk, gate: Gate) {
        self.desk = desk
        self.gate = gate
    }

    func add(to router: Router<ServerContext>) {
        let path = "/v1/verifications"
        router.post("\(path)") { request, context in try await create(request, context) }
        router.get("\(path)/:id") { request, context in
            let (job, _) = try await job(request, context)
            return try Self.json(job, .ok)
        }
        router.delete("\(path)/:id") { request, context in
            desk.remove(try await job(request, context).0.id)
            return Response(status: .noContent)
        }
        router.get("\(path)/:id/result") { request, context in
            try Self.result(try await job(request, context).0, desk, context)
        }
        router.get("\(path)/:id/exceptions") { request, context in
            try Self.exceptions(try await job(request, context).0, desk, context)
        }
        router.get("\(path)/:id/receipt") { request, context in try Self.receipt(try await job(request, context).0) }
    }

    private func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        let type = request.headers[.contentType]?.lowercased().split(separator: ";").first.map(String.init) ?? ""
        guard Self.mediaTypes.contains(type.trimmingSuffix) else { throw Problem.unsupportedFileType }
        let idempotencyKey = request.headers[.idempotencyKey]
        guard idempotencyKey.map({ (1...255).contains($0.utf8.count) }) ?? true else { throw Problem.badIdempotencyKey }
        let asker = try await gate.asker(request, context)
        if case .key(let key) = asker, !key.scopes.contains(.verify) { throw Problem.missingScope }
        try gate.admit(asker)
        // A repeated request is answered even when there is no room for another.
        if idempotencyKey == nil { try desk.requireRoom(for: asker) }
        let id = Base64URL.encode(try SecureRandom.bytes(18))
        let job = try await receive(request, id, asker, idempotencyKey)
        let taken: VerificationJob
        do {
            taken = try desk.add(job, of: asker)
        } catch {
            desk.folder.remove(id)
            throw error
        }
        if taken.id != id { desk.folder.remove(id) }
        var response = try Self.json(taken, .accepted)
        response.headers[.location] = "/v1/verifications/\(taken.id)"
        return response
    }

    private func receive(
        _ request: Request, _ id: String, _ asker: Asker, _ idempotencyKey: String?
    ) async throws -> VerificationJob {
        guard arriving.enter(asker) else { throw Problem.busyJobs }
        defer { arriving.leave(asker) }
        do {
            let file = try await desk.folder.receive(
                request.body, as: id, limit: Self.maximumByteCount,
                until: MonotonicClock.seconds + Self.maximumSeconds)
            let input = try await OwnThread.run("kinds") { [path = desk.folder.input(id), workers = desk.workers] in
                try BulkInput(path: path, name: "file", workers: workers)
            }
            let (isByKey, mayLookUp) =
                if case .key(let key) = asker { (true, key.scopes.contains(.lookup)) } else { (false, false) }
            return VerificationJob(
                id: id, owner: asker.name, isByKey: isByKey, mayLookUp: mayLookUp, input: input, inputFile: file,
                idempotencyKey: idempotencyKey)
        } catch {
            desk.folder.remove(id)
            if let problem = error as? BulkProblem { throw Problem(problem) }
            throw error
        }
    }

    private func job(_ request: Request, _ context: ServerContext) async throws -> (VerificationJob, Asker) {
        let asker = try await gate.asker(request, context)
        try gate.admitLook(asker)
        return (try desk.job(try context.parameters.require("id"), for: asker), asker)
    }

    private static func json(_ job: VerificationJob, _ status: HTTPResponse.Status) throws -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try job.json())))
    }

    private static func result(
        _ job: VerificationJob, _ desk: VerificationDesk, _ context: ServerContext
    ) throws -> Response {
        let (format, _) = try finished(job)
        let body = try AnswerBody.file(desk.folder.result(job.id), on: context.eventLoop)
        desk.markFetched(job.id)
        return attachment(body, type: format.mediaType, name: "verified.\(format.rawValue)")
    }

    private static func exceptions(
        _ job: VerificationJob, _ desk: VerificationDesk, _ context: ServerContext
    ) throws -> Response {
        _ = try finished(job)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: try AnswerBody.file(desk.folder.exceptions(job.id), on: context.eventLoop))
    }

    private static func receipt(_ job: VerificationJob) throws -> Response {
        guard let receipt = try finished(job).receipt else { throw Problem.noReceipt }
        return attachment(
            ResponseBody(byteBuffer: ByteBuffer(string: receipt)), type: "application/\(VerificationReceipt.type)",
            name: "receipt.jwt")
    }

    private static func finished(_ job: VerificationJob) throws -> (format: ResultFile.Format, receipt: String?) {
        guard case .done(_, let result) = job.state else { throw Problem.notFinished }
        return (result.format, result.receipt)
    }

    private static func attachment(_ body: ResponseBody, type: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: body)
    }
}

extension String {
    fileprivate var trimmingSuffix: String { String(reversed().drop { $0 == " " }.reversed()) }
}

extension HTTPField.Name {
    // A constant that is a valid header name.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
}
