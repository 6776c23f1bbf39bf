import ArgumentParser
import Audit
import AuditLog
import Credential
import Files
import FoundationEssentials
import Glibc
import Issuance
import PersonalData
import Signing
import Store
import StoreSQLite
import Trust

/// The folder in which an authority and its institutions keep everything.
///
///     config.json            what this installation is called
///     signet.sqlite          institutions, filings, batches, certificates
///     data.keys              guards identity numbers; keep its backup apart from the database's
///     keys/root.key          signs the trust list (encrypted)
///     keys/root.pub.pem      what verifiers pin
///     keys/ID-KID.key        an institution's signing key (encrypted), with ID-KID.pub.pem
///     keys/status.key        signs status lists (encrypted), with status.pub.pem; status.next.* while it is replaced
///     keys/receipt.key       signs verification receipts, likewise
///     trust/trust-list.jws   as published
///     trust/recorded/KID     what a compromised key had signed before (docs/formats/trust-list.md)
///     status/                status lists as published
///     audit/                 what signs and keeps the ends of the audit trail (see CheckpointFolder)
///     issued/                lists of issued certificates and findings
struct Home: Sendable {
    let path: String
    let config: HomeConfig

    var databasePath: String { path + "/signet.sqlite" }
    var dataKeysPath: String { path + "/data.keys" }
    var keysPath: String { path + "/keys" }
    var rootKeyPath: String { keysPath + "/root.key" }
    var rootPublicKeyPath: String { keysPath + "/root.pub.pem" }
    var trustListPath: String { path + "/trust/trust-list.jws" }
    var statusPath: String { path + "/status" }
    var statusTerms: StatusTerms { StatusTerms(host: config.host) }
    var issuedPath: String { path + "/issued" }

    init(path: String) throws {
        self.path = path
        guard access(path + "/config.json", F_OK) == 0 else {
            throw CommandFailure(
                .configuration,
                "\(path) is not a Signet home; make one with signet init, or name another with --home")
        }
        config = try HomeConfig(path: path + "/config.json")
    }

    var checkpoints: CheckpointFolder { CheckpointFolder(path + "/audit") }

    /// To look things up.
    func openStore() throws -> SQLiteStore { try SQLiteStore(path: databasePath) }

    /// To sign or change something: refused while an older backup is in place.
    func openStoreToAct() async throws -> SQLiteStore {
        let store = try openStore()
        try await trail(of: store).requireCurrent()
        return store
    }

    func trail(of store: any Store) -> AuditTrail { trail(of: store.forAudits) }
    func trail(of store: any AuditStore) -> AuditTrail { AuditTrail(store: store, folder: checkpoints) }

    /// What is served, for the audit trail to compare.
    var publishedFiles: PublishedFiles { PublishedFiles(trustListPath: trustListPath, statusFolder: statusPath) }

    func dataKeys() throws -> DataKeys {
        guard let keys = DataKeys(bytes: try SecretFile.read(dataKeysPath)) else {
            throw CommandFailure(.configuration, "\(dataKeysPath) is damaged; restore it from its backup")
        }
        return keys
    }

    func rootPublicKey() throws -> PublicKey { try PublicKey.load(rootPublicKeyPath) }

    /// Nil while nothing was published.
    func trustList() throws -> VerifiedTrustList? {
        guard access(trustListPath, F_OK) == 0 else { return nil }
        let jws = String(decoding: try DurableFile.read(trustListPath), as: UTF8.self)
        return try RecordedFolder(besideTrustList: trustListPath).completed(
            VerifiedTrustList(jws: jws, root: rootPublicKey()))
    }

    func requiredTrustList() throws -> VerifiedTrustList {
        guard let list = try trustList() else {
            throw CommandFailure(.configuration, "no trust list is published yet; run: signet trust publish")
        }
        let published = try checkpoints.newest()?.marks[Marks.trustList] ?? 0
        guard list.list.sequence >= published else {
            throw CommandFailure(
                .configuration,
                "\(trustListPath) is trust list \(list.list.sequence), but \(published) was published: put that there, or "
                    + "run: signet trust publish")
        }
        return list
    }
}

struct HomeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder that init made (or the variable SIGNET_HOME).", valueName: "folder"))
    var home: String?

    var path: String { home ?? getenv("SIGNET_HOME").map { String(cString: $0) } ?? "signet-home" }

    func open() throws -> Home { try Home(path: path) }
}

extension PublicKey {
    static func load(_ path: String) throws -> PublicKey {
        try PublicKey(pem: String(decoding: DurableFile.read(path), as: UTF8.self))
    }
}

enum Clock {
    /// Seconds since 1970.
    static func now() -> Int { time(nil) }

    /// When a day begins in the zone that this machine is set to, in seconds since 1970.
    static func start(of day: CalendarDate) -> Int {
        let (year, month, date) = day.components
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(date))
        parts.tm_isdst = -1
        return mktime(&parts)
    }

    /// The day in the zone that this machine is set to.
    static func today() -> CalendarDate {
        var instant = time(nil)
        var parts = tm()
        localtime_r(&instant, &parts)
        return CalendarDate(daysSinceEpoch: (Int(instant) + parts.tm_gmtoff) / 86_400)
    }
}
