import Credential
import Errors

package enum SampleProblem: Explained, Equatable {
    case candidatesOutOfRange(Int)
    case unknownInstitution(InstitutionID)

    package var category: ErrorCategory { .usage }
    package var codeName: String { "sample" }

    package var words: BilingualText {
        switch self {
        case .candidatesOutOfRange(let count):
            BilingualText(
                zh: "不能生成 \(count) 名示例考生；请选 \(SampleRegion.candidateRange)",
                en: "\(count) sample candidates cannot be made; choose \(SampleRegion.candidateRange)")
        case .unknownInstitution(let id):
            BilingualText(zh: "示例地区没有机构 \(id)", en: "the sample region has no institution \(id)")
        }
    }
}
