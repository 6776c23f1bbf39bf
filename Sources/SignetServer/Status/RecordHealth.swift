import Credential
import Errors
import HTTPSupport
import Logging
import ServiceLifecycle
import Synchronization

/// Whether a store's record of acts can be gone on with.
package enum RecordState: Sendable {
    case current
    /// Acts that a signed checkpoint has are not there: an older database was put in place, or one was cut.
    case behind
    /// Written by a newer version of the program than this one.
    case newer
    /// Its checkpoint, or the store, cannot be read.
    case unreadable(String)

    /// What the asker is told; nil while all is well.
    fileprivate var words: BilingualText? {
        switch self {
        case .current: nil
        case .behind:
            Self.refusal(
                zh: "数据库比其检查点旧；管理员须用最后公布的检查点验收恢复的数据库",
                en:
                    "the record of acts is behind its checkpoint: an older database is in place; an administrator must accept "
                    + "the restored database with the last published checkpoint")
        case .newer:
            Self.refusal(
                zh: "数据库由更新版本的 Signet 写过；管理员请启动该版本的服务器",
                en: "the database was written by a newer Signet; an administrator must start that version of the server"
            )
        case .unreadable:
            Self.refusal(
                zh: "审计记录无法核对；管理员须核验审计记录",
                en: "the record of acts cannot be checked; an administrator must verify it")
        }
    }

    private static func refusal(zh: String, en: String) -> BilingualText {
        BilingualText(
            zh: "服务器暂时不能登记操作，什么都没有改变。请稍后再试，或告知主管机构（\(zh)）。",
            en:
                "The server can record nothing at present, so nothing was changed. Try later, or tell the authority (\(en))."
        )
    }
}

/// Refuses acts while they could not be recorded, tells who watches, and says so in the log once for each change.
package final class RecordHealth: Service {
    private struct State {
        /// Nil while it is in order.
        var words: BilingualText?
        var refusedCount = 0
    }

    private let check: @Sendable () async -> RecordState
    private let logger: Logger
    private let state = Mutex(State())

    package init(logger: Logger, check: @escaping @Sendable () async -> RecordState) {
        (self.logger, self.check) = (logger, check)
    }

    /// To be called before each act.
    ///
    /// - Throws: a problem that the asker is told, 503.
    package func requireForAct() async throws {
        do { try await require() } catch {
            state.withLock { $0.refusedCount += 1 }
            throw error
        }
    }

    package func isInOrder() async -> Bool { (try? await require()) != nil }

    func require() async throws {
        let found = await check()
        let words = found.words
        let before = state.withLock { state in
            defer { state.words = words }
            return state.words
        }
        if let words {
            let cause = if case .unreadable(let reason) = found { ": \(reason)" } else { "" }
            if words != before { logger.error("acts are refused: \(words.en)\(cause)") }
            throw Problem.notRecorded(words)
        }
        if before != nil { logger.notice("the record of acts is in order again") }
    }

    /// Also looks when nobody asks.
    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            try? await require()
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(5)) }
        }
    }

    /// For `/metrics`.
    var exposition: String {
        let state = state.withLock { $0 }
        return """
            # HELP signet_record_in_order Whether the record of acts follows its last signed checkpoint.
            # TYPE signet_record_in_order gauge
            signet_record_in_order \(state.words == nil ? 1 : 0)
            # HELP signet_record_refused_total Acts refused as they could not be recorded.
            # TYPE signet_record_refused_total counter
            signet_record_refused_total \(state.refusedCount)

            """
    }
}
