import Credential
import FoundationEssentials
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Signing

/// Makes documents on request. What it gives holds identity numbers: only an office may have it.
package protocol DocumentSource: Sendable {
    /// Nil when no certificate has the number.
    func document(number: CertificateNumber) async throws -> (name: String, bytes: [UInt8])?
    func hasBatch(_ number: Int64) async throws -> Bool
    /// A ZIP of a batch's documents, piece by piece as they are made.
    func archive(batch: Int64, write: ([UInt8]) async throws -> Void) async throws
}

/// Documents would not look as they were approved, so none is made.
package struct DocumentsNotApproved: Error {
    package init() {}
}

/// `GET /v1/documents/NUMBER` and `GET /v1/batches/N/documents.zip`, for whoever has the office's token
/// (RFC 6750).
package struct DocumentDownloads: Sendable {
    private let source: any DocumentSource
    private let tokenDigest: [UInt8]
    private let archives = ArchivePlaces()
    package static let shortestToken = 32

    /// - Parameter token: at least ``shortestToken`` characters that nobody can guess.
    package init(_ source: any DocumentSource, token: String) throws {
        self.source = source
        tokenDigest = try SHA256.digest(Array(token.utf8))
    }

    func document(_ number: String, _ request: Request, _ memory: MemoryBudget) async throws -> Response {
        try authorise(request)
        let written = (URLComponents(string: "/" + number)?.path ?? "").dropFirst()
        return try await source.pdf(of: CertificateNumber(written: String(written)), memory)
    }

    func archive(_ batch: String, _ request: Request) async throws -> Response {
        try authorise(request)
        guard let number = Int64(batch), try await source.hasBatch(number) else { throw Problem.notFound(batch) }
        let source = source
        let place = try archives.take()
        // Never the whole in memory: a slow reader holds up the drawing, not the server.
        let body = ResponseBody { writer in
            defer { withExtendedLifetime(place) {} }
            try await withTaskExecutorPreference(place.executor) {
                try await source.archive(batch: number) { try await writer.write(ByteBuffer(bytes: $0)) }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: .attachment("application/zip", fileName: "batch-\(number).zip"), body: body)
    }

    private func authorise(_ request: Request) throws {
        guard let token = request.bearerToken,
            // Digests are compared, so that the time tells nothing of the token.
            try SHA256.digest(token.utf8) == tokenDigest
        else { throw Problem.unauthorised }
    }
}

extension DocumentSource {
    /// For whoever may have it.
    func pdf(of number: CertificateNumber, _ memory: MemoryBudget) async throws -> Response {
        guard let document = try await document(number: number) else { throw Problem.noDocument }
        return try Response(
            status: .ok, headers: .attachment("application/pdf", fileName: "\(number).pdf"),
            body: AnswerBody.bytes(document.bytes, memory))
    }
}

extension HTTPFields {
    fileprivate static func attachment(_ type: String, fileName: String) -> HTTPFields {
        [
            .contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentDisposition: "attachment; filename=\"\(fileName.filter { $0.isASCII && $0 != "\"" })\"",
        ]
    }
}
