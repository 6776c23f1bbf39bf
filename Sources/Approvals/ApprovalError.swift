import Errors

/// Why an approval is refused. Equal by code.
package typealias ApprovalError = CodedError<ApprovalErrorCode>

package enum ApprovalErrorCode: String, ErrorCode {
    case malformed, wrongInstallation, wrongAct, wrongContent, wrongLines, notSigned, unknownApprover, notYet, ended
    case outOfScope, contributor, late, wrongPlace, spent, counter, synced, wrongSignature, notRecorded
    /// The roster cannot be what is asked of it.
    case rosterRefused

    package var category: ErrorCategory {
        switch self {
        case .malformed: .refused
        case .rosterRefused: .conflict
        default: .denied
        }
    }
}

extension ApprovalError {
    static func malformed(_ what: String) -> ApprovalError {
        ApprovalError(
            .malformed, zh: "批准书不合规范（\(what)）；请重新生成", en: "the statement is not in its form (\(what)); make it again")
    }

    package static let notRecorded = ApprovalError(
        .notRecorded, zh: "操作记录中没有这份批准", en: "the record of acts does not have this approval")

    package static let spent = ApprovalError(
        .spent, zh: "这份批准已经用过；请重新批准", en: "this approval was used before; approve again")
}
