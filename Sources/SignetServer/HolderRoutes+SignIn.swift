import Hummingbird

/// Taking up an invitation, and signing in later.
extension HolderRoutes {
    func claim(_ request: Request, _ context: ServerContext) async throws -> Response {
        struct Body: Decodable {
            var token: String
            var passphrase: String
        }
        try admit(perClient, clients.of(request, context))
        let body: Body = try await self.body(of: request)
        guard body.passphrase.count >= 10, body.passphrase.utf8.count <= 1000, body.token.utf8.count <= 100 else {
            throw Problem.badRequest("give token and passphrase (10 characters or more)")
        }
        guard let certificate = try await source.claim(body.token, passphrase: body.passphrase) else {
            throw Problem.noInvitation
        }
        sessions.endAll(of: certificate)
        return try session(certificate)
    }

    func signIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        struct Body: Decodable {
            var number: String
            var passphrase: String
        }
        try admit(perClient, clients.of(request, context))
        let body: Body = try await self.body(of: request)
        guard (1...64).contains(body.number.utf8.count), (1...1000).contains(body.passphrase.utf8.count) else {
            throw Problem.badRequest("give number and passphrase")
        }
        try admit(perCertificate, body.number)
        guard let certificate = try await source.signIn(number: body.number, passphrase: body.passphrase) else {
            throw Problem.wrongPassphrase
        }
        return try session(certificate)
    }

    private func session(_ certificate: Int64) throws -> Response {
        struct Answer: Encodable {
            var session: String
            var seconds = HolderSessions.seconds
        }
        return try HolderAnswer.json(Answer(session: sessions.begin(certificate, now: MonotonicClock.seconds)))
    }
}
