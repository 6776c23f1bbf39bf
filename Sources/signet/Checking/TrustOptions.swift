import ArgumentParser
import Errors
import Files
import Glibc
import Signing
import Trust
import Verification

/// Where the trust list and the pinned root come from: two files, or a home.
struct TrustOptions: ParsableArguments {
    @OptionGroup var home: HomeOptions

    @Option(help: ArgumentHelp("Trust list; by default the home's.", valueName: "file"))
    var trust: String?

    @Option(help: ArgumentHelp("Pinned root public key (PEM); by default the home's.", valueName: "file"))
    var root: String?

    private var trustPath: String { trust ?? home.path + "/trust/trust-list.jws" }
    private var rootPath: String { root ?? home.path + "/keys/root.pub.pem" }

    /// Whether what was not named comes from the home.
    var usesHome: Bool { trust == nil }

    func rootKey() throws -> PublicKey { try PublicKey.load(rootPath) }

    func requiredList() throws -> VerifiedTrustList {
        let jws = String(decoding: try DurableFile.read(trustPath), as: UTF8.self)
        return try RecordedFolder(besideTrustList: trustPath).completed(
            VerifiedTrustList(jws: jws, root: PublicKey.load(rootPath)))
    }

    /// A missing, wrong or old list is a cause why something could not be checked, not an error; a missing
    /// root is, as nothing could ever be checked without one.
    ///
    /// - Parameter jws: a list from elsewhere.
    func trustSource(jws: String? = nil) throws -> TrustSource {
        let rootKey = try rootKey()
        guard jws != nil || access(trustPath, F_OK) == 0 else { return .unavailable }
        let jws = try jws ?? String(decoding: DurableFile.read(trustPath), as: UTF8.self)
        do {
            let list = try RecordedFolder(besideTrustList: trustPath).completed(
                VerifiedTrustList(jws: jws, root: rootKey))
            let memory = SeenLists(root: rootKey)
            let newest = memory.publications.trustList
            guard list.list.mark >= newest else {
                Terminal.standardError.say(
                    spoken(
                        zh: "第 \(list.list.sequence) 号信任列表比以前见过的（第 \(newest.sequence) 号）旧：放回的是旧副本；请取得最新的",
                        en:
                            "trust list \(list.list.sequence) is older than one seen before (\(newest.sequence)): an old copy "
                            + "was put back; get the newest one"))
                return .rolledBack
            }
            memory.remember(SeenPublications(trustList: list.list.mark))
            return .list(list)
        } catch {
            Terminal.standardError.say(error.explanation.prefixed(with: trustPath).spoken)
            return .invalid
        }
    }
}
