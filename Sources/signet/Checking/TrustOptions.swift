import ArgumentParser
import Credential
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

    func requiredList() throws -> VerifiedTrustList {
        let jws = String(decoding: try DurableFile.read(trustPath), as: UTF8.self)
        return try VerifiedTrustList(jws: jws, root: PublicKey.load(rootPath))
    }

    /// A missing or wrong list is a cause why something could not be checked, not an error; a missing
    /// root is, as nothing could ever be checked without one.
    func trustSource() throws -> TrustSource {
        let rootKey = try PublicKey.load(rootPath)
        guard access(trustPath, F_OK) == 0 else { return .unavailable }
        let jws = String(decoding: try DurableFile.read(trustPath), as: UTF8.self)
        do {
            return .list(try VerifiedTrustList(jws: jws, root: rootKey))
        } catch {
            Terminal.standardError.write("signet: \(trustPath): \(error)\n")
            return .invalid
        }
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
