import AuditLog
import Encodings
import Errors
import Files
import FoundationEssentials
import Signing
import StatusList
import Store
import Trust

/// The status lists that were published last, read back after a restore: what they say and the database
/// does not was done since the backup.
package struct PublishedLists: Sendable {
    package struct List: Sendable {
        package let issuedAt: Int
        package let statuses: StatusArray
    }

    /// By number.
    package let lists: [Int: List]
    private let folder: String

    /// Reads each `N.jwt` of a folder. One that cannot be believed is refused, and not passed over: what it
    /// says would be lost.
    ///
    /// - Parameter trust: nil where no trust list was ever published.
    package init(folder: String, trust: VerifiedTrustList?) throws {
        self.folder = folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var lists: [Int: List] = [:]
        for name in names where name.hasSuffix(".jwt") {
            guard let number = Int(name.dropLast(4)), number >= 1 else { continue }
            lists[number] = try Self.list(number, at: "\(folder)/\(name)", trust: trust)
        }
        self.lists = lists
    }

    private static func list(_ number: Int, at path: String, trust: VerifiedTrustList?) throws -> List {
        let claims: StatusListClaims
        do {
            let token = try UnverifiedStatusToken(
                DurableFile.read(path, limit: UnverifiedStatusToken.maximumByteCount))
            guard let record = trust?.statusKey(token.keyID),
                record.isInForce(at: token.unverifiedClaims.issuedAt)
            else {
                throw FormatError(
                    .wrongSignature, zh: "trust/ 中的信任列表没有当时的状态密钥 \(token.keyID)；请放入最后公布的那一份",
                    en: "the trust list in trust/ has no status key \(token.keyID) of its time; put the last one there")
            }
            claims = try token.checked(under: record.key)
        } catch {
            throw refused(path, error.explanation)
        }
        guard StatusListURI.list(in: claims.uri) == number else {
            throw refused(path, BilingualText(zh: "它是列表 \(claims.uri)", en: "it is the list \(claims.uri)"))
        }
        let statuses = try StatusArray(bits: claims.bits, deflated: claims.deflated)
        guard statuses.bits == 2, StatusPermutation.isSize(statuses.count) else {
            throw refused(path, BilingualText(zh: "形式与这里制作的列表不同", en: "it has another shape than lists made here"))
        }
        return List(issuedAt: claims.issuedAt, statuses: statuses)
    }

    /// Refuses to go on without a list, or with one that is older than what a checkpoint has seen.
    package func requireNewest(_ known: [StatusListRecord], marks: [String: Int]) throws {
        var times: [Int: Int] = [:]
        for list in known where list.publishedAt != nil { times[list.id] = 0 }
        for (mark, time) in marks { if let number = Marks.list(mark, Marks.publishedList) { times[number] = time } }
        for (number, time) in times.sorted(by: { $0.key < $1.key }) {
            let path = "\(folder)/\(number).jwt"
            guard let list = lists[number] else {
                throw Self.refused(path, BilingualText(zh: "缺少该文件", en: "it is missing"))
            }
            guard list.issuedAt >= time else {
                throw Self.refused(path, BilingualText(zh: "已公布过更新的", en: "a later one was published"))
            }
        }
    }

    package static func refused(_ path: String, _ why: BilingualText) -> PublishingError {
        PublishingError(
            .publishedListRefused,
            zh: "\(path) 无法读回：\(why.zh)。请在那里放入最后公布的列表（服务器上为 /status/N），" + "否则备份以后的吊销会失效；没有接受任何内容",
            en:
                "\(path) cannot be read back: \(why.en). Put the last published list there (a server has it as /status/N), or "
                + "revocations since the backup would be undone; nothing was accepted")
    }
}
