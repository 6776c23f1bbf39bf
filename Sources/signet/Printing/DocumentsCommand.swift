import Acts
import ArgumentParser
import Credential
import Documents
import Errors
import HomeFolder
import Rendering
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
        guard all != !batch.isEmpty else {
            throw ValidationError(zh: "请用 --batch 指定批次，或给出 --all", en: "name batches with --batch, or give --all")
        }
    }

    func chosen(in store: any Store) async throws -> [Batch] {
        let known = try await store.read { try $0.batches() }
        if all { return known.filter { $0.completedAt != nil } }
        return try batch.map { number in
            guard let batch = known.first(where: { $0.id.value == number }) else {
                throw Refusal(
                    .missing, zh: "没有批次 \(number)；签发时会显示批次号",
                    en: "there is no batch \(number); issue prints their numbers")
            }
            return batch
        }
    }
}

/// How documents look.
struct LookOptions: ParsableArguments {
    @Option(name: .customLong("print-language"), help: "Language of what is printed: zh, en or bilingual.")
    var language: LanguageName = .zh
    @OptionGroup var template: TemplateOptions

    var choice: LookChoice {
        LookChoice(template.look.builtIn, file: template.template, language: language.documentLanguage)
    }
}

/// What is approved of how documents look.
struct TemplateOptions: ParsableArguments {
    @Option(help: "landscape or portrait, unless the institution or --template brings its own look.")
    var look: LookName = .landscape
    @Option(help: ArgumentHelp("A look of your own (docs/templates.md).", valueName: "file")) var template: String?

    var choice: LookChoice { LookChoice(look.builtIn, file: template) }
}

struct PhotoOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Photos (JPEG, PNG) in a folder for each institution, named by certificate, student or identity number.",
            valueName: "folder"))
    var photos: String?

    func desk(_ office: Office) throws -> PhotoDesk? {
        try photos.map { PhotoDesk($0, store: office.store.forHolders, dataKeys: try office.home.dataKeys()) }
    }
}

enum LanguageName: String, ExpressibleByArgument, CaseIterable { case zh, en, bilingual }
enum LookName: String, ExpressibleByArgument, CaseIterable { case landscape, portrait }

extension LookName {
    var builtIn: PageTemplate.BuiltIn {
        switch self {
        case .landscape: .landscape
        case .portrait: .portrait
        }
    }
}

extension LanguageName {
    var documentLanguage: DocumentLanguage {
        switch self {
        case .zh: .chinese
        case .en: .english
        case .bilingual: .bilingual
        }
    }
}
