import GRDB
import StoreSQLite

extension SQLiteStore {
    /// A store whose database drops every signature it is given: what a fault below might do.
    static func lossy(path: String) throws -> SQLiteStore {
        let store = try SQLiteStore(path: path)
        try DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: "CREATE TRIGGER seal_is_lost BEFORE INSERT ON seal BEGIN SELECT RAISE(IGNORE); END")
        }
        return store
    }
}
