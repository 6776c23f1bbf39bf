/// The columns that an annotated sheet has beside those that were sent. Sent again, they are passed over.
package enum AnnotatedColumn: String, CaseIterable {
    case row = "原行号"
    case outcome = "处理结果"
    case finding = "问题"
    case advice = "建议"

    static let headers = Set(allCases.map(\.rawValue))
}
