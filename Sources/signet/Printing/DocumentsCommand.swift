import ArgumentParser
import Documents
import Installation
import Store

struct DocumentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "documents",
        abstract: "Make the signed PDFs that graduates hold, and the papers for handing them out.",
        discussion: """
            Examples:
              signet documents make --batch 3 --out certificates
              signet documents make --all --out certificates.zip --photos photos
              signet documents ledger --batch 3 --out pickup.pdf
              signet documents reprint Y000037000001263000042 --reason lost --out replacement.pdf
            """,
        subcommands: [
            DocumentsMake.self, DocumentsApprove.self, DocumentsReprint.self, DocumentsPreview.self,
            DocumentsTemplate.self,
            DocumentsLedger.self, DocumentsLabels.self,
        ])
}

/// The batches a command is about.
struct BatchOptions: ParsableArguments {
    @Option(help: "A batch, by the number that issue prints; may be repeated.") var batch: [Int64] = []
    @Flag(help: "Every completed batch.") var all = false

    func validate() throws {
        guard all != !batch.isEmpty else { throw ValidationError("name batches with --batch, or give --all") }
    }
}

/// How documents look.
struct LookOptions: ParsableArguments {
    @Option(help: "zh, en or bilingual.") var language: LanguageName = .zh
    @OptionGroup var template: TemplateOptions
}

/// What is approved of how documents look.
struct TemplateOptions: ParsableArguments {
    @Option(help: "landscape or portrait, unless the institution or --template brings its own look.")
    var look: LookName = .landscape
    @Option(help: ArgumentHelp("A look of your own (docs/templates.md).", valueName: "file")) var template: String?
}

struct PhotoOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Photos (JPEG, PNG) in a folder for each institution, named by certificate, student or identity number.",
            valueName: "folder"))
    var photos: String?

    func desk(_ home: Home, _ store: any Store) throws -> PhotoDesk? {
        try photos.map { PhotoDesk($0, store: store.forHolders, dataKeys: try home.dataKeys()) }
    }
}

enum LanguageName: String, ExpressibleByArgument, CaseIterable { case zh, en, bilingual }
enum LookName: String, ExpressibleByArgument, CaseIterable { case landscape, portrait }
