import Credential

/// results.md, 41: the many ways to write a level. 高级技师 is not 高级工, so words are matched whole.
enum LevelRule {
    private static let words: [String: SkillLevel] = {
        var words: [String: SkillLevel] = [
            "学徒工": .apprentice, "初级": .juniorWorker, "初级工": .juniorWorker, "中级": .intermediateWorker,
            "中级工": .intermediateWorker, "高级": .seniorWorker, "高级工": .seniorWorker, "技师": .technician,
            "高级技师": .seniorTechnician, "特级技师": .specialTechnician, "首席技师": .chiefTechnician, "学徒": .apprentice,
        ]
        let numbered: [SkillLevel] = [
            .seniorTechnician, .technician, .seniorWorker, .intermediateWorker, .juniorWorker,
        ]
        for (level, names) in zip(numbered, [["一", "i"], ["二", "ii"], ["三", "iii"], ["四", "iv"], ["五", "v"]]) {
            for name in names + [String(level.rawValue)] {
                for form in [name, name + "级", "level" + name, "国家" + name + "级", "国家职业资格" + name + "级"] {
                    words[form] = level
                }
            }
            words[level.englishName.lowercased().filter { $0 != " " }.split(separator: "/")[1].description] = level
        }
        return words
    }()

    /// - Returns: nil after a finding when it cannot be read.
    static func read(_ cell: RawCell, _ findings: inout RowFindings) -> SkillLevel? {
        cell.withText(.code) { text in
            guard !text.isEmpty else {
                findings.add(.missingValue, .level)
                return nil
            }
            let name = text.string
            guard let level = level(named: name.hasSuffix(".0") ? String(name.dropLast(2)) : name) else {
                findings.add(.levelUnknown, .level, text)
                return nil
            }
            if name != level.printedName { findings.add(.levelMended, .level, text) }
            return level
        }
    }

    /// Every part of a name such as `三级（高级工）` must mean the same level.
    fileprivate static func level(named name: String) -> SkillLevel? {
        let parts = name.lowercased().filter { $0 != " " }.split { "/()、,".contains($0) }
        let levels = Set(parts.map { words[String($0)] })
        guard levels.count == 1, let level = levels.first else { return nil }
        return level
    }
}

extension SkillLevel {
    /// From any of the ways in which sheets write it, such as `三级/高级工`, `三级` or `3`.
    package init?(writtenAs name: String) {
        guard let level = LevelRule.level(named: name) else { return nil }
        self = level
    }
}
