import Accounts
import Acts
import Audit
import HTTPSupport
import HomeFolder
import Logging
import Store

/// What the routes share.
package struct PortalParts: Sendable {
    let office: Office
    let desk: PasskeyDesk
    let passwords: PasswordDesk
    let sessions: StaffSessions
    let pages: PortalPages
    let bodies: BodyReader
    /// With the time that a large file takes on a slow line.
    let uploads: BodyReader
    let clients: ClientAddress
    let logger: Logger
    let now: @Sendable () -> Int
    let signing: @Sendable () async -> SigningState

    var store: any Store { office.store }
    var authorityName: String { office.home.config.authority }

    /// The pages that somebody may open, in their order.
    func navigation(for signedIn: SignedIn?, at time: Int) -> [(href: String, name: String)] {
        guard let signedIn else { return [] }
        let pages: [(String, String, StaffAct)] = [
            ("/", "home", .home),
            ("/sheets", "sheets", .sheetRead),
            ("/reviews", "reviews", .batchReview),
            ("/batches", "batches", .batchRead),
            ("/jobs", "jobs", .jobsRead),
            ("/account", "account", .ownAccount),
            ("/accounts", "accounts", .accountsRead),
        ]
        return pages.filter { page in
            if case .allowed = signedIn.decide(page.2, time: time) { true } else { false }
        }.map { ($0.0, $0.1) }
    }
}
