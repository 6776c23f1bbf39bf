import Credential
import Errors
import Verification

/// The columns that a result has beside the sender's own.
enum ResultColumn: String, CaseIterable {
    case verdict = "核验·结果 verdict"
    case reason = "核验·原因 reason"
    case explanation = "核验·说明 explanation"
    case status = "核验·状态 status"
    case statusTime = "核验·状态时间 status time"
    case number = "核验·编号 number"
    case version = "核验·版本 version"
    case holder = "核验·姓名 holder"
    case occupation = "核验·职业 occupation"
    case level = "核验·级别 level"
    case institution = "核验·机构 institution"
    case awardDate = "核验·发证日期 award date"

    /// The one column of what had none.
    static let file = "文件 file"

    static func isOwn(_ title: String) -> Bool { allCases.contains { $0.rawValue == title } }

    func text(_ answer: RowAnswer) -> String {
        let certificate = answer.certificate
        return switch self {
        case .verdict: answer.outcome.rawValue
        case .reason: answer.reason ?? ""
        case .explanation: answer.explanation.map { "\($0.zh) \($0.en)" } ?? ""
        case .status: answer.status
        case .statusTime: answer.verdict?.statusBasis.map { UTCTime.rfc3339($0.issuedAt) } ?? ""
        case .number: certificate?.number.text ?? ""
        case .version: certificate.map { String($0.version) } ?? ""
        case .holder: answer.holderName ?? ""
        case .occupation: certificate?.occupation.name ?? ""
        case .level: certificate?.level.printedName ?? ""
        case .institution: certificate?.institutionName ?? ""
        case .awardDate: certificate?.awardDate.description ?? ""
        }
    }

    var width: Double {
        switch self {
        case .explanation: 60
        case .verdict, .version, .holder: 16
        default: 22
        }
    }
}
