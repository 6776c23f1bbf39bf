import Acts
import ArgumentParser
import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Files
import Foundation
import HomeFolder
import Installation
import Issuance
import Results
import Seal
import Signing
import Store

struct HoldersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holders", abstract: "Let holders in to their certificates.", subcommands: [HoldersInvite.self])
}

struct HoldersInvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Make claim links, one for each certificate; each is good once.",
        discussion: """
            A new link ends an earlier one that was not used; used, it replaces the holder's passphrase.

            Example:
              signet holders invite --batch 12 --out claims.csv
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: "Everybody of this batch.") var batch: Int64?
    @Option(help: "The holder of this certificate number.") var number: String?
    @Option(help: ArgumentHelp("Where to write the links (mode 0600).", valueName: "file")) var out: String
    @Option(help: "Days until the links end.") var days = HolderLinks.days

    func validate() throws {
        guard (batch == nil) != (number == nil) else {
            throw ValidationError(zh: "--batch 与 --number 须给且只给一种", en: "give either --batch or --number")
        }
        guard (1...HolderLinks.mostDays).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 365 之间", en: "--days must be between 1 and 365")
        }
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: out) else {
            throw Refusal(.conflict, zh: "\(out) 已经存在；没有邀请任何人", en: "\(out) is there already; nobody was invited")
        }
        let office = try await home.open().openOffice()
        let (home, store) = (office.home, office.store)
        let versions = try await chosen(in: store)
        let time = Clock.now()
        let links = try HolderLinks(to: versions, lasting: days, at: time)
        // In front of the file's name: a link that nobody knows is harmless, one that does not work is not.
        let file = try OutputFile(out, mode: 0o600)
        try file.write(links.table(host: home.config.host))
        try await office.perform(
            InviteHolders(links.invitations, subject: subject(versions)), by: Login.actor(), at: time)
        try file.commit()
        print("\(links.count) claim links, until \(links.until): \(out). Whoever has one may use it.")
    }

    /// The newest versions.
    private func chosen(in store: any Store) async throws -> [SealedVersion] {
        if let number {
            let number = try CertificateNumber(argument: number)
            guard let newest = try await store.read({ try $0.sealedVersions(number: number) }).first
            else { throw Refusal(.missing, zh: "没有这个编号的已签名证书", en: "there is no signed certificate with this number") }
            return [newest]
        }
        // Checked when the options were read.
        let number = batch ?? 0
        guard let batch = try await store.read({ try $0.batch(BatchID(number)) }) else {
            throw Refusal(.missing, zh: "没有批次 \(number)", en: "there is no batch \(number)", remedy: .listBatches)
        }
        return try await store.read { try $0.newestSealedVersions(of: batch.id, after: nil, limit: Int(Int32.max)) }
    }

    private func subject(_ versions: [SealedVersion]) throws -> AuditSubject {
        if let batch { return .batch(BatchID(batch)) }
        // One was chosen.
        return try .certificate(CertificateClaims(decoding: versions[0].payload[...]).certificate.id)
    }
}
