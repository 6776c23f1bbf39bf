import Credential

/// results.md, 18, 19: what a number says about its holder against what the row says.
enum PersonRules {
    enum SexCell {
        case blank, unreadable
        case sex(ExamResult.Sex)

        var sex: ExamResult.Sex? {
            if case .sex(let sex) = self { sex } else { nil }
        }
    }

    static func readSex(_ cell: RawCell, _ findings: inout RowFindings) -> SexCell {
        cell.withText(.code) { text in
            switch text.string.lowercased() {
            case "": return .blank
            case "男", "男性", "m", "male": return .sex(.male)
            case "女", "女性", "f", "female": return .sex(.female)
            default:
                findings.add(.sexUnreadable, .sex, text)
                return .unreadable
            }
        }
    }

    /// results.md, 8: on a resident identity card stands a name of Chinese characters.
    static func checkName(_ name: String, _ kind: IdentityDocument.Kind, _ findings: inout RowFindings) {
        if kind == .residentIDCard, name.utf8.allSatisfy({ $0 < 0x80 }) { findings.add(.nameNotChinese, .name) }
    }

    static func compare(
        _ resident: ResidentIDNumber, sex: ExamResult.Sex?, examDate: CalendarDate?, rules: ReadingRules,
        _ findings: inout RowFindings
    ) {
        if let sex, sex != resident.sex { findings.add(.idSex, .sex) }
        guard let examDate else { return }
        // Average years are exact enough for what is only remarked upon.
        let days = examDate.daysSinceEpoch - resident.birthDate.daysSinceEpoch
        let age = days < 0 ? -1 : days * 400 / 146_097
        if !rules.plausibleAges.contains(age) { findings.add(.ageImplausible, .documentNumber) }
    }
}
