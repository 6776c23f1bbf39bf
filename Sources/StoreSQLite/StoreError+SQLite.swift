import Errors
import GRDB
import Store

extension StoreError {
    static func translating<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw translated(error) }
    }

    /// What SQLite's result codes mean to the person who has to act on them.
    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let detail = error.message ?? error.resultCode.description
        switch error.resultCode.primaryResultCode {
        case .SQLITE_CONSTRAINT:
            return StoreError(.conflict, "the store already has it, or refuses it: \(detail)")
        case .SQLITE_FULL:
            return StoreError(.full, "no space is left for the database; free some and run the command again")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return StoreError(.damaged, "the database is damaged (\(detail)); restore a backup beside it and compare")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StoreError(.locked, "another process holds the database; wait for it and run the command again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            return StoreError(
                .notWritable, "the database cannot be opened for writing (\(detail)); check its permissions")
        case .SQLITE_IOERR:
            return StoreError(.diskFailed, "the disk failed under the database (\(detail)); nothing was acknowledged")
        default:
            return StoreError(.failed, "the database failed: \(detail)")
        }
    }
}
