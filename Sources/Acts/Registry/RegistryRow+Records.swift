import Credential
import Eligibility
import Errors
import Results

extension Institution {
    /// With the one name that this row gives.
    package init(_ row: RegistryRow) throws {
        let id = InstitutionID(try row.required(.institutionCode))
        guard id.text.utf8.count <= 40, id.text.utf8.allSatisfy({ $0.isIdentifier }) else {
            throw row.refused(
                .institutionCode, zh: "只能有字母和数字，最多 40 个", en: "may have letters and digits only, at most 40")
        }
        let scheme: NumberScheme
        do {
            scheme = try NumberScheme(institutionPrefix: row.required(.numberPrefix))
        } catch let problem as NumberScheme.Problem {
            throw row.refused(.numberPrefix, zh: problem.words.zh, en: problem.words.en)
        }
        let name = DatedName(
            name: try row.required(.institutionName),
            from: try row.day(.nameFrom) ?? CalendarDate(daysSinceEpoch: 0))
        self.init(
            id: id, names: [name], numberScheme: scheme, phone: row.text(.phone), website: row.text(.website))
    }

    /// Names that the other does not speak of stay: certificates were issued under them.
    package func keepingNames(of other: Institution?) -> Institution {
        let kept = (other?.names ?? []).filter { old in !names.contains { $0.from == old.from } }
        return Institution(
            id: id, names: kept + names, numberScheme: numberScheme, phone: phone, website: website)
    }
}

extension UInt8 {
    fileprivate var isIdentifier: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}

extension Filing {
    package init(_ row: RegistryRow) throws {
        guard let level = SkillLevel(writtenAs: try row.required(.level)) else {
            throw row.refused(.level, zh: "不是等级，应如 三级/高级工", en: "is not a level such as 三级/高级工")
        }
        guard let from = try row.day(.filedFrom) else { throw row.refused(.filedFrom, zh: "为空", en: "is empty") }
        let to = try row.day(.filedTo)
        guard to.map({ from <= $0 }) ?? true else {
            throw row.refused(.filedTo, zh: "早于 \(from)", en: "lies before \(from)")
        }
        self.init(
            institution: InstitutionID(try row.required(.institutionCode)),
            occupation: Occupation(code: try row.required(.occupationCode), name: try row.required(.occupationName)),
            level: level, from: from, to: to)
    }
}

extension OccupationEntry {
    package init(_ row: RegistryRow) throws {
        let from = try row.day(.validFrom) ?? CalendarDate(daysSinceEpoch: 0)
        let to = try row.day(.validTo)
        guard to.map({ from <= $0 }) ?? true else {
            throw row.refused(.validTo, zh: "早于 \(from)", en: "lies before \(from)")
        }
        let names = row.text(.specialisations).split { "、,，;；".contains($0) }.map { String($0) }
        let successor = row.text(.successorCode)
        self.init(
            occupation: Occupation(code: try row.required(.occupationCode), name: try row.required(.occupationName)),
            specialisations: names, from: from, to: to, successorCode: successor.isEmpty ? nil : successor)
    }
}

/// A major of an institution, and how many graduate in it in a year.
package struct MajorEntry {
    package let institution: InstitutionID
    package let name: String
    /// Nil when the row speaks of no year.
    package let year: Int?
    package let graduates: Int

    package init(_ row: RegistryRow) throws {
        institution = InstitutionID(try row.required(.institutionCode))
        name = try row.required(.majorName)
        let (year, graduates) = (row.text(.graduationYear), row.text(.graduates))
        guard year.isEmpty || Int(year).map((1900...2200).contains) ?? false else {
            throw row.refused(.graduationYear, zh: "不是年份，应如 2026", en: "is not a year such as 2026")
        }
        guard graduates.isEmpty || Int(graduates).map({ $0 >= 0 }) ?? false else {
            throw row.refused(.graduates, zh: "不是数字", en: "is not a number")
        }
        self.year = Int(year)
        self.graduates = Int(graduates) ?? 0
    }
}

extension MajorVerdict {
    private static let approvals: Set<String> = ["通过", "可申报", "符合", "同意", "是", "approved", "yes"]
    private static let refusals: Set<String> = ["不通过", "未通过", "不可申报", "不符合", "不同意", "否", "撤销", "refused", "no"]

    package init(_ row: RegistryRow) throws {
        let verdict = try row.required(.verdict).lowercased()
        let isApproved = Self.approvals.contains(verdict)
        guard isApproved || Self.refusals.contains(verdict) else {
            throw row.refused(.verdict, zh: "既不是 通过 也不是 不通过", en: "is neither 通过 nor 不通过")
        }
        guard let decided = try row.day(.decided) else { throw row.refused(.decided, zh: "为空", en: "is empty") }
        let institution = row.text(.institutionCode)
        self.init(
            institution: institution.isEmpty ? nil : InstitutionID(institution),
            major: try row.required(.majorName), occupationCode: try row.required(.occupationCode),
            isApproved: isApproved, from: decided, to: try row.day(.validTo), basis: try row.required(.basis))
    }
}
