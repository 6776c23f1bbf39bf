import Credential

/// The examination results of one institution, made row by row.
struct SampleSheet: Sendable {
    static let header =
        "序号,机构代码,姓名,性别,证件类型,证件号码,学号,院系,专业,准考证号,职业名称,职业编码,"
        + "工种/职业方向,级别,理论成绩,实操成绩,评定成绩,考试日期,备注\n"

    private static let pieceSize = 1 << 16

    let plan: InstitutionPlan
    let rows: Int
    /// Index of the first row's candidate among all that share identity numbers.
    let firstCandidate: Int
    let identityNumbers: IdentityNumbers
    let random: SplitMix64

    func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var random = random
        var row = 0
        var serialOfMajor = 0
        var currentMajor = -1
        var piece = Array(Self.header.utf8)
        piece.reserveCapacity(Self.pieceSize + 1024)
        for (offering, count) in zip(plan.offerings, apportion(rows, by: plan.offerings.map(\.weight))) {
            let cells = OfferingCells(offering, profile: plan.profile)
            if offering.major != currentMajor { (currentMajor, serialOfMajor) = (offering.major, 0) }
            for _ in 0..<count {
                row += 1
                serialOfMajor += 1
                append(row: row, serialOfMajor: serialOfMajor, cells: cells, random: &random, to: &piece)
                if piece.count >= Self.pieceSize {
                    try sink(piece)
                    piece.removeAll(keepingCapacity: true)
                }
            }
        }
        if !piece.isEmpty { try sink(piece) }
    }

    private func append(
        row: Int, serialOfMajor: Int, cells: OfferingCells, random: inout SplitMix64, to text: inout [UInt8]
    ) {
        let width = max(4, String(rows).utf8.count)
        let isFemale = random.chance(perMille: cells.womenPerMille)
        text.append(decimal: row)
        text.append(contentsOf: cells.institution)
        text.append(contentsOf: CandidateNames.name(isFemale: isFemale, random: &random).utf8)
        text.append(contentsOf: isFemale ? OfferingCells.female : OfferingCells.male)
        identityNumbers.append(candidate: firstCandidate + row - 1, isFemale: isFemale, to: &text)
        text.append(contentsOf: cells.studentNumberPrefix)
        text.append(decimal: serialOfMajor, width: width)
        text.append(contentsOf: cells.majorAndTicketPrefix)
        text.append(decimal: row, width: max(6, width))
        text.append(contentsOf: cells.occupation)
        if !cells.specialisations.isEmpty { text.append(contentsOf: random.pick(cells.specialisations)) }
        text.append(contentsOf: cells.level)
        append(ExamOutcome(random: &random), examDate: cells.examDate, to: &text)
    }

    /// 理论成绩, 实操成绩, 评定成绩, 考试日期, 备注.
    private func append(_ outcome: ExamOutcome, examDate: [UInt8], to text: inout [UInt8]) {
        let cells: (theory: String, skill: String, verdict: String, remark: String) =
            switch outcome {
            case .marked(let theory, let skill):
                (theory.description, skill.description, min(theory, skill) >= ExamOutcome.passMark ? "合格" : "不合格", "")
            case .absent: ("缺考", "缺考", "", "缺考")
            case .deferred: ("缓考", "缓考", "", "缓考")
            case .void(let theory, let skill): (theory.description, skill.description, "", "违纪")
            }
        for cell in [cells.theory, cells.skill, cells.verdict] {
            text.append(contentsOf: cell.utf8)
            text.append(UInt8(ascii: ","))
        }
        text.append(contentsOf: examDate)
        text.append(contentsOf: cells.remark.utf8)
        text.append(UInt8(ascii: "\n"))
    }
}

extension [UInt8] {
    fileprivate mutating func append(decimal value: Int, width: Int = 1) {
        let digits = String(value).utf8
        for _ in 0..<Swift.max(0, width - digits.count) { append(0x30) }
        append(contentsOf: digits)
    }
}
