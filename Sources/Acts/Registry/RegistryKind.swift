import Credential
import Eligibility
import Results
import Store

/// The tables of the registry: their columns, and what keeps a line the same line when it changes.
package enum RegistryKind: String, CaseIterable, Sendable {
    case institutions, filings, occupations, majors, eligibility

    package var columns: [RegistryColumn] {
        switch self {
        case .institutions: [.institutionCode, .institutionName, .nameFrom, .numberPrefix, .phone, .website]
        case .filings: [.institutionCode, .occupationCode, .occupationName, .level, .filedFrom, .filedTo]
        case .occupations: [.occupationCode, .occupationName, .specialisations, .validFrom, .validTo, .successorCode]
        case .majors: [.institutionCode, .majorCode, .majorName, .graduationYear, .graduates]
        case .eligibility:
            [.institutionCode, .majorCode, .majorName, .occupationCode, .verdict, .decided, .validTo, .basis]
        }
    }

    package var required: [RegistryColumn] {
        switch self {
        case .institutions: [.institutionCode, .institutionName, .numberPrefix]
        case .filings: [.institutionCode, .occupationCode, .occupationName, .level, .filedFrom]
        case .occupations: [.occupationCode, .occupationName]
        case .majors: [.institutionCode, .majorName]
        case .eligibility: [.majorName, .occupationCode, .verdict, .decided, .basis]
        }
    }

    package var key: [RegistryColumn] {
        switch self {
        case .institutions: [.institutionCode, .nameFrom]
        case .filings: [.institutionCode, .occupationCode, .level, .filedFrom]
        case .occupations: [.occupationCode, .occupationName, .validFrom]
        case .majors: [.institutionCode, .majorName, .graduationYear]
        case .eligibility: [.institutionCode, .majorName, .occupationCode, .decided]
        }
    }

    /// What the table is about, for people.
    package var title: String {
        switch self {
        case .institutions: "评价机构"
        case .filings: "备案"
        case .occupations: "职业"
        case .majors: "专业"
        case .eligibility: "专业与职业对应"
        }
    }

    /// A checked row as the store keeps it.
    package func entry(_ row: RegistryRow) throws -> RegistryEntry {
        try check(row)
        let cells = columns.map { ($0.rawValue, row.text($0)) }.filter { !$0.1.isEmpty }
        return RegistryEntry(
            kind: rawValue, key: key.map { keyText($0, row) }.joined(separator: "|"),
            cells: Dictionary(uniqueKeysWithValues: cells))
    }

    /// 三级 and 三级/高级工 are one level.
    private func keyText(_ column: RegistryColumn, _ row: RegistryRow) -> String {
        let text = row.text(column)
        return column == .level ? SkillLevel(writtenAs: text).map { String($0.rawValue) } ?? text : text
    }

    /// Makes what the rest of the program will make of it, so that an error is found while its row is known.
    private func check(_ row: RegistryRow) throws {
        for column in required { _ = try row.required(column) }
        switch self {
        case .institutions: _ = try Institution(row)
        case .filings: _ = try Filing(row)
        case .occupations: _ = try OccupationEntry(row)
        case .majors: _ = try MajorEntry(row)
        case .eligibility: _ = try MajorVerdict(row)
        }
    }
}

package enum RegistryColumn: String {
    case institutionCode = "机构代码"
    case institutionName = "机构名称"
    case nameFrom = "名称起始"
    case numberPrefix = "编号前缀"
    case phone = "电话"
    case website = "网址"
    case occupationCode = "职业编码"
    case occupationName = "职业名称"
    case level = "级别"
    case filedFrom = "备案起始"
    case filedTo = "备案截止"
    case specialisations = "工种/职业方向"
    case validFrom = "启用日期"
    case validTo = "停用日期"
    case successorCode = "现行编码"
    case majorCode = "专业代码"
    case majorName = "专业名称"
    case graduationYear = "毕业年份"
    case graduates = "毕业生人数"
    case verdict = "结论"
    case decided = "日期"
    case basis = "依据"
}
