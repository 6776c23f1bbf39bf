import Credential
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup

/// Taking up an invitation, and signing in later.
extension HolderRoutes {
    struct Claim: Decodable {
        var token: String
        var passphrase: String
    }

    struct SignIn: Decodable {
        var number: String
        var passphrase: String
    }

    func claim(_ request: Request, _ context: ServerContext) async throws -> Response {
        try admit(perClient, clients.of(request, context))
        let body: Claim = try await self.body(of: request)
        guard body.passphrase.count >= 10, body.passphrase.utf8.count <= 1000, body.token.utf8.count <= 100 else {
            throw Problem.badRequest(
                zh: "请给出 token 和 passphrase（至少 10 个字符）。", en: "Give token and passphrase (10 characters or more).")
        }
        guard let certificate = try await source.claim(body.token, passphrase: body.passphrase) else {
            throw Problem.noInvitation
        }
        let held = try await source.certificate(certificate, withPhoto: false)
        return try await session(certificate, held.number, request)
    }

    /// A stranger's tries at a number are few, and use up nothing of a device from which its holder came in before.
    func signIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        let body: SignIn = try await self.body(of: request)
        let number = try CertificateNumber(written: body.number)
        guard (1...1000).contains(body.passphrase.utf8.count) else {
            throw Problem.badRequest(zh: "请给出 number 和 passphrase。", en: "Give number and passphrase.")
        }
        let device = devices.device(in: request, of: number)
        if let device {
            try admit(perDevice, device)
        } else {
            try admit(perClient, clients.of(request, context))
            try admit(perCertificate, number.text)
        }
        let certificate = try await source.signIn(
            number: number, passphrase: body.passphrase, isKnownDevice: device != nil)
        guard let certificate else { throw Problem.wrongPassphrase }
        return try await session(certificate, number, request)
    }

    private func session(
        _ certificate: CertificateKey, _ number: CertificateNumber, _ request: Request
    ) async throws -> Response {
        struct Answer: Encodable {
            var session: String
            var seconds = HolderSessions.seconds
        }
        let token = try await sessions.begin(certificate, now: now())
        var response = try HolderAnswer.json(Answer(session: token))
        response.headers[.setCookie] = try devices.cookie(for: number, in: request)
        return response
    }
}
