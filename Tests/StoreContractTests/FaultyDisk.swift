import Foundation
import GRDBSQLite
import Synchronization

/// SQLite's own file layer for databases called ``fileName``, with a disk that can be full, fail or be
/// read-only: the errors come from where the real ones do, and neither root nor a small disk is needed.
enum FaultyDisk {
    static let fileName = "faulty.sqlite"

    struct State {
        /// Writes until the disk is full; nil while there is space.
        var writesLeft: Int?
        var failsToSync = false
        var isReadOnly = false
        var syncCount = 0
    }

    /// Of all faulty databases, so their tests run one after another.
    private static let state = Mutex(State())

    static func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }
    static var syncCount: Int { state.withLock { $0.syncCount } }

    /// Makes it the layer of every database opened from now on; others pass through untouched.
    static let isInstalled: Bool = {
        let disk = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        disk.initialize(to: base.pointee)
        disk.pointee.pNext = nil
        disk.pointee.zName = UnsafePointer(strdup("signet-faulty"))
        disk.pointee.xOpen = { _, name, file, flags, outFlags in open(name, file, flags, outFlags) }
        return sqlite3_vfs_register(disk, 1) == SQLITE_OK
    }()

    // nonisolated(unsafe): SQLite's own layer, which lives and stays the same as long as the process.
    // It is there: without a layer SQLite has no files.
    nonisolated(unsafe) private static let base = sqlite3_vfs_find("unix")!

    /// SQLITE_IOERR_FSYNC, a macro that Swift cannot read.
    private static let failedSync = SQLITE_IOERR | 4 << 8

    private static func open(
        _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let file, let name, String(cString: name).contains("/" + fileName) else {
            return base.pointee.xOpen(base, name, file, flags, outFlags)
        }
        let isReadOnly = state.withLock { $0.isReadOnly }
        let allowed = isReadOnly ? flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_READONLY : flags
        let result = base.pointee.xOpen(base, name, file, allowed, outFlags)
        guard result == SQLITE_OK, let methods = file.pointee.pMethods else { return result }
        // The faulty methods with the true ones behind them, as long as the process: some bytes a test.
        let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 2)
        table.initialize(repeating: methods.pointee, count: 2)
        table.pointee.xWrite = { file, bytes, count, offset in
            guard FaultyDisk.takesWrite() else { return SQLITE_FULL }
            return FaultyDisk.trueMethods(file).xWrite(file, bytes, count, offset)
        }
        table.pointee.xSync = { file, flags in
            guard FaultyDisk.takesSync() else { return FaultyDisk.failedSync }
            return FaultyDisk.trueMethods(file).xSync(file, flags)
        }
        file.pointee.pMethods = UnsafePointer(table)
        return result
    }

    private static func trueMethods(_ file: UnsafeMutablePointer<sqlite3_file>?) -> sqlite3_io_methods {
        // Only files that `open` gave a table of two come here.
        file!.pointee.pMethods[1]
    }

    private static func takesWrite() -> Bool {
        state.withLock { state in
            guard let left = state.writesLeft else { return true }
            state.writesLeft = max(0, left - 1)
            return left > 0
        }
    }

    private static func takesSync() -> Bool {
        state.withLock { state in
            state.syncCount += 1
            return !state.failsToSync
        }
    }
}
