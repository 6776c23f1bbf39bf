import Acts
import HomeFolder
import Parsing
import Store
import StoreSQLite

/// An installation on one machine: its store is a file in its folder.
extension Home {
    /// To look things up.
    package func openStore() throws -> any Store { try openDatabase() }

    func openDatabase() throws -> SQLiteStore { try SQLiteStore(path: databasePath) }

    /// To sign or change something: refused while an older backup is in place, before anybody is asked anything.
    ///
    /// - Parameter workers: read what others made.
    package func openOffice(workers: ParsingPool) async throws -> Office {
        let office = Office(self, store: try openStore(), workers: workers)
        try await office.requireCurrent()
        return office
    }
}
