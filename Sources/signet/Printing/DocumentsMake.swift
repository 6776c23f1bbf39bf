import ArgumentParser
import Audit
import Credential
import Documents
import Errors
import Files
import Glibc
import HTTPSupport
import Installation
import Issuance
import Rendering
import Signing
import Store

struct DocumentsMake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Draw and sign the PDFs of whole batches.",
        discussion: """
            Into a folder, or one ZIP, with a manifest (SHA-256 of each). Stopped at any moment, the same command \
            goes on where it was.

            Examples:
              signet documents make --batch 3 --out certificates
              signet documents make --all --out certificates.zip --language bilingual --photos photos
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var batches: BatchOptions
    @OptionGroup var look: LookOptions
    @Option(help: ArgumentHelp("Folder, or a file ending in .zip.", valueName: "path")) var out: String
    @OptionGroup var photos: PhotoOptions
    @Option(help: "Who prints; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = "first print"

    func run() async throws {
        let home = try home.open()
        let store = try await home.openStoreToAct()
        let wanted = try await BatchChoice(store: store).batches(batches)
        let secret = try passphrase.passphrase()
        let isZip = out.lowercased().hasSuffix(".zip")
        if isZip, access(out, F_OK) == 0 {
            throw Refusal(.conflict, "\(out) is there already; nothing was changed")
        }
        let folder = try DocumentFolder(isZip ? out + ".parts" : out)
        defer { folder.close() }
        var job = DocumentsJob(
            store: store, folder: folder, actor: actor ?? Login.name, reason: reason,
            photos: try photos.desk(home, store))
        job.expect(try await BatchChoice(store: store).count(of: wanted))
        // The next institution's key is opened, which is slow on purpose, while this one's documents are drawn.
        let (desk, look) = (DocumentDesk(home: home), look)
        @Sendable func settings(_ batch: Batch?) async throws -> DocumentSettings? {
            try batch.map { try desk.settings(of: $0.institution, look, passphrase: secret) }
        }
        try await home.authority(of: store).carryOut(.print, by: Login.actor(actor)) {
            var ready = try await settings(wanted.first)
            for (batch, next) in zip(wanted, wanted.dropFirst().map(Optional.some) + [nil]) {
                async let following = settings(next)
                if let ready { try await job.make(batch, ready) }
                ready = try await following
            }
            return ((), Clock.now())
        }
        job.report()
        if isZip { try pack(folder) }
        print(isZip ? "All in \(out)" : "All in \(out), listed in \(out)/\(DocumentManifest.fileName)")
        if !job.refusals.isEmpty { throw ExitCode(1) }
    }

    private func pack(_ folder: DocumentFolder) throws {
        let file = try OutputFile(out, mode: 0o600)
        try folder.pack(time: Clock.now()) { try file.write($0) }
        try file.commit()
        for entry in try folder.entries() { unlink("\(folder.path)/\(entry.fileName)") }
        unlink("\(folder.path)/\(DocumentManifest.fileName)")
        rmdir(folder.path)
    }
}

/// Batch after batch into one folder, with one bar.
struct DocumentsJob {
    let store: any Store
    let folder: DocumentFolder
    let actor: String
    let reason: String
    let photos: PhotoDesk?
    /// Certificates without a photo although files are there.
    private var withoutPhoto: [(number: CertificateNumber, problem: HolderPhoto.Problem)] = []
    private(set) var refusals: [DocumentRefusal] = []
    private var bar = ProgressBar("Drawing")
    private var (made, passedOver, total) = (0, 0, 0)

    init(store: any Store, folder: DocumentFolder, actor: String, reason: String, photos: PhotoDesk?) {
        (self.store, self.folder, self.actor, self.reason, self.photos) = (store, folder, actor, reason, photos)
    }

    mutating func expect(_ count: Int) { total = count }

    mutating func make(_ batch: Batch, _ settings: DocumentSettings) async throws {
        let look = try await ApprovedLook(of: batch, settings, photos: photos, in: store.forHolders)
        let run = DocumentRun(store: store.forHolders, pool: MakerPool(settings), look: look, now: Clock.now)
        let folder = folder
        defer { bar.clear() }
        try await run.run(
            batch.id, isDone: { folder.has(number: $0.number.text, version: $0.key.version) },
            consume: { documents, refused, skipped in
                let approval = Approval(actor: actor, reason: reason, time: Clock.now())
                try await PrintJournal(store: store.forHolders).record(documents, of: batch.id, approval)
                try folder.add(documents)
                made += documents.count
                passedOver += skipped
                refusals += refused
                withoutPhoto += documents.compactMap { document in
                    document.photoProblem.map { (document.number, $0) }
                }
                bar.update(
                    IssuanceProgress(stage: .signing, done: made + passedOver + refusals.count, total: total))
            })
    }

    func report() {
        print("Made \(made.grouped) documents" + (passedOver > 0 ? "; \(passedOver.grouped) were there already" : ""))
        for (number, problem) in withoutPhoto.prefix(20) { print("  \(number): \(problem)") }
        if withoutPhoto.count > 20 { print("  and \((withoutPhoto.count - 20).grouped) more") }
        if !withoutPhoto.isEmpty { print("\(withoutPhoto.count.grouped) were printed without their photos") }
        for refusal in refusals.prefix(20) { print("  \(refusal.number): \(refusal.problem)") }
        if refusals.count > 20 { print("  and \((refusals.count - 20).grouped) more") }
        if !refusals.isEmpty {
            print("\(refusals.count.grouped) certificates have no document; mend that and run again")
        }
    }
}

struct BatchChoice {
    let store: any Store

    func batches(_ options: BatchOptions) async throws -> [Batch] {
        let known = try await store.read { try $0.batches() }
        if options.all { return known.filter { $0.completedAt != nil } }
        return try options.batch.map { number in
            guard let batch = known.first(where: { $0.id.value == number }) else {
                throw Refusal(.missing, "there is no batch \(number); issue prints their numbers")
            }
            return batch
        }
    }

    func count(of batches: [Batch]) async throws -> Int {
        try await store.read { store in try batches.reduce(0) { try $0 + store.progress(of: $1.id).sealed } }
    }
}
