import Audit
import AuditLog
import Errors
import HomeFolder
import Logging
import Store

extension RecordHealth {
    /// Of a home's store and the checkpoints beside it.
    package convenience init(_ home: Home, _ store: any Store, logger: Logger) {
        let trail = home.trail(of: store.forAudits)
        self.init(logger: logger) {
            do {
                try await trail.requireCurrent()
                return try await store.isNewer() ? .newer : .current
            } catch let problem as AuditProblem where problem.code == .behind {
                return .behind
            } catch is CancellationError {
                // The server ends.
                return .current
            } catch { return .unreadable("\(error)") }
        }
    }
}
