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
            return StoreError(
                .conflict, zh: "库中已有此项，或拒绝接受：\(detail)", en: "the store already has it, or refuses it: \(detail)")
        case .SQLITE_FULL:
            return StoreError(
                .full, zh: "数据库没有可用空间；请腾出空间后重新运行该命令",
                en: "no space is left for the database; free some and run the command again")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return StoreError(
                .damaged, zh: "数据库已损坏（\(detail)）；请在旁边恢复一份备份并比较",
                en: "the database is damaged (\(detail)); restore a backup beside it and compare")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StoreError(
                .locked, zh: "另一个进程占用着数据库；请等它结束后重新运行该命令",
                en: "another process holds the database; wait for it and run the command again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            return StoreError(
                .notWritable, zh: "数据库无法以写入方式打开（\(detail)）；请检查其权限",
                en: "the database cannot be opened for writing (\(detail)); check its permissions")
        case .SQLITE_IOERR:
            return StoreError(
                .diskFailed, zh: "数据库所在的磁盘出错（\(detail)）；没有确认任何内容",
                en: "the disk failed under the database (\(detail)); nothing was acknowledged")
        default:
            return StoreError(.failed, zh: "数据库出错：\(detail)", en: "the database failed: \(detail)")
        }
    }
}
