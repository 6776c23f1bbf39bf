import AuditLog
import Bulk
import Credential
import Documents
import Eligibility
import Issuance
import PDFSignature
import Printing
import Results
import SampleData
import SignetServer
import Signing
import Store
import Trust

/// An error as a person at a terminal meets it: one sentence and one exit code.
struct CommandFailure: Error {
    /// After sysexits(3) where it has a fitting code; README.md lists them.
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
        case let error as SigningError: self.init(Self.kind(of: error.code), error.reason)
        case let error as StoreError: self.init(Self.kind(of: error.code), error.reason)
        case let error as IssuanceError:
            switch error.code {
            case .contentChanged, .changeRefused: self.init(.inputRefused, error.reason)
            case .temporaryFile: self.init(.diskFailed, error.reason)
            default: self.init(.configuration, error.reason)
            }
        case let problem as AuditProblem:
            self.init(problem.code == .behind ? .configuration : .databaseDamaged, problem.description)
        case let error as TrustError: self.init(.inputRefused, error.reason)
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
            self.init(Self.kind(of: error.code), error.reason + hint)
        case let problem as PDFProblem: self.init(.inputRefused, problem.reason)
        case let problem as BinProblem: self.init(.defect, problem.description)
        default: return nil
        }
    }

    private static func kind(of code: SigningError.Code) -> Kind {
        switch code {
        case .wrongPassphrase: .passphrase
        case .insecurePermissions, .keyNotEncrypted: .configuration
        case .fileAccess: .fileMissing
        case .alreadyExists: .existsAlready
        case .diskFull: .diskFailed
        case .unsupportedAlgorithm, .malformedKey, .malformedSignature, .decryptionFailed, .malformedCertificate,
            .certificateMismatch:
            .inputRefused
        case .randomness, .library: .libraryFailed
        }
    }

    private static func kind(of code: StoreError.Code) -> Kind {
        switch code {
        case .notFound: .fileMissing
        case .conflict: .existsAlready
        case .damaged, .newerSchema: .databaseDamaged
        case .full, .diskFailed, .notWritable: .diskFailed
        case .locked: .busy
        case .failed: .defect
        }
    }

    private static func kind(of problem: DocumentProblem) -> Kind {
        switch problem {
        case .fontMissing, .libraryFailed: .libraryFailed
        case .missingGlyphs, .tooLong, .unusablePicture, .qr, .photoNotApproved: .inputRefused
        }
    }

    private static func kind(of code: PrintingError.Code) -> Kind {
        switch code {
        case .library: .libraryFailed
        case .keyMissing: .configuration
        case .fileAccess: .fileMissing
        case .manifest, .notAsApproved: .inputRefused
        }
    }
}
