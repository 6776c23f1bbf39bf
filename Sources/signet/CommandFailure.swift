import Bulk
import Credential
import Documents
import Eligibility
import Errors
import Issuance
import PDFSignature
import Printing
import Results
import SampleData
import SignetServer
import Signing

/// An error as a person at a terminal meets it: one sentence and one exit code.
struct CommandFailure: Error {
    /// After sysexits(3) where it has a fitting code; docs/exit-codes.md lists them.
    enum Kind: Int32 {
        case usage = 64
        case inputRefused = 65
        case fileMissing = 66
        case portTaken = 69
        case defect = 70
        case libraryFailed = 72
        case existsAlready = 73
        case diskFailed = 74
        case busy = 75
        case databaseDamaged = 76
        case passphrase = 77
        case configuration = 78
    }

    let kind: Kind
    let sentence: String
    var exitCode: Int32 { kind.rawValue }

    init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }

    /// About a file, in both languages.
    init(_ kind: Kind, _ file: String, _ words: BilingualText) { self.init(kind, "\(file): \(words.line)") }

    /// Nil for errors that are not ours to explain, such as those of the argument parser.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let problem as SheetProblem:
            self.init(problem.code == .cannotOpen ? .fileMissing : .inputRefused, problem.description)
        case let problem as BulkProblem:
            self.init(problem.code == .cannotWrite ? .diskFailed : .inputRefused, problem.description)
        case let problem as PassRulesProblem: self.init(.configuration, problem.description)
        case let problem as NumberScheme.Problem: self.init(.configuration, problem.description)
        case let problem as ServerSettings.Problem: self.init(.usage, problem.description)
        case let problem as SampleProblem: self.init(.usage, "\(problem)")
        case let problem as TemplateProblem: self.init(.configuration, problem.description)
        case let problem as QRProblem: self.init(.inputRefused, problem.description)
        case let problem as DocumentProblem: self.init(Self.kind(of: problem), problem.description)
        case let error as PrintingError:
            let hint = error.code == .notAsApproved ? "; see: signet documents approve --help" : ""
            self.init(Self.kind(of: error.category), error.reason + hint)
        case let problem as BinProblem: self.init(.defect, problem.description)
        case let error as any Explained: self.init(Self.kind(of: error.category), error.words.en)
        default: return nil
        }
    }

    private static func kind(of category: ErrorCategory) -> Kind {
        switch category {
        case .usage: .usage
        case .refused: .inputRefused
        case .missing: .fileMissing
        case .unavailable: .portTaken
        case .defect: .defect
        case .library: .libraryFailed
        case .conflict: .existsAlready
        case .disk: .diskFailed
        case .busy: .busy
        case .damaged: .databaseDamaged
        case .denied: .passphrase
        case .configuration: .configuration
        }
    }

    private static func kind(of problem: DocumentProblem) -> Kind {
        switch problem {
        case .fontMissing, .libraryFailed: .libraryFailed
        case .missingGlyphs, .tooLong, .unusablePicture, .qr, .photoNotApproved: .inputRefused
        }
    }
}
