import Credential
import Errors

package enum SampleProblem: Error, Equatable, CustomStringConvertible {
    case candidatesOutOfRange(Int)
    case unknownInstitution(InstitutionID)

    package var description: String {
        switch self {
        case .candidatesOutOfRange(let count):
            "\(count) sample candidates cannot be made; choose \(SampleRegion.candidateRange)"
        case .unknownInstitution(let id):
            "the sample region has no institution \(id)"
        }
    }
}

extension SampleProblem: Explained {
    package var category: ErrorCategory { .usage }
    package var codeName: String { "sample" }
    package var words: BilingualText { BilingualText(zh: description, en: description) }
}
