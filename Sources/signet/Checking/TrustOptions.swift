import ArgumentParser
import Credential
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
                    "trust list \(list.list.sequence) is older than one seen before (\(newest.sequence)): an old copy "
                        + "was put back; get the newest one")
                return .rolledBack
            }
            memory.remember(SeenPublications(trustList: list.list.mark))
            return .list(list)
        } catch {
            Terminal.standardError.say("\(trustPath): \(error)")
            return .invalid
        }
    }
}

/// `recorded/KID` beside a trust list: what compromised keys had signed before.
struct RecordedFolder {
    let path: String

    init(besideTrustList trustPath: String) {
        path = (trustPath.lastIndex(of: "/").map { String(trustPath[...$0]) } ?? "") + "recorded"
    }

    func file(_ kid: KeyID) -> String { "\(path)/\(kid)" }

    /// The list with those files that are there and are the ones it names.
    func completed(_ list: VerifiedTrustList) -> VerifiedTrustList {
        var list = list
        for kid in list.keysWithRecordedSeals {
            guard let bytes = try? DurableFile.read(file(kid)) else { continue }
            if !list.add(recordedSeals: bytes, of: kid) {
                Terminal.standardError.say("\(file(kid)) is not the file that the trust list names")
            }
        }
        return list
    }
}

enum UTCTime {
    /// Such as `2026-06-24 08:00:00 UTC`.
    static func text(_ seconds: Int) -> String {
        let day = CalendarDate(daysSinceEpoch: seconds / 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = seconds % 86_400
        return "\(day) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) UTC"
    }
}
