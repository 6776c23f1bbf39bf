import Acts
import ArgumentParser
import Credential
import Documents
import Files
import Rendering
import Seal
import Signing

struct DocumentsPreview: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Draw a made-up certificate, unsigned, to judge a look by.",
        discussion: "Example:\n  signet documents preview --template my-look.json --out preview.pdf")

    @OptionGroup var look: LookOptions
    @Option(help: ArgumentHelp("The PDF to write.", valueName: "file")) var out: String
    @Option(help: "The holder's name on it.") var name = "王小明"
    @Option(help: "The institution's name on it.") var institution = "示例职业学院"

    func run() throws {
        let template = try look.template.template.map(InstitutionLooks.read) ?? PageTemplate(look.template.look.builtIn)
        let folder = look.template.template.map(InstitutionLooks.folder) ?? "."
        let pictures = try ForeignFiles.pool.pictures(InstitutionLooks.pictures(of: template, in: folder))
        let draw = try DrawSpecimen(template, language: look.language.documentLanguage, pictures: pictures)
        try DurableFile.replace(draw(specimen), at: out)
        print("\(out): a specimen, neither signed nor valid")
    }

    private var specimen: Specimen {
        Specimen(
            institution: InstitutionID("specimen"), institutionName: institution, holderName: name,
            document: IdentityDocument(kind: .residentIDCard, number: "000000000000000000"),
            occupation: Occupation(code: "0-00-00-00", name: "物流服务师"), specialisation: "冷链物流员",
            level: .seniorWorker, awardDate: Clock.today())
    }
}

struct DocumentsTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Write one of the built-in looks, to begin an own one with.",
        discussion: "Example:\n  signet documents template --look portrait --out my-look.json")

    @Option(help: "landscape or portrait.") var look: LookName = .landscape
    @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var out: String

    func run() throws {
        try DurableFile.create(look.builtIn.json, at: out, mode: 0o644)
        print("\(out): change it, look at it with: signet documents preview --template \(out) --out preview.pdf")
    }
}
