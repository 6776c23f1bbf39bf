import Credential

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
