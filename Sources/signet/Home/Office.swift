import Audit
import Installation
import Store
import StoreSQLite

/// A home that somebody acts in by commands.
struct Office {
    let home: Home
    let store: SQLiteStore
    let authority: Authority

    /// Refused while an older backup is in place: said before anybody is asked anything.
    init(_ home: Home) async throws {
        self.home = home
        store = try await home.openStoreToAct()
        authority = home.authority(of: store)
    }

    @discardableResult
    func perform<A: Act>(_ act: A, by actor: Actor, at time: Int) async throws -> A.Outcome {
        try await authority.perform(act, in: store, by: actor, at: time)
    }
}
