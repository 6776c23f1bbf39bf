import Accounts
import Acts
import Errors
import HTTPSupport
import HTTPTypes
import HomeFolder
import Hummingbird
import Logging
import Lookup
import NIOCore
import Signing
import Store
import WebAuthn

/// The portal, composed once; tests change only its parts.
package enum PortalServer {
    /// Addresses of the portal, each with its act.
    package static let routes =
        SignInRoutes.all + EnrolRoutes.all + OwnRoutes.all + AccountRoutes.all + PasswordRoutes.all + BatchRoutes.all
        + JobRoutes.all + SheetRoutes.all + SheetRowRoutes.all
        + ReviewRoutes.all + ApproveRoutes.all

    /// Waiting to be digested, or under way.
    private static let mostPasswords = 20
    /// Seconds in which a request's body must have arrived, and bytes that all together may hold.
    private static let (bodySeconds, uploadSeconds, memoryByteCount) = (30, 300, 64 << 20)

    /// - Parameters:
    ///   - party: where people open it.
    ///   - trustedProxies: whose `X-Forwarded-For` names the client.
    ///   - signing: asked for each first page.
    ///   - now: seconds since 1970.
    package static func responder(
        office: Office, party: RelyingParty, trustedProxies: Set<IPAddress> = [],
        signing: @escaping @Sendable () async -> SigningState, logger: Logger, now: @escaping @Sendable () -> Int
    ) throws -> some HTTPResponder<ServerContext> {
        // One after the other: each takes 64 MiB.
        let line = WaitingLine("passwords", most: mostPasswords, retrySeconds: 10, busy: .passphrases)
        let passwords = PasswordDesk(office.store.forAccounts, keys: try office.home.dataKeys()) {
            password, salt, cost in
            try await line.run { try Scrypt.digest(password, salt: salt, cost: cost) }
        }
        let memory = MemoryBudget(byteCount: memoryByteCount)
        let parts = PortalParts(
            office: office, desk: PasskeyDesk(office.store.forAccounts, party: party), passwords: passwords,
            sessions: StaffSessions(office.store.forAccounts), pages: try PortalPages(),
            bodies: BodyReader(seconds: bodySeconds, memory: memory),
            uploads: BodyReader(seconds: uploadSeconds, memory: memory),
            clients: ClientAddress(trustedProxies: trustedProxies), logger: logger, now: now, signing: signing)
        let staff = StaffRouter(parts: parts, routes: routes)
        let router = try staff.router()
        try requireActs(of: router)
        let known = router.buildResponder()
        return CallbackResponder { request, context in
            let response = try await known.respond(to: request, context: context)
            // Every page of ours has its type: this is the router's own word for an address that is none.
            guard response.status == .notFound, response.headers[.contentType] == nil else { return response }
            return try await staff.respond(nil, request, context)
        }
    }

    /// A route that was added beside the list would have no act: it does not start.
    static func requireActs(of router: Router<ServerContext>) throws {
        let listed = Set(routes.map { "\($0.method) \(RouterPath($0.path))" })
        for route in router.routes where route.method != .head && !listed.contains("\(route.method) \(route.path)") {
            throw Refusal(
                .defect, zh: "路由 \(route.method) \(route.path) 没有指明操作",
                en: "the route \(route.method) \(route.path) names no act")
        }
        for case .act(let act) in routes.map(\.access) where PermissionTable.words(act) == nil {
            throw Refusal(
                .defect, zh: "权限表里没有 \(act.rawValue)", en: "the act \(act.rawValue) is not in the table of permissions")
        }
    }

    /// - Parameter onRunning: called with the port once connections are accepted.
    package static func application(
        _ responder: some HTTPResponder<ServerContext>, address: String, port: Int, trustedProxies: Set<IPAddress> = [],
        logger: Logger, onRunning: @escaping @Sendable (_ port: Int) async -> Void
    ) -> some ApplicationProtocol {
        let counter = ConnectionCounter(most: 128, trustedProxies: trustedProxies)
        return Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionPlace(counter),
                        RequestDeadline(head: .seconds(20), whole: .seconds(Int64(uploadSeconds) + 15)),
                        RequestDrain(),
                    ], idleTimeout: .seconds(20))),
            configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: "signet"),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
