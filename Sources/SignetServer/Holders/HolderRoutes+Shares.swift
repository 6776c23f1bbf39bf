import Credential
import Encodings
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import Seal
import Verification

/// Share codes: made, cancelled, and opened by those who were given them.
extension HolderRoutes {
    private static let mostShares = 50
    private static let longestLabel = 60

    func goodShares(of key: CertificateKey) async throws -> [HolderShare] {
        try await source.shares(of: key).filter { $0.isGood(at: now()) }
    }

    func share(_ request: Request) async throws -> Response {
        struct Answer: Encodable {
            var code: String
            var share: HolderShare
        }
        let key = try await holder(request)
        let wish: ShareWish = try await body(of: request)
        guard (1...365).contains(wish.days) else {
            throw Problem.badRequest(zh: "days 应在 1 至 365 之间。", en: "days must be between 1 and 365.")
        }
        guard (1...Self.longestLabel).contains(wish.label.unicodeScalars.count), SafeText.isSafe(wish.label) else {
            throw Problem.badRequest(
                zh: "label 应为 1 至 \(Self.longestLabel) 个字符，不含控制字符。",
                en: "label must have 1 to \(Self.longestLabel) characters, none of them for control.")
        }
        guard try await goodShares(of: key).count < Self.mostShares else { throw Problem.tooManyShares }
        let (share, code) = try await source.share(key, wish, from: now())
        return try HolderAnswer.json(Answer(code: code, share: share))
    }

    func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        let key = try await holder(request)
        guard try await source.cancelShare(context.parameters.require("id"), of: key) else { throw Problem.noShare }
        return Response(status: .noContent)
    }

    struct Opening: Decodable { var code: String }

    func open(_ request: Request, _ context: ServerContext) async throws -> Response {
        struct Answer: Encodable {
            var scores: HolderScores?
            var photo: String?
            var expiresAt: Int
        }
        try admit(perOpener, clients.of(request, context))
        let body: Opening = try await self.body(of: request)
        guard let (share, certificate) = try await source.share(code: body.code), share.isGood(at: now()) else {
            throw Problem.noShare
        }
        let held = try await source.certificate(certificate, withPhoto: share.photo)
        let answer = Answer(
            scores: share.scores ? held.scores : nil, photo: held.photoAddress, expiresAt: share.expiresAt)
        // Without the certificate's random identity, which opens more.
        let response = try HolderAnswer.json(answer, verdict: verdict(held.qrText), echo: .name)
        try await source.countOpening(of: share.id)
        return response
    }
}
