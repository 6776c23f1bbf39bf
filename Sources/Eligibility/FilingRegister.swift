import Credential

/// What each institution may certify, for looking up row by row.
package struct FilingRegister: Sendable {
    package enum Answer: Hashable, Sendable {
        case filed(Filing)
        /// Code and name are two different occupations (45).
        case contradiction
        /// The name alone does not tell which occupation is meant.
        case ambiguous
        case notFiled
    }

    private var byCode: [InstitutionID: [String: [Filing]]] = [:]
    private var codesByName: [WrittenName: Set<String>] = [:]
    private var namesByCode: [String: Set<WrittenName>] = [:]

    package init(_ filings: [Filing]) {
        for filing in filings {
            let key = WrittenName(filing.occupation.name)
            byCode[filing.institution, default: [:]][filing.occupation.code, default: []].append(filing)
            codesByName[key, default: []].insert(filing.occupation.code)
            namesByCode[filing.occupation.code, default: []].insert(key)
        }
    }

    /// The filing in force on a day. Either `code` or `name` may be empty.
    package func find(
        _ institution: InstitutionID, code: String, name: String, level: SkillLevel, on day: CalendarDate
    ) -> Answer {
        let ofInstitution = byCode[institution] ?? [:]
        func inForce(_ code: String) -> Filing? {
            ofInstitution[code]?.first { $0.level == level && $0.isInForce(on: day) }
        }
        if !code.isEmpty {
            let filing = inForce(code)
            // The ordinary row: the name is the filing's own.
            if let filing, name.isEmpty || filing.occupation.name == name { return .filed(filing) }
            if !name.isEmpty, contradicts(code, name) { return .contradiction }
            return filing.map { .filed($0) } ?? .notFiled
        }
        let filings = (codesByName[WrittenName(name)] ?? []).compactMap(inForce)
        if filings.count > 1 { return .ambiguous }
        return filings.first.map { .filed($0) } ?? .notFiled
    }

    /// True when what is filed anywhere says that code and name are not one occupation.
    private func contradicts(_ code: String, _ name: String) -> Bool {
        let key = WrittenName(name)
        if let names = namesByCode[code] { return !names.contains(key) }
        return codesByName[key] != nil
    }
}

extension Filing {
    package func isInForce(on day: CalendarDate) -> Bool {
        from <= day && to.map { day <= $0 } ?? true
    }
}
