import AuditLog
import Errors
import Files
import Signing
import StatusList

/// The files that are served, to be compared with the acts by which they were published: an older copy in the place of
/// a newer one is found, whoever put it there.
package struct PublishedFiles: Sendable {
    private let trustListPath: String
    private let statusFolder: String
    private var trustList: AuditAct?
    /// By number.
    private var statusLists: [Int: AuditAct] = [:]

    package init(trustListPath: String, statusFolder: String) {
        (self.trustListPath, self.statusFolder) = (trustListPath, statusFolder)
    }

    mutating func add(_ act: AuditAct) {
        switch act.kind {
        case .trustPublished: trustList = act
        case .statusListPublished:
            guard let number = act.subject[number: .list] else { return }
            statusLists[number] = act
        case .restoreAccepted:
            // What was published by acts that are lost is not known; the next publication is.
            if !act.digest.isEmpty { (trustList, statusLists) = (nil, [:]) }
        default: break
        }
    }

    func check() throws {
        if let trustList { try compare(trustListPath, with: trustList, again: .publishTrust) }
        for (number, act) in statusLists.sorted(by: { $0.key < $1.key }) {
            let path = "\(statusFolder)/\(number)"
            try compare(path + ".jwt", with: act, again: .publishStatus)
            let jwt = try UnverifiedStatusToken(Self.read(path + ".jwt"))
            guard let cwt = try? UnverifiedStatusToken(Self.read(path + ".cwt")),
                cwt.unverifiedClaims == jwt.unverifiedClaims
            else { throw Self.problem(path + ".cwt", act, again: .publishStatus) }
        }
    }

    private func compare(_ path: String, with act: AuditAct, again remedy: Remedy) throws {
        var bytes = (try? Self.read(path)) ?? []
        if bytes.last == 0x0A { bytes.removeLast() }
        guard try SHA256.digest(bytes) == act.digest else { throw Self.problem(path, act, again: remedy) }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        try DurableFile.read(path, limit: UnverifiedStatusToken.maximumByteCount << 2)
    }

    private static func problem(_ path: String, _ act: AuditAct, again remedy: Remedy) -> AuditProblem {
        AuditProblem(
            .contradicted,
            zh: "\(path) 不是最后公布的内容（\(act.words.zh)）：文件缺失，或放入的是较早的或其他的副本。请重新公布",
            en:
                "\(path) is not what was published last (\(act.words.en)): it is missing, or an older or other copy is in its "
                + "place. Publish it again", remedy: remedy)
    }
}
