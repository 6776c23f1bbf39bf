import Acts
import Credential
import Encodings
import Errors
import Files
import Foundation
import HomeFolder
import Jobs
import Logging
import ServiceLifecycle
import Signing
import Store

/// What a process runs that signs: by itself, or beside the portal on one school's machine.
struct SignerParts {
    let desk: SignerDesk
    /// Ends with the process, however that ends.
    private let lock: FileLock
    let services: [any Service]

    struct State: Codable {
        let isLocked: Bool
        let waiting: Int
        let problem: BilingualText?
    }

    /// - Parameters:
    ///   - passphrase: nil to begin locked.
    ///   - peers: users who may poke it.
    init(in office: Office, passphrase: Passphrase?, peers: Set<UInt32> = [], logger: Logger) async throws {
        let keys = KeyLock()
        let dataKeys = try office.home.dataKeys()
        try Folder.create(office.home.signerPath, mode: 0o700)
        guard let lock = try FileLock(ifFree: office.home.signerPath + "/.signer") else {
            throw Refusal(
                .conflict, zh: "这个目录已有签名服务在运行", en: "a signer runs for this home on this machine already")
        }
        // The same after a crash, so that its own leases need not end first.
        let owner = "signer \(ProcessInfo.processInfo.hostName) \(office.home.path)"
        let desk = SignerDesk(in: office, owner: owner, keys: keys) { submission in
            let bytes = try await office.store.read { try FrozenFiles(dataKeys).bytes(of: submission, in: $0) }
            return try await SheetDesk(in: office, isIssuing: true, readsFiles: false).open(
                frozen: bytes, of: submission)
        }
        if let passphrase { try await desk.unlock(passphrase) }
        let signer = SignerService(desk, logger: logger)
        let socket = SignerSocket(at: office.home.signerSocketPath, peers: peers, logger: logger) { request, secret in
            await Self.answer(request, secret, by: desk, signer)
        }
        let documents = DocumentsWork(in: office) { keys.passphrase }
        let jobs = try JobRunner(
            "signer", store: office.store.forJobs, works: [documents], keys: dataKeys, logger: logger, now: Clock.now)
        (self.desk, self.lock) = (desk, lock)
        services = [signer, socket, jobs]
    }

    private static func answer(
        _ request: SignerSocket.Request, _ secret: Passphrase?, by desk: SignerDesk, _ signer: SignerService
    ) async -> String {
        do {
            switch request {
            case .poke: signer.poke()
            case .lock: await desk.lock()
            case .unlock:
                guard let secret, !secret.isEmpty else { return "refused" }
                try await desk.unlock(secret)
                signer.poke()
            case .state:
                let state = try await desk.state()
                return try JSONLine.encode(
                    State(isLocked: state.isLocked, waiting: state.waiting, problem: state.problem))
            }
            return "done"
        } catch { return error.explanation.line }
    }
}
