import Credential

/// The state of reading one chunk: what recurs from row to row is read once.
struct ChunkInterpreter {
    let layout: SheetLayout
    let rules: ReadingRules
    let today: CalendarDate

    var cutter: RecordCutter
    var findings: RowFindings
    var studentNumbers = StudentNumberRule()
    var numberEnds = NumberEndRule()
    var examDays = ExamDayRule()

    private var texts: [CellMemo<String>]
    private var occupationNames = CellMemo<String?>()
    private var occupationCodes = CellMemo<String?>()
    private var specialisations = CellMemo<String?>()
    private var sexes = CellMemo<PersonRules.SexCell>()
    private var documentKinds = CellMemo<IdentityDocument.Kind?>()
    private var levels = CellMemo<SkillLevel?>()
    private var dates = CellMemo<CalendarDate?>()
    private var outcomes = CellMemo<OutcomeRule.Stated>()
    private var remarks = CellMemo<OutcomeRule.Remark>()
    private var attemptKinds = CellMemo<Bool>()

    init(layout: SheetLayout, rules: ReadingRules, today: CalendarDate) {
        self.layout = layout
        self.rules = rules
        self.today = today
        cutter = RecordCutter(form: layout.form)
        findings = RowFindings(layout: layout)
        texts = Array(repeating: CellMemo(), count: Field.allCases.count)
    }

    mutating func interpret(_ chunk: SheetChunk) -> [RowReading] {
        var readings: [RowReading] = []
        readings.reserveCapacity(chunk.rowCount)
        chunk.bytes.withUnsafeBytes { bytes in
            var position = 0
            while position < bytes.count {
                let end = cutter.cut(bytes, from: position)
                let row = cutter.row ?? chunk.firstRow + readings.count
                findings.start(sheetRow: layout.rowBase + row)
                let content = read(recordLength: end - position)
                readings.append(
                    RowReading(
                        sheetRow: findings.sheetRow, findings: findings.list, content: content,
                        declarations: declarations(content)))
                let result = content.result
                studentNumbers.note(result?.studentNumber ?? "")
                examDays.note(result?.examDate)
                numberEnds.note(cell(.documentNumber).bytes, row: readings.count - 1)
                position = end
            }
        }
        reportTogether(in: &readings)
        return readings
    }

    private mutating func read(recordLength: Int) -> RowReading.Content {
        if let content = contentWithoutReading(recordLength: recordLength) { return content }
        if cutter.isTyped { reportWorkbookCells() }
        let attempt = readAttempt()
        if let bin = attempt.bin {
            // Whose it is matters to reports only, so nothing is asked about it.
            let found = findings
            let result = readResult(attempt)
            let isSound = !findings.mustAsk && !findings.mustReject
            findings = found
            return .unmarked(bin, isSound ? result : nil)
        }
        let result = readResult(attempt)
        if findings.mustReject { return .binned(.rejected) }
        // A result is lacking only where something was asked about.
        guard let result, !findings.mustAsk else { return .asked(result) }
        return .result(result)
    }

    private func declarations(_ content: RowReading.Content) -> [Declaration] {
        guard case .binned(.skipped) = content, findings.list.contains(where: { $0.rule == .totalRow }) else {
            return []
        }
        return Declaration.all(in: cutter.cells.map(\.string), row: findings.sheetRow, table: nil)
    }

    func cell(_ field: Field) -> RawCell {
        guard let column = layout.column(of: field), column < cutter.cells.count else { return .blank }
        return cutter.cells[column]
    }
}

extension ChunkInterpreter {
    private mutating func readAttempt() -> Attempt {
        let remark = remarks.value(of: cell(.remark), into: &findings) { OutcomeRule.readRemark($0, &$1) }
        let stated = outcomes.value(of: cell(.statedOutcome), into: &findings) { OutcomeRule.readOutcome($0, &$1) }
        let theory = ScoreRule.read(cell(.theory), .theory, &findings)
        let skill = ScoreRule.read(cell(.skill), .skill, &findings)
        let review = ScoreRule.read(cell(.review), .review, &findings)
        let isResit =
            remark.isResit
            || attemptKinds.value(of: cell(.attemptKind), into: &findings) { cell, _ in
                cell.withText(.words) { $0.string.contains("补") || $0.string.lowercased() == "resit" }
            }
        return Attempt(
            theory: theory, skill: skill, review: review, stated: stated, remark: remark, isResit: isResit, &findings)
    }

    private mutating func readResult(_ attempt: Attempt) -> ExamResult? {
        let name = NameRule.read(cell(.name), lengths: rules.nameLengths, &findings)
        let sex = sexes.value(of: cell(.sex), into: &findings) { PersonRules.readSex($0, &$1) }.sex
        let document = readDocument()
        let level = levels.value(of: cell(.level), into: &findings) { LevelRule.read($0, &$1) }
        let examDate = dates.value(of: cell(.examDate), into: &findings) { [today] in
            DateRule.read($0, today: today, &$1)
        }
        if let resident = document?.resident {
            PersonRules.compare(resident, sex: sex, examDate: examDate, rules: rules, &findings)
        }
        if let document, let name { PersonRules.checkName(name, document.document.kind, &findings) }
        let occupation = readOccupation()
        let studentNumber = StudentNumberRule.read(cell(.studentNumber), &findings)
        guard let name, let document, let level, let examDate, let occupation else { return nil }
        return ExamResult(
            sheetRow: findings.sheetRow, name: name, sex: sex, document: document.document,
            studentNumber: studentNumber, department: text(.department), major: text(.major),
            admissionTicket: cell(.admissionTicket).withText(.code, \.string), occupationName: occupation.name,
            occupationCode: occupation.code,
            specialisation: specialisations.value(of: cell(.specialisation), into: &findings) {
                OccupationRule.readSpecialisation($0, &$1)
            },
            level: level, theory: attempt.theory, skill: attempt.skill, review: attempt.review, examDate: examDate,
            statedOutcome: attempt.stated, remark: attempt.remark, institutionCode: text(.institutionCode),
            isResit: attempt.isResit)
    }

    private mutating func readDocument() -> DocumentRule.Reading? {
        let kind = documentKinds.value(of: cell(.documentKind), into: &findings) { DocumentKindRule.read($0, &$1) }
        guard let kind else { return nil }
        return DocumentRule.read(cell(.documentNumber), kind: kind, &findings)
    }

    /// Nil after a finding where neither name nor code can be used.
    private mutating func readOccupation() -> (name: String, code: String)? {
        let name = occupationNames.value(of: cell(.occupationName), into: &findings) {
            OccupationRule.readName($0, &$1)
        }
        let code = occupationCodes.value(of: cell(.occupationCode), into: &findings) {
            OccupationRule.readCode($0, &$1)
        }
        if let name, let code, name.isEmpty, code.isEmpty { findings.add(.missingValue, .occupationName) }
        // What is malformed was found, and asking for the other one, too, would be a second question about one slip.
        guard let name, let code = code ?? (name.isEmpty ? nil : "") else { return nil }
        return (name, code)
    }

    /// A cell of words that nothing more is required of.
    private mutating func text(_ field: Field) -> String {
        texts[field.rawValue].value(of: cell(field), into: &findings) { cell, findings in
            cell.withText(.words) { text in
                findings.addMending(field, text)
                if NothingWord.isOne(text) { findings.add(.nothingWord, field, text) }
                return text.string
            }
        }
    }
}
