import Acts
import ArgumentParser
import Audit
import Credential
import Errors
import HomeFolder
import Installation
import Issuance
import PersonalData
import Seal
import Signing
import StatusList
import Store

struct CorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "Correct one certificate: a new version under the same number.",
        discussion: """
            The old version is superseded in the transaction that keeps the new one's signature. What was changed of \
            the holder's data is kept encrypted, for --history.

            Examples:
              signet correct Y000037000001263000017 --holder 王海燕 --reason "Name as on the identity card"
              signet correct Y000037000001263000017 --history
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "The certificate's number.") var number: String
    @Option(help: "The holder's name.") var holder: String?
    @Option(help: "The identity document's number.") var documentNumber: String?
    @Option(help: "The specialisation; empty for none.") var specialisation: String?
    @Option(help: "The day printed, such as 2026-07-10.") var awardDate: String?
    @Option(help: "Who corrects; the login name by default.") var actor: String?
    @Option(help: "Why, for the record; without personal data.") var reason: String?
    @OptionGroup var evidence: EvidenceOptions
    @Flag(help: "Show what was corrected before, and change nothing.") var history = false

    private var change: CertificateChange {
        var change = CertificateChange()
        change.holderName = holder
        change.documentNumber = documentNumber
        change.specialisation = specialisation
        change.awardDate = awardDate
        return change
    }

    func validate() throws {
        if history { return }
        guard !change.isEmpty else {
            throw ValidationError(
                zh: "请说明更正什么：--holder、--document-number 等", en: "say what to correct: --holder, --document-number, …")
        }
        guard let reason, !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError(zh: "--reason：请说明原因", en: "--reason: say why")
        }
        if let awardDate, CalendarDate(iso8601: awardDate) == nil {
            throw ValidationError(
                zh: "--award-date \(awardDate) 不是日期，应如 2026-07-10",
                en: "--award-date \(awardDate) is not a day such as 2026-07-10")
        }
    }

    func run() async throws {
        let home = try home.open()
        if history { return try await showHistory(home) }
        let office = try await home.openOffice()
        let passphrase = passphrase
        var run = try RunCampaign(in: office) { try passphrase.passphrase() }
        var bar = ProgressBar("Reissuing")
        let correct = CorrectCertificate(try CertificateNumber(argument: number), change, reason: reason ?? "")
        let plan = try await correct.plan(in: office)
        guard let approver = try await evidence.actor(for: plan.proposal, of: nil, in: office, named: actor) else {
            return
        }
        let version = try await correct(
            plan, with: &run, by: approver, onProgress: { bar.update($0) },
            onPublished: { ReissueText.show($0, bar) })
        print(
            """
            Corrected \(number): version \(version) is valid, version \(version - 1) superseded.
            Next: signet qr \(number) --out FILE, or signet documents
            """)
    }

    private func showHistory(_ home: Home) async throws {
        let number = try CertificateNumber(argument: number)
        let found = try await home.openStore().read { store in
            try store.sealedVersions(number: number).first.map { ($0, try store.corrections(of: $0.key.certificate)) }
        }
        guard let (version, corrections) = found else {
            throw Refusal(.missing, zh: "没有编号为 \(number) 的证书", en: "no certificate has the number \(number)")
        }
        let id = try CertificateClaims(decoding: version.payload[...]).certificate.id
        let protector = try IdentityProtector(home.dataKeys())
        for correction in corrections {
            let history = try protector.openCorrection(correction.historyBox, of: id)
            print(
                """
                version \(correction.key.version)  \(UTCTime.text(correction.approval.time))  \(correction.approval.actor)  \
                (\(correction.approval.reason))
                  姓名 name      \(history.nameBefore) → \(history.nameAfter)
                  证件 document  \(history.documentBefore) → \(history.documentAfter)
                """)
        }
        if corrections.isEmpty { print("Certificate \(number): holder data was never corrected.") }
    }
}
